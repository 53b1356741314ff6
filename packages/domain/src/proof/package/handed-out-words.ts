import type { EventKind } from '../../ledger/event-kinds.ts';

/**
 * Entries whose words go into an evidence package: how a recording came in, what is known of its time and its integrity, what it belongs
 * to, who was at the scene, how a document was signed, sealed and served, and how the package was asked for and consented to. Of every
 * other entry about the same things the entry and its proof go, without its words: whoever watched a recording, what was discussed
 * before a document was signed and how an act was judged inside the unit is nobody's business outside (附件1 第19条), and that such
 * entries exist stays visible.
 */
const KINDS = [
    'recording.registered',
    'recording.duplicateReceived',
    'recording.docked',
    'recording.sealed',
    'recording.inspected',
    'recording.damaged',
    'recording.restored',
    'recording.copyVerified',
    'recording.receiptIssued',
    'recording.erasedFromDevice',
    'recording.releasedFromQuarantine',
    'recording.timeCorrected',
    'recording.filed',
    'recording.unfiled',
    'recording.markedEvidence',
    'recording.evidenceMarkEnded',
    'recording.momentMarked',
    'recording.markWithdrawn',
    'act.created',
    'act.updated',
    'act.started',
    'act.closed',
    'act.participantAdded',
    'act.participantUpdated',
    'act.participantRemoved',
    'act.segmentAdded',
    'act.segmentChanged',
    'act.segmentRemoved',
    'act.presenceStated',
    'act.exemptionRecorded',
    'act.exemptionDecided',
    'act.exemptionWithdrawn',
    'act.exemptionNoteAttached',
    'act.caseSet',
    'document.created',
    'document.imported',
    'document.numbered',
    'document.signed',
    'document.sealUsed',
    'document.printed',
    'document.signatureRecorded',
    'document.signedCopyMade',
    'document.corrected',
    'document.scanBound',
    'document.scanSettled',
    'document.scanDamaged',
    'document.scanRestored',
    'document.originalPlaced',
    'document.issued',
    'document.issuedUrgently',
    'document.regularised',
    'document.serviceStarted',
    'document.serviceClosed',
    'document.filed',
    'document.voided',
    'retrieval.requested',
    'retrieval.consented',
    'retrieval.packaged',
    'key.introduced',
] as const satisfies readonly EventKind[];

const HANDED_OUT: ReadonlySet<string> = new Set(KINDS);

/** Whether the words of an entry of this kind go into an evidence package. */
export const isHandedOut = (kind: string): boolean => HANDED_OUT.has(kind);
