import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import type { FilingCandidate, FilingReason, Id, SecrecySubject } from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { seesAct } from '../act/act-visibility.queries.ts';
import { itemsByIds } from './recording.queries.ts';

type Page = ResponseOf<Endpoints['recording.proposals']>;
type Proposal = NonNullable<ResponseOf<Endpoints['recording.get']>['proposal']>;

const cursorShape = z.tuple([z.int(), z.uuid()]);

/** How much is not filed yet. */
export const countProposals = (db: ReadDb, orgId: Id): Promise<{ count: number }> =>
    db
        .selectFrom('filing_proposal as f')
        .innerJoin('recording as r', 'r.id', 'f.recording_id')
        .where('f.org_id', '=', orgId)
        .where('r.act_id', 'is', null)
        .select((of) => of.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();

/** What is not filed yet, with what is proposed and why; the newest first. */
export async function listProposals(
    db: ReadDb,
    orgId: Id,
    { level, mine, cursor, limit }: QueryOf<Endpoints['recording.proposals']>,
    reader: SecrecySubject,
): Promise<Page> {
    const open = () => {
        let some = db
            .selectFrom('filing_proposal as f')
            .innerJoin('recording as r', 'r.id', 'f.recording_id')
            .where('f.org_id', '=', orgId)
            .where('r.act_id', 'is', null);
        if (mine === 'yes')
            some = some.where((of) =>
                of.or([
                    of('r.person_id', '=', reader.personId),
                    of('r.uploaded_by', '=', reader.personId),
                    sql<boolean>`f.candidates @> ${JSON.stringify([{ personId: reader.personId }])}::jsonb`,
                ]),
            );
        return some;
    };
    const counted = await open()
        .select((of) => ['f.level', of.fn.countAll<number>().as('count')])
        .groupBy('f.level')
        .execute();
    const after = cursorKeys(cursorShape, cursor);
    let rest = open();
    if (level !== undefined) rest = rest.where('f.level', '=', level);
    if (after !== undefined) rest = rest.where(sql<boolean>`(f.proposed_at, f.id) < (${after[0]}, ${after[1]}::uuid)`);
    const rows = await rest
        .select(['f.id', 'f.recording_id', 'f.proposed_at'])
        .orderBy('f.proposed_at', 'desc')
        .orderBy('f.id', 'desc')
        .limit(limit + 1)
        .execute();
    const page = pageOf(rows, limit, (row) => [row.proposed_at, row.id]);
    const ids = page.rows.map((row) => row.recording_id);
    const recordings = await itemsByIds(db, ids);
    const proposals = await proposalsOf(db, ids, reader);
    return {
        items: ids.flatMap((id) => {
            const [recording, proposal] = [recordings.get(id), proposals.get(id)];
            return recording === undefined || proposal === undefined ? [] : [{ recording, proposal }];
        }),
        next: page.next,
        total: counted.filter((each) => level === undefined || each.level === level).reduce((sum, each) => sum + each.count, 0),
        counts: counted.map(({ level: of, count }) => ({ level: of, count })),
        kept: await keptOf(db, orgId),
    };
}

/** What became of proposals of each level: what their certainty is worth, measured and not asserted. */
async function keptOf(db: ReadDb, orgId: Id): Promise<Page['kept']> {
    const rows = await db
        .selectFrom('filing_proposal')
        .select((of) => [
            'level',
            of.fn.countAll<number>().as('decided'),
            of.fn.countAll<number>().filterWhere('outcome', 'in', ['filedItself', 'accepted']).as('kept'),
        ])
        .where('org_id', '=', orgId)
        .where('outcome', 'in', ['filedItself', 'accepted', 'otherwise', 'undone'])
        .groupBy('level')
        .execute();
    return rows;
}

type StoredCandidate = { actId: Id; personId: Id | null; overlapMs: number; apartMs: number; reasons: FilingReason[] };

/** The proposals of recordings as a reader may see them: acts that are secret to them are left out (附件1 第12条). */
export async function proposalsOf(db: ReadDb, recordings: readonly Id[], reader: SecrecySubject): Promise<Map<Id, Proposal>> {
    if (recordings.length === 0) return new Map();
    const rows = await db
        .selectFrom('filing_proposal')
        .select(['recording_id', 'level', 'candidates', 'conflicts', 'proposed_at', 'outcome'])
        .where('recording_id', 'in', recordings)
        .execute();
    const stored = rows.map((row) => ({ ...row, candidates: row.candidates as readonly StoredCandidate[] }));
    const acts = await actsByIds(db, [...new Set(stored.flatMap((row) => row.candidates.map((each) => each.actId)))], reader);
    const people = await peopleByIds(db, [
        ...new Set(stored.flatMap((row) => row.candidates.flatMap((each) => each.personId ?? []))),
    ]);
    return new Map(
        stored.map(({ recording_id, candidates, proposed_at, ...row }) => [
            recording_id,
            {
                ...row,
                proposedAt: proposed_at,
                candidates: candidates.flatMap(({ actId, personId, ...each }) => {
                    const act = acts.get(actId);
                    return act === undefined ? [] : [{ ...each, act, person: people.get(personId ?? '') ?? null }];
                }),
            },
        ]),
    );
}

async function actsByIds(db: ReadDb, ids: readonly Id[], reader: SecrecySubject) {
    if (ids.length === 0) return new Map<Id, Proposal['candidates'][number]['act']>();
    const rows = await db
        .selectFrom('act as a')
        .leftJoin('party as y', 'y.id', 'a.party_id')
        .select(['a.id', 'a.number', 'a.place', 'a.starts_at as startsAt', 'a.ends_at as endsAt', 'y.name as party'])
        .where('a.id', 'in', ids)
        .where(seesAct(reader))
        .execute();
    return new Map(rows.map((row) => [row.id, row]));
}

async function peopleByIds(db: ReadDb, ids: readonly Id[]) {
    if (ids.length === 0) return new Map<Id, { id: Id; name: string }>();
    const rows = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', ids).execute();
    return new Map(rows.map((row) => [row.id, row]));
}

/** Whether two proposals say the same. */
export const sameCandidates = (stored: unknown, candidates: readonly FilingCandidate[]): boolean =>
    JSON.stringify((stored as readonly StoredCandidate[]).map(inOrder)) === JSON.stringify(candidates.map(inOrder));

/** jsonb keeps members in an order of its own. */
const inOrder = ({ actId, personId, overlapMs, apartMs, reasons }: FilingCandidate | StoredCandidate) => [
    actId,
    personId,
    overlapMs,
    apartMs,
    reasons,
];
