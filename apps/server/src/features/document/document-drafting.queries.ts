import {
    type DocumentContent,
    type DraftingFacts,
    dayOf,
    endOfPeriod,
    type Id,
    type Instant,
    ISSUED_STATES,
    isDay,
    isPartySigner,
    type Limit,
    type ServiceProof,
    startOfDay,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { calendarFor } from '../parameter/calendar.queries.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';
import { officialWords } from '../template/template.queries.ts';
import type { DocumentRow } from './document.store.ts';
import { investigatorsOf } from './document-flow.queries.ts';

type Stage = DraftingFacts['stage'];

/**
 * What is known beside the content. Each rule says itself that it could not judge what is not. `signed` looks at the signatures
 * where there are any: a print that is to be signed must not fail because not every page is signed yet.
 */
export async function draftingFactsFor(
    db: ReadDb,
    row: DocumentRow,
    asked: Stage,
    content: DocumentContent,
): Promise<DraftingFacts> {
    const act = row.act_id === null ? undefined : await actOf(db, row.act_id);
    const party = row.party_id === null ? undefined : await partyOf(db, row.party_id);
    const at = act?.start ?? row.started_at ?? row.made_at;
    const { agencies, texts } = await officialWords(db, row.org_id, row.started_at ?? row.made_at);
    const signatures = asked === 'signed' ? await signaturesOf(db, row.id) : [];
    const known = {
        act,
        party,
        investigators: row.case_id === null ? undefined : await investigatorsOf(db, row),
        notice: row.type === 'penaltyDecision' && row.case_id !== null ? await noticeOf(db, row.case_id) : undefined,
        preservationUntil:
            row.type === 'evidencePreserve' ? await lastDay(db, row, content, 'deadline.evidencePreserve') : undefined,
        seizureUntil: row.type === 'seizureDecision' ? await lastDay(db, row, content, 'deadline.seizure') : undefined,
        spotFineMost:
            row.type === 'spotPenalty' && party !== undefined ? await spotFineMost(db, row.org_id, party, at) : undefined,
        service: row.type === 'serviceReceipt' ? await serviceOf(db, row.id) : undefined,
        signing: signingOf(signatures),
    };
    return {
        stage: asked !== 'signed' || signatures.length > 0 ? asked : row.state === 'draft' ? 'draft' : 'issue',
        day: dayOf(at),
        agencies,
        confirmedTexts: texts,
        validCertificates: await certificatesOn(db, row.org_id, dayOf(at)),
        ...present(known),
    };
}

/** Without what is not known. */
function present<T extends object>(facts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
    return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
        [K in keyof T]?: Exclude<T[K], undefined>;
    };
}

/** An act that goes on has no end yet, whatever was planned. */
async function actOf(db: ReadDb, id: Id): Promise<DraftingFacts['act']> {
    const act = await db.selectFrom('act').select(['starts_at', 'ends_at', 'state']).where('id', '=', id).executeTakeFirst();
    return act === undefined ? undefined : { start: act.starts_at, end: act.state === 'open' ? null : act.ends_at };
}

async function partyOf(db: ReadDb, id: Id): Promise<DraftingFacts['party']> {
    const party = await db.selectFrom('party').select(['name', 'kind']).where('id', '=', id).executeTakeFirst();
    return party === undefined ? undefined : { name: party.name, naturalPerson: party.kind === 'naturalPerson' };
}

/** The last day of a term that begins on the day the document says, by the parameter in force on that day (处罚法56、85; 强制法25). */
async function lastDay(
    db: ReadDb,
    row: DocumentRow,
    { from }: DocumentContent,
    key: 'deadline.evidencePreserve' | 'deadline.seizure',
): Promise<Limit<string> | undefined> {
    if (typeof from !== 'string' || !isDay(from)) return undefined;
    const begins = startOfDay(from);
    const { value, standing } = await parameterAt(db, row.org_id, key, begins);
    if (value === null) return undefined;
    const end = endOfPeriod(begins, value, { calendar: await calendarFor(db, row.org_id) });
    return end.state === 'running' ? { value: end.lastDay, standing } : undefined;
}

/** 处罚法51. */
async function spotFineMost(
    db: ReadDb,
    orgId: Id,
    { naturalPerson }: NonNullable<DraftingFacts['party']>,
    at: Instant,
): Promise<Limit<number> | undefined> {
    const key = naturalPerson ? 'penalty.spotFinePerson' : 'penalty.spotFineOrganisation';
    const { value, standing } = await parameterAt(db, orgId, key, at);
    return value === null ? undefined : { value, standing };
}

/** 处罚法44、45: the fine the party was told of last, and whether it has spoken since. */
async function noticeOf(db: ReadDb, caseId: Id): Promise<DraftingFacts['notice']> {
    const notice = await db
        .selectFrom('document')
        .select(['content', 'made_at'])
        .where('case_id', '=', caseId)
        .where('type', 'in', ['priorNotice', 'hearingRightNotice'])
        .where('state', 'in', ISSUED_STATES)
        .orderBy('made_at', 'desc')
        .executeTakeFirst();
    if (notice === undefined) return undefined;
    const { fine } = JSON.parse(notice.content) as DocumentContent;
    const defence = await db
        .selectFrom('document')
        .select('id')
        .where('case_id', '=', caseId)
        .where('type', '=', 'defenceRecord')
        .where('state', '<>', 'voided')
        .where('made_at', '>=', notice.made_at)
        .executeTakeFirst();
    return { fine: typeof fine === 'number' ? fine : null, defended: defence !== undefined || (await defenceHeard(db, caseId)) };
}

const defenceHeard = async (db: ReadDb, caseId: Id): Promise<boolean> =>
    (await db
        .selectFrom('case_step')
        .select('id')
        .where('case_id', '=', caseId)
        .where('step', '=', 'hearDefence')
        .executeTakeFirst()) !== undefined;

/** What proves the service a receipt is of: recordings of its act while it is open, its own word once it is closed. */
async function serviceOf(db: ReadDb, receiptId: Id): Promise<ServiceProof | undefined> {
    const service = await db
        .selectFrom('document_service')
        .select(['state', 'act_id', 'recorded', 'unrecorded_reason'])
        .where('receipt_id', '=', receiptId)
        .where('state', '<>', 'failed')
        .orderBy('begun_at', 'desc')
        .executeTakeFirst();
    if (service === undefined) return undefined;
    if (service.state === 'served') return { recorded: service.recorded, reason: service.unrecorded_reason };
    if (service.act_id === null) return { recorded: null, reason: null };
    const recording = await db.selectFrom('recording').select('id').where('act_id', '=', service.act_id).executeTakeFirst();
    return { recorded: recording === undefined ? null : true, reason: null };
}

const signaturesOf = (db: ReadDb, documentId: Id) =>
    db
        .selectFrom('document_signature as s')
        .leftJoin('document_print as p', 'p.id', 's.print_id')
        .select(['s.signer', 's.outcome', 's.reason', 's.witness', 's.pages', 's.reading', 's.statement'])
        .select(['p.pages as printed'])
        .where('s.document_id', '=', documentId)
        .where('s.superseded_at', 'is', null)
        .where('s.correction_id', 'is', null)
        .orderBy('s.at')
        .execute();

/** How the party signed, refused or was absent, as far as it was noted. */
function signingOf(all: Awaited<ReturnType<typeof signaturesOf>>): DraftingFacts['signing'] | undefined {
    const party = all.filter((each) => isPartySigner(each.signer));
    const last = party.at(-1);
    if (last === undefined) return undefined;
    const signed = party.filter((each) => each.outcome === 'signed');
    return {
        refused: party.some((each) => each.outcome === 'refused'),
        reason: party.find((each) => each.outcome === 'refused')?.reason ?? '',
        partyAbsent: party.some((each) => each.outcome === 'absent'),
        witness: party.some((each) => each.witness !== null) || all.some((each) => each.signer === 'witness'),
        reading: signed.find((each) => each.reading !== null)?.reading ?? null,
        statement: signed.find((each) => each.statement !== null)?.statement ?? null,
        pages: last.printed,
        signedPages: new Set(signed.flatMap((each) => each.pages)).size,
    };
}

/** Certificates of people who had not left by then. */
async function certificatesOn(db: ReadDb, orgId: Id, day: string): Promise<string[]> {
    const rows = await db
        .selectFrom('person')
        .select(['certificate_number', 'left_at'])
        .where('org_id', '=', orgId)
        .where('certificate_number', 'is not', null)
        .execute();
    const from = startOfDay(day);
    return rows.flatMap((row) =>
        row.certificate_number === null || (row.left_at !== null && row.left_at < from) ? [] : [row.certificate_number],
    );
}
