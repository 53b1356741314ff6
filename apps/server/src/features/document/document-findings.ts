import {
    addWorkingDays,
    type ContentFinding,
    checkContent,
    type DocumentContent,
    type DraftingFacts,
    dayOf,
    findingsOfDocument,
    isDay,
    startOfDay,
    templateByVersion,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { calendarFor, parameterAt } from '../parameter/parameter.queries.ts';
import { officialWords } from '../template/template.queries.ts';
import type { DocumentRow } from './document.store.ts';
import { contentOfRow } from './document-print.queries.ts';

/**
 * What is missing or wrong in a document, by its form and the rules of drafting. The one place where it is asked: while it
 * is written, and again when it is handed on or over.
 */
export async function contentFindings(
    db: ReadDb,
    row: DocumentRow,
    stage: DraftingFacts['stage'] = 'draft',
): Promise<ContentFinding[]> {
    const written = JSON.parse(row.content) as DocumentContent;
    const own = findingsOfDocument({ type: row.type, startedAt: row.started_at, endedAt: row.ended_at }, written);
    const template = templateByVersion(row.type, row.template_version);
    if (template === undefined) return own;
    const drafted = checkContent(template, contentOfRow(template, row), await factsFor(db, row, stage, written));
    // The form's own rule says which of the two is missing.
    const timed = template.rules.includes('times');
    return [...own.filter((each) => !timed || each.code !== 'content.intervalMissing'), ...drafted];
}

/** How many of them keep it from being handed in or over. */
export const contentFaults = async (db: ReadDb, row: DocumentRow): Promise<number> =>
    (await contentFindings(db, row, 'issue')).filter((each) => each.level === 'fault').length;

/** What is known beside the content. A rule is silent about what is not. */
async function factsFor(
    db: ReadDb,
    row: DocumentRow,
    stage: DraftingFacts['stage'],
    content: DocumentContent,
): Promise<DraftingFacts> {
    const act = row.act_id === null ? undefined : await actOf(db, row.act_id);
    const party = row.party_id === null ? undefined : await partyOf(db, row.party_id);
    const day = dayOf(act?.start ?? row.started_at ?? row.made_at);
    const { agencies, texts } = await officialWords(db, row.org_id, row.started_at ?? row.made_at);
    const until = row.type === 'evidencePreserve' ? await preservationUntil(db, row, content) : undefined;
    return {
        stage,
        day,
        agencies,
        confirmedTexts: texts,
        validCertificates: await certificatesOn(db, row.org_id, day),
        ...(act === undefined ? {} : { act }),
        ...(party === undefined ? {} : { party }),
        ...(until === undefined ? {} : { preservationUntil: until }),
    };
}

/** An act that goes on has no end yet, whatever was planned. */
async function actOf(db: ReadDb, id: string): Promise<DraftingFacts['act']> {
    const act = await db.selectFrom('act').select(['starts_at', 'ends_at', 'state']).where('id', '=', id).executeTakeFirst();
    return act === undefined ? undefined : { start: act.starts_at, end: act.state === 'open' ? null : act.ends_at };
}

async function partyOf(db: ReadDb, id: string): Promise<DraftingFacts['party']> {
    const party = await db.selectFrom('party').select(['name', 'kind']).where('id', '=', id).executeTakeFirst();
    return party === undefined ? undefined : { name: party.name, naturalPerson: party.kind === 'naturalPerson' };
}

/** 处罚法56、85: seven working days, or fewer where the organisation has said so. */
async function preservationUntil(db: ReadDb, row: DocumentRow, content: DocumentContent): Promise<string | undefined> {
    const { from } = content;
    if (typeof from !== 'string' || !isDay(from)) return undefined;
    const { value } = await parameterAt(db, row.org_id, 'deadline.evidencePreserve', row.made_at);
    return value?.unit === 'workday' ? addWorkingDays(await calendarFor(db, row.org_id), from, value.length) : undefined;
}

/** Certificates of people who had not left by then. */
async function certificatesOn(db: ReadDb, orgId: string, day: string): Promise<string[]> {
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
