import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    apartReasonOf,
    CAMPAIGN_RECORD_FORMAT,
    type CampaignFrame,
    type CampaignRecord,
    type CampaignRules,
    canonicalJson,
    DomainError,
    type Id,
    type Instant,
    type Policy,
    stratumOf,
} from '@liuhen/domain';
import { type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf, pageWithin } from '../../platform/page-cursor.ts';
import { parallelByInspection, parallelForPage, parallelOf } from './parallel.queries.ts';
import { organisationsOf, peopleById } from './reach.queries.ts';
import { campaignLog } from './record-log.queries.ts';
import { resultIn, schemeIn } from './sheet.queries.ts';

type Item = ResponseOf<Endpoints['inspection.list']>['items'][number];
type Detail = ResponseOf<Endpoints['inspection.get']>;

const cursorShape = z.tuple([z.int(), z.uuid()]);

/** What a reader knows of inspections: the own organisation's, and those fixed or drawn in which its acts are looked at. */
const visibleTo = (own: Id) => sql<SqlBool>`(i.org_id = ${own} or (i.inspected @> array[${own}]::uuid[] and i.state <> 'draft'))`;

const WIRE = [
    ...([
        'i.id',
        'i.org_id',
        'i.version',
        'i.number',
        'i.title',
        'i.state',
        'i.period_from',
        'i.period_to',
        'i.inspected',
    ] as const),
    ...(['i.drafted_at', 'o.name as ownerName', 'o.code as ownerCode'] as const),
];

const inspectionsOf = (db: ReadDb, own: Id) =>
    db.selectFrom('inspection as i').innerJoin('organisation as o', 'o.id', 'i.org_id').select(WIRE).where(visibleTo(own));
type Row = Awaited<ReturnType<ReturnType<typeof inspectionsOf>['executeTakeFirstOrThrow']>>;

export async function listInspections(
    db: ReadDb,
    own: Id,
    query: QueryOf<Endpoints['inspection.list']>,
): Promise<ResponseOf<Endpoints['inspection.list']>> {
    const after = cursorKeys(cursorShape, query.cursor);
    let all = inspectionsOf(db, own);
    if (query.state !== undefined) all = all.where('i.state', '=', query.state);
    const { total } = await all
        .clearSelect()
        .select((of) => of.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
    const rest =
        after === undefined ? all : all.where(sql<boolean>`(i.drafted_at, i.id) < (${after[0]}::bigint, ${after[1]}::uuid)`);
    const found = await rest
        .orderBy('i.drafted_at', 'desc')
        .orderBy('i.id', 'desc')
        .limit(query.limit + 1)
        .execute();
    const { rows, next } = pageOf(found, query.limit, (row) => [row.drafted_at, row.id]);
    return { items: await itemsOf(db, own, rows), next, total };
}

/** An inspected organisation is told of its own sheets only. */
async function itemsOf(db: ReadDb, own: Id, rows: readonly Row[]): Promise<Item[]> {
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.id);
    const states = await db
        .selectFrom('inspection_sheet')
        .select(['inspection_id', 'state', 'org_id', 'act_org_id', (of) => of.fn.countAll<number>().as('count')])
        .where('inspection_id', 'in', ids)
        .where((any) => any.or([any('org_id', '=', own), any('act_org_id', '=', own)]))
        .groupBy(['inspection_id', 'state', 'org_id', 'act_org_id'])
        .execute();
    const names = new Map(
        (
            await organisationsOf(
                db,
                rows.flatMap((row) => row.inspected),
            )
        ).map((each) => [each.id, each.name]),
    );
    const parallel = await parallelByInspection(db, ids);
    return rows.map((row) => {
        const mine = states.filter((each) => each.inspection_id === row.id);
        const count = (of?: string) =>
            mine.filter((each) => of === undefined || each.state === of).reduce((sum, each) => sum + each.count, 0);
        return {
            id: row.id,
            number: row.number,
            title: row.title,
            state: row.state,
            by: { id: row.org_id, name: row.ownerName },
            own: row.org_id === own,
            from: row.period_from,
            to: row.period_to,
            organisations: row.inspected.flatMap((id) => names.get(id) ?? []),
            parallel: (parallel.get(row.id) ?? []).map(({ number, state, to }) => ({ number, state, to })),
            progress: { sheets: count(), finished: count('finished'), skipped: count('skipped') },
        };
    });
}

export async function inspectionById(db: ReadDb, own: Id, id: Id) {
    const row = await inspectionsOf(db, own).selectAll('i').where('i.id', '=', id).executeTakeFirst();
    if (row === undefined) throw new DomainError('inspection.notFound');
    return row;
}
export type FullRow = Awaited<ReturnType<typeof inspectionById>>;

export const rulesIn = (row: Pick<FullRow, 'rules'>) => JSON.parse(row.rules) as CampaignRules;

/** What the inspected organisations were called when the rules were fixed. */
export const namesIn = (row: Pick<FullRow, 'rules'>): Map<Id, string> =>
    new Map(rulesIn(row).organisations.map((each) => [each.id, each.name]));
const frameIn = (row: Pick<FullRow, 'frame'>) => (row.frame === null ? undefined : (JSON.parse(row.frame) as CampaignFrame));

export async function getInspection(db: ReadDb, own: Id, id: Id): Promise<Detail> {
    const row = await inspectionById(db, own, id);
    const rules = rulesIn(row);
    const result = resultIn(row);
    const isOwner = row.org_id === own;
    // An inspected organisation sees what concerns it; of the others it knows what the published record says.
    const acts = (frameIn(row)?.acts ?? []).filter((each) => isOwner || each.organisation === own);
    const strata = new Set(result?.shares.filter((each) => isOwner || each.organisation === own).map((each) => each.stratum));
    const mine = new Set(acts.map((each) => each.id));
    const people = await peopleById(db, isOwner ? [...row.reviewers, row.drafted_by] : []);
    const [item] = await itemsOf(db, own, [row]);
    if (item === undefined) throw new DomainError('inspection.notFound');
    return {
        ...item,
        parallel: await parallelForPage(db, row, own),
        version: row.version,
        rules: {
            organisations: [...rules.organisations],
            scenarios: [...rules.scenarios],
            byOrganisation: rules.byOrganisation,
            byScenario: rules.byScenario,
            take: rules.take,
            shares: rules.shares.map((each) => ({ ...each })),
        },
        scheme: [...schemeIn(row)],
        reviewers: row.reviewers.flatMap((each) => people.get(each) ?? []),
        appealDays: row.appeal_days,
        publicValueIs: rules.publicValueIs ?? null,
        publicValueFrom: row.public_value_from,
        publicValue: row.public_value,
        commitment: row.commitment,
        rulesDigest: row.rules_digest,
        frameDigest: row.frame_digest,
        secret: row.secret,
        draftedBy: people.get(row.drafted_by) ?? null,
        draftedAt: row.drafted_at,
        committedAt: row.committed_at,
        drawnAt: row.drawn_at,
        endedAt: row.ended_at,
        abandonReason: row.abandon_reason,
        frameActs: row.frame === null ? null : acts.length,
        withoutRecording: row.unrecorded === null ? null : row.unrecorded.filter((each) => mine.has(each)).length,
        strata: (result?.strata ?? []).filter((each) => strata.has(each.stratum)),
        apart: acts.flatMap((act) => {
            const reason = apartReasonOf(act);
            return reason === undefined ? [] : [{ number: act.number, reason }];
        }),
    };
}

/**
 * The record as it is published: canonical text. What is drawn from, and what was, is the same bytes in every copy; what became of the
 * others and what the log has of it are those of the moment. Read with the log of the system.
 */
export async function inspectionRecord(
    db: ReadDb,
    own: Id,
    id: Id,
    { witnesses, now }: { readonly witnesses: Omit<Policy, 'logs'>; readonly now: Instant },
): Promise<{ record: string }> {
    const row = await inspectionById(db, own, id);
    const frame = frameIn(row);
    const result = resultIn(row);
    const { secret, commitment, committed_at: committedAt, drawn_at: drawnAt, rules_digest, frame_digest } = row;
    if (
        frame === undefined ||
        result === undefined ||
        secret === null ||
        commitment === null ||
        committedAt === null ||
        drawnAt === null ||
        rules_digest === null ||
        frame_digest === null
    )
        throw new DomainError('inspection.notDrawn');
    const record: CampaignRecord = {
        format: CAMPAIGN_RECORD_FORMAT,
        organisation: { code: row.ownerCode, name: row.ownerName.normalize('NFC') },
        number: row.number,
        rules: rulesIn(row),
        rulesDigest: rules_digest,
        ...{ commitment, committedAt, secret },
        ...(row.public_value === null ? {} : { publicValue: row.public_value }),
        frame,
        frameDigest: frame_digest,
        drawnAt,
        result,
        parallel: { at: now, inspections: (await parallelOf(db, row)).map(({ told }) => told) },
    };
    const log = await campaignLog(db, row, witnesses);
    return { record: canonicalJson(log === undefined ? record : { ...record, log }) };
}

/** The frame page by page: all of it for who inspects, its own acts for an inspected organisation. */
export async function listFrame(
    db: ReadDb,
    own: Id,
    query: QueryOf<Endpoints['inspection.frame']>,
): Promise<ResponseOf<Endpoints['inspection.frame']>> {
    const row = await inspectionById(db, own, query.inspectionId);
    const frame = frameIn(row);
    if (frame === undefined) throw new DomainError('inspection.notDrawn');
    const rules = rulesIn(row);
    const names = namesIn(row);
    const [unrecorded, secret] = [new Set(row.unrecorded ?? []), new Set(row.secret_acts ?? [])];
    const places = new Map(resultIn(row)?.picks.map((each) => [each.act, each.place]));
    const acts = frame.acts.filter((each) => row.org_id === own || each.organisation === own);
    const page = pageWithin(acts, query);
    const items = page.items.map((act) => ({
        id: act.id,
        number: act.number,
        organisation: names.get(act.organisation) ?? '',
        scenario: act.scenario,
        state: act.state,
        recorded: secret.has(act.id) ? null : !unrecorded.has(act.id),
        stratum: stratumOf(rules, act),
        apart: apartReasonOf(act) ?? null,
        place: places.get(act.id) ?? null,
    }));
    return { items, next: page.next, total: acts.length };
}

/** Whom the own organisation may inspect, who of it reviews, and the scheme to begin with. */
export async function reviewersOf(db: ReadDb, own: Id) {
    return db
        .selectFrom('person as p')
        .innerJoin('role_grant as g', (on) => on.onRef('g.person_id', '=', 'p.id').on('g.ended_at', 'is', null))
        .select(['p.id', 'p.name', 'p.certificate_number as certificateNumber'])
        .distinct()
        .where('p.org_id', '=', own)
        .where('p.left_at', 'is', null)
        .where('g.role', '=', 'inspector')
        .orderBy('p.name')
        .execute();
}
