import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import { EQUIPMENT, type EquippedPerson, equipmentOf, type Id, isShortOf, isWithoutTerminal } from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorAfter, cursorKeys } from '../../platform/page-cursor.ts';
import { containing, searchWords } from '../../platform/search.ts';

type Answer = ResponseOf<Endpoints['device.coverage']>;
type Item = Answer['items'][number];

const offsetShape = z.tuple([z.int().nonnegative()]);

/**
 * Everybody who should or may have a recorder, and how they are equipped (附件1 第3条). An organisation has some hundred
 * people: they are read at once, so that the figures above the list are true of all of it.
 */
export async function deviceCoverage(
    db: ReadDb,
    orgId: Id,
    { q, kind, equipment, short, withoutTerminal, departmentId, order, cursor, limit }: QueryOf<Endpoints['device.coverage']>,
): Promise<Answer> {
    const everybody = await peopleOf(db, orgId, { q, departmentId });
    const held = await heldBy(db, orgId);
    const away = await awayFrom(db, orgId);
    const all = everybody.map(({ id, name, certificateNumber, kind: of, department }): Item => {
        const own = held.filter((each) => each.personId === id);
        const recorders = own
            .filter((each) => each.kind === 'recorder')
            .map((each) => ({ id: each.id, number: each.number, state: each.state, basis: each.basis ?? ('personal' as const) }));
        const terminals = own.filter((each) => each.kind === 'mobileTerminal');
        const last = away.find((each) => each.personId === id) ?? null;
        const standing = equipmentOf(recorders, recorders.length > 0 ? null : last);
        return {
            person: { id, name, certificateNumber },
            kind: of,
            department,
            equipment: standing,
            short: isShortOf(of, standing),
            recorders,
            terminals: terminals.map((each) => each.number),
            withoutTerminal: isWithoutTerminal(of, terminals),
            away: last === null ? null : { id: last.id, number: last.number, state: last.state },
        };
    });
    const wanted = all.filter(
        (each) =>
            (kind === undefined || each.kind === kind) &&
            (equipment === undefined || each.equipment === equipment) &&
            (short === undefined || each.short) &&
            (withoutTerminal === undefined || each.withoutTerminal),
    );
    if (order === 'department') wanted.sort((a, b) => (a.department ?? '').localeCompare(b.department ?? '', 'zh'));
    const [from] = cursorKeys(offsetShape, cursor) ?? [0];
    const stock = await inStock(db, orgId);
    return {
        items: wanted.slice(from, from + limit),
        next: wanted.length > from + limit ? cursorAfter([from + limit]) : null,
        total: wanted.length,
        counts: (['officer', 'assistant'] as const).flatMap((of) =>
            EQUIPMENT.map((each) => ({
                kind: of,
                equipment: each,
                count: all.filter((person) => person.kind === of && person.equipment === each).length,
            })),
        ),
        ...stock,
        withoutTerminal: all.filter((each) => each.withoutTerminal).length,
    };
}

/** Everybody who should or may have a recorder, with what is in their hands; the facts of the same question for its rule. */
export async function equippedPeople(db: ReadDb, orgId: Id): Promise<EquippedPerson[]> {
    const people = await peopleOf(db, orgId, { q: undefined, departmentId: undefined });
    const held = (await heldBy(db, orgId)).filter((each) => each.kind === 'recorder');
    const away = await awayFrom(db, orgId);
    return people
        .map(({ id, kind }): EquippedPerson => {
            const last = away.find((each) => each.personId === id);
            return {
                ...{ id, kind },
                held: held
                    .filter((each) => each.personId === id)
                    .map(({ id: own, number, state, basis }) => ({ id: own, number, state, basis: basis ?? 'personal' })),
                last: last === undefined ? null : { id: last.id, state: last.state },
            };
        })
        .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

async function peopleOf(db: ReadDb, orgId: Id, { q, departmentId }: { q: string | undefined; departmentId: Id | undefined }) {
    let people = db
        .selectFrom('person as p')
        .leftJoin('department as t', 't.id', 'p.department_id')
        .select(['p.id', 'p.name', 'p.certificate_number as certificateNumber', 'p.kind', 't.name as department'])
        .where('p.org_id', '=', orgId)
        .where('p.left_at', 'is', null)
        .where('p.kind', 'in', ['officer', 'assistant']);
    for (const word of searchWords(q)) people = people.where(containing('p.search_text', word));
    if (departmentId !== undefined) people = people.where('p.department_id', '=', departmentId);
    const rows = await people.orderBy(sql`p.name collate "zh-Hans-CN-x-icu"`).orderBy('p.id').execute();
    return rows.flatMap(({ kind, ...row }) => (kind === 'officer' || kind === 'assistant' ? [{ ...row, kind }] : []));
}

const heldBy = (db: ReadDb, orgId: Id) =>
    db
        .selectFrom('device_issue as i')
        .innerJoin('device as d', 'd.id', 'i.device_id')
        .select(['d.id', 'd.number', 'd.kind', 'd.state', 'i.basis', 'i.person_id as personId'])
        .where('i.org_id', '=', orgId)
        .where('i.returned_at', 'is', null)
        .orderBy('d.number')
        .execute();

/** Recorders that are faulty or in repair and in nobody's hand, with whoever had them last. */
const awayFrom = (db: ReadDb, orgId: Id) =>
    db
        .selectFrom('device as d')
        .innerJoin('device_issue as i', 'i.device_id', 'd.id')
        .select(['d.id', 'd.number', 'd.state', 'i.person_id as personId'])
        .where('d.org_id', '=', orgId)
        .where('d.kind', '=', 'recorder')
        .where('d.state', 'in', ['faulty', 'inRepair'])
        .where((of) =>
            of(
                'i.id',
                '=',
                of
                    .selectFrom('device_issue as l')
                    .select('l.id')
                    .whereRef('l.device_id', '=', 'd.id')
                    .orderBy('l.issued_at', 'desc')
                    .orderBy('l.id', 'desc')
                    .limit(1),
            ),
        )
        .where('i.returned_at', 'is not', null)
        .execute();

async function inStock(db: ReadDb, orgId: Id): Promise<{ spare: number; inRepair: number }> {
    const rows = await db
        .selectFrom('device as d')
        .leftJoin('device_issue as i', (on) => on.onRef('i.device_id', '=', 'd.id').on('i.returned_at', 'is', null))
        .select((of) => ['d.state', 'i.id as issue', of.fn.countAll<number>().as('count')])
        .where('d.org_id', '=', orgId)
        .where('d.kind', '=', 'recorder')
        .groupBy(['d.state', 'i.id'])
        .execute();
    const sum = (of: (row: (typeof rows)[number]) => boolean) => rows.filter(of).reduce((all, row) => all + row.count, 0);
    return {
        spare: sum((row) => row.state === 'inService' && row.issue === null),
        inRepair: sum((row) => row.state === 'inRepair' || row.state === 'faulty'),
    };
}
