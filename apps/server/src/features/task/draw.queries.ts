import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    canonicalJson,
    DomainError,
    DRAW_RECORD_FORMAT,
    type DrawLists,
    type DrawRecord,
    type DrawResult,
    exclusionOf,
    type Id,
} from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';

type Item = ResponseOf<Endpoints['draw.list']>['items'][number];
type Detail = ResponseOf<Endpoints['draw.get']>;

const cursorShape = z.tuple([z.int(), z.uuid()]);

const drawsOf = (db: ReadDb, orgId: Id) =>
    db
        .selectFrom('draw as d')
        .innerJoin('person as p', 'p.id', 'd.committed_by')
        .selectAll('d')
        .select(['p.name as personName', 'p.certificate_number as personCertificate'])
        .where('d.org_id', '=', orgId);
type Row = Awaited<ReturnType<ReturnType<typeof drawsOf>['executeTakeFirstOrThrow']>>;

const listsIn = (row: Pick<Row, 'lists'>) => JSON.parse(row.lists) as DrawLists;

const itemOf = (row: Row, lists: DrawLists): Item => ({
    id: row.id,
    number: row.number,
    title: row.title,
    year: row.year,
    state: row.state,
    objectCount: lists.objects.length,
    committedAt: row.committed_at,
    committedBy: { id: row.committed_by, name: row.personName, certificateNumber: row.personCertificate },
    publicValueIs: row.public_value_is,
    publicValueFrom: row.public_value_from,
    dueDay: row.due_day,
    earlier: row.earlier,
    redrawReason: row.redraw_reason,
    abandonReason: row.abandon_reason,
    endedAt: row.ended_at,
});

export async function listDraws(
    db: ReadDb,
    orgId: Id,
    query: QueryOf<Endpoints['draw.list']>,
): Promise<ResponseOf<Endpoints['draw.list']>> {
    const after = cursorKeys(cursorShape, query.cursor);
    const { total } = await db
        .selectFrom('draw')
        .where('org_id', '=', orgId)
        .select((count) => count.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
    const all = drawsOf(db, orgId);
    const rest =
        after === undefined ? all : all.where(sql<boolean>`(d.committed_at, d.id) < (${after[0]}::bigint, ${after[1]}::uuid)`);
    const found = await rest
        .orderBy('d.committed_at', 'desc')
        .orderBy('d.id', 'desc')
        .limit(query.limit + 1)
        .execute();
    const { rows, next } = pageOf(found, query.limit, (row) => [row.committed_at, row.id]);
    return { items: rows.map((row) => itemOf(row, listsIn(row))), next, total };
}

async function drawById(db: ReadDb, orgId: Id, id: Id): Promise<Row> {
    const row = await drawsOf(db, orgId).where('d.id', '=', id).executeTakeFirst();
    if (row === undefined) throw new DomainError('draw.notFound');
    return row;
}

export async function getDraw(db: ReadDb, orgId: Id, id: Id): Promise<Detail> {
    const row = await drawById(db, orgId, id);
    const lists = listsIn(row);
    const result = row.result === null ? undefined : (JSON.parse(row.result) as DrawResult);
    const names = new Map([...lists.objects, ...lists.officers].map((each) => [each.id, each.name]));
    const nameOf = (of: Id) => names.get(of) ?? of;
    const objects = new Map(lists.objects.map((each) => [each.id, each]));
    const weightOf = (of: Id) => {
        const { weight = 1, graded = [], weightReason = null } = objects.get(of) ?? {};
        return { weight, graded: graded.map((each) => ({ ...each })), weightReason };
    };
    const tasks = await tasksOf(db, id);
    // Who takes no part is known before anything is drawn: it follows from the lists alone.
    const excluded = lists.objects.flatMap((each) => {
        const reason = exclusionOf(each, lists.rules);
        return reason === undefined ? [] : [{ object: { id: each.id, name: each.name }, reason }];
    });
    return {
        ...itemOf(row, lists),
        listsDigest: row.lists_digest,
        commitment: row.commitment,
        secret: row.secret,
        publicValue: row.public_value,
        strata: [...lists.rules.strata],
        capPerYear: lists.rules.capPerYear ?? null,
        mostPerOfficer: lists.rules.mostPerOfficer ?? null,
        gradeWeights: weightsIn(lists),
        officers: [...lists.officers],
        avoidances: lists.avoidances.map(({ officer, object, reason }) => ({
            officer: nameOf(officer),
            object: nameOf(object),
            reason,
        })),
        picks: (result?.picks ?? []).map(({ place, object, grade, officers }) => ({
            place,
            object: { id: object, name: nameOf(object) },
            grade,
            ...weightOf(object),
            officers: officers.map(nameOf),
            task: tasks.get(object) ?? null,
        })),
        eligible: [...(result?.strata ?? [])],
        excluded,
    };
}

function weightsIn({ rules: { gradeWeights } }: DrawLists): Detail['gradeWeights'] {
    return gradeWeights === undefined ? null : { risk: [...gradeWeights.risk], credit: [...gradeWeights.credit] };
}

async function tasksOf(db: ReadDb, drawId: Id): Promise<Map<Id, { id: Id; number: string }>> {
    const rows = await db.selectFrom('task').select(['id', 'number', 'party_id']).where('draw_id', '=', drawId).execute();
    return new Map(rows.flatMap(({ party_id, ...task }) => (party_id === null ? [] : [[party_id, task]])));
}

/** The record as it is published: canonical text, so that every copy of it is the same bytes. */
export async function drawRecord(db: ReadDb, orgId: Id, id: Id): Promise<{ record: string }> {
    const row = await drawById(db, orgId, id);
    if (row.secret === null || row.result === null || row.ended_at === null) throw new DomainError('draw.notRevealed');
    const organisation = await db
        .selectFrom('organisation')
        .select(['code', 'name'])
        .where('id', '=', orgId)
        .executeTakeFirstOrThrow();
    const record: DrawRecord = {
        format: DRAW_RECORD_FORMAT,
        organisation,
        number: row.number,
        lists: listsIn(row),
        listsDigest: row.lists_digest,
        commitment: row.commitment,
        committedAt: row.committed_at,
        secret: row.secret,
        ...(row.public_value === null ? {} : { publicValue: row.public_value }),
        revealedAt: row.ended_at,
        earlier: row.earlier,
        ...(row.redraw_reason === null ? {} : { redrawReason: row.redraw_reason }),
        result: JSON.parse(row.result) as DrawResult,
    };
    return { record: canonicalJson(record) };
}

export async function listAvoidances(db: ReadDb, orgId: Id): Promise<ResponseOf<Endpoints['avoidance.list']>> {
    const rows = await db
        .selectFrom('officer_avoidance as a')
        .innerJoin('person as p', 'p.id', 'a.person_id')
        .leftJoin('party as y', 'y.id', 'a.party_id')
        .select(['a.id', 'a.area', 'a.reason', 'a.declared_at as declaredAt', 'p.id as personId', 'p.name'])
        .select(['p.certificate_number as certificateNumber', 'y.id as partyId', 'y.name as partyName'])
        .where('a.org_id', '=', orgId)
        .where('a.ended_at', 'is', null)
        .orderBy(sql`p.name collate "zh-Hans-CN-x-icu"`)
        .orderBy('a.id')
        .execute();
    return {
        items: rows.map(({ personId, name, certificateNumber, partyId, partyName, ...row }) => ({
            ...row,
            person: { id: personId, name, certificateNumber },
            party: partyId === null || partyName === null ? null : { id: partyId, name: partyName },
        })),
    };
}
