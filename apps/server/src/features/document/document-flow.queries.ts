import {
    type DocumentContent,
    type DocumentType,
    DomainError,
    decideOnScreen,
    documentTypeFacts,
    type Id,
    type Instant,
    isPartySigner,
    missingSignatures,
    type OnScreenFacts,
    type PaperStanding,
    type ScenarioKey,
    type SignatureStanding,
    servedBy,
    signersAsked,
    signersOf,
    templateByVersion,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { recordStandingOf } from '../act/act-list.queries.ts';
import { scenariosOfAct } from '../act/act-segments.queries.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';
import type { DocumentRow } from './document.store.ts';

/** The case of a document, the one it serves, and the hearings, measures and preservations that serve it. */
async function casesConcerned(db: ReadDb, { case_id: id }: DocumentRow): Promise<Id[]> {
    if (id === null) return [];
    const near = await db
        .selectFrom('case')
        .select(['id', 'parent_id'])
        .where((of) => of.or([of('id', '=', id), of('parent_id', '=', id)]))
        .execute();
    return [...new Set([id, ...near.map((each) => each.id), ...near.flatMap((each) => each.parent_id ?? [])])];
}

/** Acts of the case, by its own list and by its documents; or the document's own act. */
async function actsConcerned(db: ReadDb, row: DocumentRow, cases: readonly Id[]): Promise<Id[]> {
    const own = row.act_id === null ? [] : [row.act_id];
    if (cases.length === 0) return own;
    const named = await db
        .selectFrom('case_act')
        .select('act_id')
        .where('case_id', 'in', cases)
        .where('removed_at', 'is', null)
        .execute();
    const written = await db.selectFrom('document').select('act_id').distinct().where('case_id', 'in', cases).execute();
    return [...new Set([...own, ...[...named, ...written].flatMap((each) => each.act_id ?? [])])];
}

/**
 * Who handles the case or took part in its acts: none of them reviews its legality (行政处罚法 第58条). A hearing investigates
 * nothing: whoever presides or writes there is no investigator because of it.
 */
export async function investigatorsOf(db: ReadDb, row: DocumentRow): Promise<Id[]> {
    const cases = await casesConcerned(db, row);
    const acts = await actsConcerned(db, row, cases);
    const handlers =
        cases.length === 0
            ? []
            : await db
                  .selectFrom('case_person')
                  .select('person_id')
                  .where('case_id', 'in', cases)
                  .where('part', '=', 'handler')
                  .where('removed_at', 'is', null)
                  .execute();
    const present =
        acts.length === 0
            ? []
            : await db
                  .selectFrom('act_participant as ap')
                  .innerJoin('act as a', 'a.id', 'ap.act_id')
                  .select('ap.person_id')
                  .distinct()
                  .where('ap.act_id', 'in', acts)
                  .where('a.scenario', '<>', 'hearing')
                  .where('ap.removed_at', 'is', null)
                  .execute();
    return [...new Set([...handlers, ...present].flatMap((each) => each.person_id ?? []))];
}

/** After a hearing legal review is due (行政处罚法 第58条第1款第2项). */
export async function hearingHeld(db: ReadDb, row: DocumentRow): Promise<boolean> {
    const cases = await casesConcerned(db, row);
    if (cases.length === 0) return false;
    const record = await db
        .selectFrom('document')
        .select('id')
        .where('case_id', 'in', cases)
        .where('type', '=', 'hearingRecord')
        .where('state', 'not in', ['draft', 'voided'])
        .executeTakeFirst();
    return record !== undefined;
}

const liveSignatures = (db: ReadDb, documentId: Id) =>
    db
        .selectFrom('document_signature')
        .select(['signer', 'name', 'outcome', 'means', 'at'])
        .where('document_id', '=', documentId)
        .where('superseded_at', 'is', null)
        .execute();

async function openCorrections(db: ReadDb, documentId: Id): Promise<number> {
    const rows = await db
        .selectFrom('document_correction')
        .select('id')
        .where('document_id', '=', documentId)
        .where('needs_signature', '=', true)
        .where('signed_at', 'is', null)
        .execute();
    return rows.length;
}

export async function signatureStandingOf(db: ReadDb, row: DocumentRow): Promise<SignatureStanding> {
    const served = servedBy(row.type, JSON.parse(row.content) as DocumentContent, row.served_mode);
    const signers = signersAsked(signersOf(row.type, templateByVersion(row.type, row.template_version)), served);
    return {
        missing: missingSignatures(signers, await liveSignatures(db, row.id)),
        openCorrections: await openCorrections(db, row.id),
    };
}

export async function paperOf(db: ReadDb, row: DocumentRow, now: Instant): Promise<Omit<PaperStanding, 'originalPlace'>> {
    const signatures = await liveSignatures(db, row.id);
    // A refusal or an absence that was noted beside them makes no paper.
    const signed = signatures.filter((each) => each.outcome === 'signed');
    const onScreenOnly = signed.length > 0 && signed.every((each) => each.means === 'onScreen');
    return {
        onScreenOnly,
        recording: onScreenOnly ? await recordingStanding(db, row, now) : 'notYetKnown',
        openCorrections: await openCorrections(db, row.id),
        fileThere: row.origin === 'imported' && (await hasScan(db, row.id)),
    };
}

const hasScan = async (db: ReadDb, documentId: Id): Promise<boolean> =>
    (await db.selectFrom('document_scan').select('id').where('document_id', '=', documentId).executeTakeFirst()) !== undefined;

/** Whether the document's act is recorded throughout, as far as is known now (正文二(三)). */
export async function recordingStanding(db: ReadDb, row: DocumentRow, now: Instant): Promise<PaperStanding['recording']> {
    if (row.act_id === null) return 'incomplete';
    const standing = await recordStandingOf(db, row.org_id, row.act_id, now);
    if (standing === undefined) return 'incomplete';
    const { status, openGaps, missingOfficers, coveragePermille } = standing;
    if (openGaps > 0 || missingOfficers > 0 || status === 'broken') return 'incomplete';
    return status === 'held' || coveragePermille === 1_000 ? 'complete' : 'notYetKnown';
}

/** Whether the party has signed the document as it stands. */
export const partySigned = async (db: ReadDb, documentId: Id): Promise<boolean> =>
    (await liveSignatures(db, documentId)).some((each) => each.outcome === 'signed' && isPartySigner(each.signer));

const COERCIVE: readonly ScenarioKey[] = ['coerciveMeasure', 'evidencePreservation'];
/** Checks on the spot in which nothing is decided about the party (正文二(三)). */
const CHECKS: readonly ScenarioKey[] = [
    'doubleRandomInspection',
    'afterNotificationCommitment',
    'routineInspection',
    'licenceSiteReview',
];
const PENAL_SCENARIOS: readonly ScenarioKey[] = [...COERCIVE, 'simpleProcedurePenalty', 'hearing'];
const PENAL_TYPES: readonly DocumentType[] = [
    'spotPenalty',
    'penaltyDecision',
    'seizureDecision',
    'controlDecision',
    'evidencePreserve',
];

/** Whether coercion or preservation belongs to what the document is about (行政强制法 第18条). */
export async function isCoercive(db: ReadDb, row: DocumentRow): Promise<boolean> {
    if (row.type !== 'sceneRecord' && row.type !== 'itemList') return true;
    return (await scenariosOfAct(db, row.act_id)).some((each) => COERCIVE.includes(each));
}

export async function onScreenFacts(db: ReadDb, row: DocumentRow, now: Instant): Promise<OnScreenFacts> {
    const { value } = await parameterAt(db, row.org_id, 'document.onScreenSigning', now);
    const scenarios = await scenariosOfAct(db, row.act_id);
    return {
        allowed: value === true,
        onSiteCheck: documentTypeFacts(row.type).flow === 'scene' && scenarios.some((each) => CHECKS.includes(each)),
        penalty: row.case_id !== null || scenarios.some((each) => PENAL_SCENARIOS.includes(each)) || (await hasPenalty(db, row)),
        recording: await recordingStanding(db, row, now),
    };
}

/** A penalty or measure among the documents of the act. */
async function hasPenalty(db: ReadDb, row: DocumentRow): Promise<boolean> {
    if (PENAL_TYPES.includes(row.type)) return true;
    if (row.act_id === null) return false;
    const found = await db
        .selectFrom('document')
        .select('id')
        .where('act_id', '=', row.act_id)
        .where('type', 'in', PENAL_TYPES)
        .where('state', '<>', 'voided')
        .executeTakeFirst();
    return found !== undefined;
}

/** Why nobody signs this document on the screen, as the code of the refusal; null where it is allowed. */
export async function onScreenRefusal(db: ReadDb, row: DocumentRow, now: Instant): Promise<string | null> {
    try {
        decideOnScreen(await onScreenFacts(db, row, now));
        return null;
    } catch (error) {
        if (error instanceof DomainError) return error.code;
        throw error;
    }
}
