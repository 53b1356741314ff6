import type { EventKind } from '../ledger/event-kinds.ts';

/**
 * Acts whose facts an entry may change. `named`: the acts, recordings and documents that it names. `checked`: those that a recorder recorded
 * around the check that it names. `carried`: all that a device recorded. `person`: all in which somebody took part. `everything`: all.
 */
export type ActReach = 'named' | 'checked' | 'carried' | 'person' | 'everything';

/** The unit itself, and its recorders: those that an entry names, those of a model or paper that it names, or all. */
export type SubjectReach = { readonly unit?: true; readonly recorders?: 'named' | 'model' | 'everything' };

/** How what an entry changed is followed; or, in words, why it changes no fact of any rule. */
export type FactReach = SubjectReach & { readonly acts?: ActReach };
export type NoFact = { readonly none: string };
export type KindOfFact = FactReach | NoFact;

export const changesFacts = (of: KindOfFact): of is FactReach => !('none' in of);

const ACTS: FactReach = { acts: 'named' };
/** Of a recording an act may hang, and what its recorder shows of itself. */
const RECORDING: FactReach = { acts: 'named', recorders: 'named' };
const UNIT: FactReach = { unit: true };
/** What is in whose hands, and how it is. */
const HOLDING: FactReach = { unit: true, recorders: 'named' };
const DEVICE: FactReach = { recorders: 'named' };
const PAPER: FactReach = { recorders: 'model' };

const none = (why: string): NoFact => ({ none: why });
const SYSTEM = none('the system and its log speak of themselves');
const SIGNING_IN = none('how somebody signs in is no fact of a rule');
const JUDGING = none('judging writes it itself');
const PARTY = none('of its party an act knows only which one it is');
const CASE = none('of its case an act knows only that it is in one');
const WAITING = none('what waits for a decision explains nothing yet');
const RULING = none('what is said of a finding; no fact is another for it');
const PROPOSAL = none('no figure and no day off counts before it is approved');
const PAGES = none('neither state nor times of the document change with it');
const NUMBERS = none('numbers that wait for their documents');
const HANDLING = none('what is done with a recording afterwards; the recording is as it was');
const UPLOAD = none('no recording yet');
const TASK = none('tasks, plans and draws come before an act; what an act takes from them is in its own entry');
const DRAWN = none(
    'which acts a sample drew is looked up at every look, because the entry may be in the log of an organisation above',
);
const INSPECTION = none('what reviewers say is judged by nobody but them');
const COMPLAINT = none('complaints lead to acts, which have entries of their own');
const REGISTER = none('a register of its own, of which no rule reads');
const STORE = none('where bytes lie; what they are is as it was');
const ROOM = none('of a room an act keeps its camera and its own words for the place');

/**
 * Every kind of log entry with the facts that it may change: judging follows the log by this table, so a kind that does not stand here does
 * not compile, and one that stands wrongly is found by the night.
 */
export const FACT_KINDS: Readonly<Record<EventKind, KindOfFact>> = {
    ...{ 'system.initialised': SYSTEM, 'schema.migrated': SYSTEM, 'key.introduced': SYSTEM, 'logKey.introduced': SYSTEM },
    ...{ 'log.continued': SYSTEM, 'witness.forgot': SYSTEM, 'logCheck.asked': SYSTEM, 'logCheck.answered': SYSTEM },
    ...{ 'serverClock.confirmed': SYSTEM, 'command.refused': SYSTEM, 'command.refusalsSummarised': SYSTEM },
    ...{ 'ledger.viewed': SYSTEM, 'ledger.bodyViewed': SYSTEM, 'ledger.verified': SYSTEM, 'list.exported': SYSTEM },

    ...{ 'organisation.created': UNIT, 'organisation.updated': UNIT },
    'department.created': none('no rule asks for departments'),
    'person.created': UNIT,
    'person.updated': { acts: 'person', unit: true },
    'person.left': { acts: 'person', unit: true },
    ...{ 'role.granted': UNIT, 'role.ended': UNIT },
    ...{ 'account.created': SIGNING_IN, 'account.passwordChanged': SIGNING_IN, 'account.passwordReset': SIGNING_IN },
    ...{ 'account.locked': SIGNING_IN, 'account.unlocked': SIGNING_IN, 'account.secondFactorStarted': SIGNING_IN },
    ...{ 'account.secondFactorEnabled': SIGNING_IN, 'account.secondFactorReset': SIGNING_IN },
    ...{ 'session.opened': SIGNING_IN, 'session.refused': SIGNING_IN, 'session.ended': SIGNING_IN },

    'parameter.approved': { acts: 'everything', unit: true, recorders: 'everything' },
    ...{ 'parameter.proposed': PROPOSAL, 'parameter.refused': PROPOSAL, 'parameter.withdrawn': PROPOSAL },
    'parameter.yearApproved': { acts: 'everything', unit: true, recorders: 'everything' },
    ...{ 'parameter.yearProposed': PROPOSAL, 'parameter.yearRefused': PROPOSAL, 'parameter.yearWithdrawn': PROPOSAL },
    // As they were entered before approval was asked for.
    'parameter.changed': { acts: 'everything', unit: true, recorders: 'everything' },
    'parameter.yearEntered': { acts: 'everything', unit: true, recorders: 'everything' },

    ...{ 'party.created': PARTY, 'party.updated': PARTY, 'party.premisesAdded': PARTY, 'party.premisesUpdated': PARTY },
    ...{ 'party.premisesClosed': PARTY, 'party.premisesReopened': PARTY, 'party.siteAdded': PARTY, 'party.siteUpdated': PARTY },
    ...{ 'party.siteClosed': PARTY, 'party.siteReopened': PARTY, 'party.renamed': PARTY, 'party.representativeChanged': PARTY },
    ...{ 'party.licenceAdded': PARTY, 'party.licenceUpdated': PARTY, 'party.graded': PARTY, 'party.mergeProposed': PARTY },
    ...{ 'party.mergeRejected': PARTY, 'party.mergeWithdrawn': PARTY, 'party.importPreviewed': PARTY },
    ...{ 'party.importConfirmed': PARTY, 'party.importAdvanced': PARTY, 'party.importFinished': PARTY },
    'party.importWithdrawn': PARTY,
    // They name every act that moves.
    ...{ 'party.mergeConfirmed': ACTS, 'party.mergeUndone': ACTS },

    ...{ 'case.opened': ACTS, 'case.actLinked': ACTS, 'case.actUnlinked': ACTS, 'case.imported': ACTS },
    ...{ 'case.updated': CASE, 'case.stepTaken': CASE, 'case.personAssigned': CASE, 'case.personRemoved': CASE },
    ...{ 'case.termExcluded': CASE, 'case.exclusionEnded': CASE, 'case.evidenceAdded': CASE, 'case.evidenceWithdrawn': CASE },
    ...{ 'case.remedyRecorded': CASE, 'case.remedyChanged': CASE },
    ...{ 'recording.markedEvidence': CASE, 'recording.evidenceMarkEnded': CASE },

    'device.created': HOLDING,
    // Its number and its model stand at what it recorded: how long it may take to change files is known of a model.
    'device.updated': { acts: 'carried', unit: true, recorders: 'named' },
    ...{ 'device.issued': HOLDING, 'device.returned': HOLDING, 'device.faultReported': HOLDING, 'device.faultCleared': HOLDING },
    ...{ 'device.sentToRepair': HOLDING, 'device.backFromRepair': HOLDING, 'device.lostReported': HOLDING },
    ...{ 'device.found': HOLDING, 'device.retired': HOLDING, 'device.broughtBack': HOLDING },
    // What a reading changes of recordings is in `recording.timeCorrected`, which names them.
    ...{ 'device.clockRead': RECORDING, 'device.clockReadingWithdrawn': DEVICE, 'device.positionsRead': RECORDING },
    'device.checked': { acts: 'checked', recorders: 'named' },
    'device.modelSaved': PAPER,
    ...{ 'device.paperRecorded': PAPER, 'device.paperWithdrawn': PAPER },
    'device.docked': none('which volumes were there; what came from them has entries of its own'),
    ...{ 'room.saved': ROOM, 'room.closed': ROOM, 'room.cameraBound': ROOM, 'room.cameraReleased': ROOM },

    ...{ 'act.judged': JUDGING, 'unit.judged': JUDGING, 'device.judged': JUDGING, 'finding.found': JUDGING },
    ...{ 'finding.changed': JUDGING, 'finding.settled': JUDGING, 'finding.reopened': JUDGING, 'finding.overtaken': JUDGING },
    ...{ 'finding.answered': WAITING, 'finding.answerWithdrawn': WAITING, 'late.excused': WAITING },
    // An accepted answer explains a gap, an accepted excuse a late file.
    ...{ 'finding.answerDecided': ACTS, 'late.excuseDecided': ACTS, 'late.excuseWithdrawn': ACTS },
    ...{ 'finding.confirmed': RULING, 'finding.revised': RULING },

    ...{ 'act.created': ACTS, 'act.updated': ACTS, 'act.participantAdded': ACTS, 'act.participantRemoved': ACTS },
    ...{ 'act.closed': ACTS, 'act.started': ACTS, 'act.segmentAdded': ACTS, 'act.segmentChanged': ACTS },
    ...{ 'act.segmentRemoved': ACTS, 'act.presenceStated': ACTS, 'act.participantUpdated': ACTS },
    ...{ 'act.exemptionRecorded': ACTS, 'act.exemptionDecided': ACTS, 'act.exemptionWithdrawn': ACTS },
    'act.exemptionNoteAttached': ACTS,
    ...{ 'act.checkTicked': none('what officers tick is no fact of a rule'), 'act.checkUnticked': none('as ticking') },
    'act.secrecyMarked': none('who may see an act changes no fact of it'),
    'act.inspectionCodeStated': none('the code of an inspection is asked for by no rule'),
    'act.caseSet': none('never written: which acts are in a case is said by the case'),

    ...{ 'document.created': ACTS, 'document.saved': ACTS, 'document.related': ACTS, 'document.submitted': ACTS },
    ...{ 'document.reviewed': ACTS, 'document.legallyReviewed': ACTS, 'document.returned': ACTS, 'document.signed': ACTS },
    ...{ 'document.signatureRecorded': ACTS, 'document.corrected': ACTS, 'document.issued': ACTS },
    ...{ 'document.issuedUrgently': ACTS, 'document.regularised': ACTS, 'document.checked': ACTS },
    ...{ 'document.serviceStarted': ACTS, 'document.serviceClosed': ACTS, 'document.filed': ACTS, 'document.reopened': ACTS },
    ...{ 'document.voided': ACTS, 'document.imported': ACTS, 'document.scanBound': ACTS, 'document.scanSettled': ACTS },
    ...{ 'document.printed': PAGES, 'document.sealUsed': ACTS, 'document.originalPlaced': PAGES, 'document.scanRead': PAGES },
    ...{ 'document.scanReadAgain': PAGES, 'document.scanDamaged': PAGES, 'document.scanRestored': PAGES },
    'document.signedCopyMade': PAGES,
    ...{ 'document.numbered': ACTS, 'document.numberVoided': NUMBERS, 'document.blockReserved': NUMBERS },
    'document.blockReturned': NUMBERS,
    'template.confirmed': none('a form was compared with its sample; documents are as they were'),

    ...{ 'upload.created': UPLOAD, 'upload.quarantined': UPLOAD, 'upload.expired': UPLOAD, 'upload.terminated': UPLOAD },
    ...{ 'recording.registered': RECORDING, 'recording.duplicateReceived': RECORDING, 'recording.sealed': RECORDING },
    ...{ 'recording.damaged': RECORDING, 'recording.restored': RECORDING, 'recording.inspected': RECORDING },
    ...{ 'recording.filed': RECORDING, 'recording.unfiled': RECORDING, 'recording.timeCorrected': RECORDING },
    ...{ 'recording.docked': RECORDING, 'recording.releasedFromQuarantine': RECORDING, 'dock.settled': RECORDING },
    ...{ 'recording.momentMarked': ACTS, 'recording.markWithdrawn': ACTS },
    // What a program heard is proposed to a person, and no more once somebody has listened.
    ...{ 'recording.listened': ACTS, 'recording.heardRejected': ACTS, 'recording.listeningAsked': HANDLING },
    'recording.filingProposed': none('a proposal; where it files, that is an entry of its own'),
    ...{ 'recording.viewingOpened': HANDLING, 'recording.viewingClosed': HANDLING, 'recording.picturesOpened': HANDLING },
    ...{ 'recording.copyVerified': HANDLING, 'recording.receiptIssued': HANDLING, 'recording.erasedFromDevice': HANDLING },
    ...{ 'recording.derived': HANDLING, 'recording.derivationFailed': HANDLING, 'recording.derivationAsked': HANDLING },
    ...{ 'storage.damageFound': RECORDING, 'storage.repaired': RECORDING },
    ...{ 'storage.scrubbed': STORE, 'storage.moved': STORE, 'storage.formerErased': STORE, 'storage.leftoversRemoved': STORE },
    ...{ 'storage.contentLocked': STORE, 'storage.lockRefused': STORE },

    ...{ 'task.created': TASK, 'task.updated': TASK, 'task.assigned': TASK, 'task.started': TASK, 'task.finished': TASK },
    ...{ 'task.returned': TASK, 'task.reopened': TASK, 'task.listReceived': TASK, 'task.listApplied': TASK },
    ...{ 'task.rowMatched': TASK, 'task.rowSkipped': TASK, 'plan.drafted': TASK, 'plan.updated': TASK },
    ...{ 'plan.submitted': TASK, 'plan.sentBack': TASK, 'plan.approved': TASK, 'plan.published': TASK, 'plan.withdrawn': TASK },
    ...{ 'draw.committed': TASK, 'draw.revealed': TASK, 'draw.abandoned': TASK },
    ...{ 'avoidance.declared': TASK, 'avoidance.ended': TASK },
    'inspection.drawn': DRAWN,
    ...{ 'inspection.drafted': INSPECTION, 'inspection.updated': INSPECTION, 'inspection.committed': INSPECTION },
    ...{ 'inspection.abandoned': INSPECTION, 'inspection.ended': INSPECTION, 'inspection.reviewerNamed': INSPECTION },
    'inspection.recordingPlayed': INSPECTION,
    ...{ 'inspection.sheetSaved': INSPECTION, 'inspection.sheetFinished': INSPECTION, 'inspection.sheetSkipped': INSPECTION },
    ...{ 'inspection.rectificationOrdered': INSPECTION, 'inspection.rectificationAnswered': INSPECTION },
    ...{ 'inspection.rectificationReturned': INSPECTION, 'inspection.rectificationDone': INSPECTION },
    ...{ 'inspection.appealed': INSPECTION, 'inspection.appealDecided': INSPECTION },

    ...{ 'complaint.registered': COMPLAINT, 'complaint.updated': COMPLAINT, 'complaint.accepted': COMPLAINT },
    ...{ 'complaint.transferred': COMPLAINT, 'complaint.refused': COMPLAINT, 'complaint.linked': COMPLAINT },
    ...{ 'complaint.unlinked': COMPLAINT, 'complaint.answered': COMPLAINT, 'complaint.closed': COMPLAINT },
    ...{ 'complaint.identityKept': COMPLAINT, 'complaint.identityViewed': COMPLAINT },

    // The word of a head stands for an appointment.
    ...{ 'attestation.confirmed': UNIT, 'attestation.withdrawn': UNIT },
    ...{ 'attestation.paperAdded': REGISTER, 'outcome.recorded': REGISTER, 'outcome.corrected': REGISTER },
    ...{ 'outcome.withdrawn': REGISTER, 'training.recorded': REGISTER, 'training.cancelled': REGISTER },
    ...{ 'training.attended': REGISTER, 'training.attendanceRemoved': REGISTER },
    ...{ 'retrieval.requested': REGISTER, 'retrieval.consented': REGISTER, 'retrieval.refused': REGISTER },
    ...{ 'retrieval.withdrawn': REGISTER, 'retrieval.packingStarted': REGISTER, 'retrieval.packingStopped': REGISTER },
    ...{ 'retrieval.packingFailed': REGISTER, 'retrieval.packaged': REGISTER, 'retrieval.packageKept': REGISTER },
    ...{ 'retrieval.downloaded': REGISTER, 'retrieval.handedOver': REGISTER, 'retrieval.receiptAdded': REGISTER },
    ...{ 'retrieval.discsStarted': REGISTER, 'retrieval.discsStopped': REGISTER, 'retrieval.discsFailed': REGISTER },
    ...{ 'retrieval.discKept': REGISTER, 'retrieval.discsMade': REGISTER },
    ...{ 'medium.recorded': REGISTER, 'medium.moved': REGISTER, 'medium.withdrawn': REGISTER },
    ...{ 'medium.checked': REGISTER, 'medium.checkWithdrawn': REGISTER },
};
