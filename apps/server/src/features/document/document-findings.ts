import {
    type ContentFinding,
    checkContent,
    type DocumentContent,
    type DraftingFacts,
    dayOf,
    findingsOfDocument,
    startOfDay,
    statedContent,
    templateByVersion,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import type { DocumentRow } from './document.store.ts';

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
    const times = { startedAt: row.started_at, endedAt: row.ended_at };
    const template = templateByVersion(row.type, row.template_version);
    const own = findingsOfDocument({ type: row.type, ...times }, written);
    if (template === undefined) return own;
    return [...own, ...checkContent(template, statedContent(template, written, times), await factsFor(db, row, stage))];
}

/** How many of them keep it from being handed in or over. */
export const contentFaults = async (db: ReadDb, row: DocumentRow): Promise<number> =>
    (await contentFindings(db, row, 'issue')).filter((each) => each.level === 'fault').length;

async function factsFor(db: ReadDb, row: DocumentRow, stage: DraftingFacts['stage']): Promise<DraftingFacts> {
    const act = row.act_id === null ? undefined : await actOf(db, row.act_id);
    const party = row.party_id === null ? undefined : await partyOf(db, row.party_id);
    const day = dayOf(act?.start ?? row.started_at ?? row.made_at);
    return {
        stage,
        day,
        agencies: await agenciesOf(db, row.org_id),
        validCertificates: await certificatesOn(db, row.org_id, day),
        ...(act === undefined ? {} : { act }),
        ...(party === undefined ? {} : { party }),
    };
}

const actOf = (db: ReadDb, id: string) =>
    db.selectFrom('act').select(['starts_at as start', 'ends_at as end']).where('id', '=', id).executeTakeFirst();

async function partyOf(db: ReadDb, id: string): Promise<DraftingFacts['party']> {
    const party = await db.selectFrom('party').select(['name', 'kind']).where('id', '=', id).executeTakeFirst();
    return party === undefined ? undefined : { name: party.name, naturalPerson: party.kind === 'naturalPerson' };
}

/** Full names under which the organisation may act (《卫生行政执法文书规范》第4条: 机关全称). */
async function agenciesOf(db: ReadDb, orgId: string): Promise<string[]> {
    const rows = await db.selectFrom('organisation').select('name').where('id', '=', orgId).execute();
    return rows.map((row) => row.name);
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
