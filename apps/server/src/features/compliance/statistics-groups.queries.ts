import {
    addFigures,
    type ComplianceFigures,
    type ComplianceRates,
    findingAges,
    type Id,
    monthNumber,
    NO_FIGURES,
    ratesOf,
    type ScenarioKey,
} from '@liuhen/domain';
import { type SqlBool, sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { type Counted, documentErrorsIn, faultsIn, filters, HOLDERS, haveFaults, leaders } from './statistics-asked.ts';
import { keptSums, SUMMED } from './statistics-kept.queries.ts';

type Key = {
    readonly org: Id | null;
    readonly department: Id | null;
    readonly person: Id | null;
    readonly scenario: ScenarioKey | null;
    readonly month: number | null;
};
export type Group = { readonly key: Key; readonly figures: ComplianceFigures };

export function sumOf(groups: readonly Group[], asked: Counted): { figures: ComplianceFigures; rates: ComplianceRates } {
    const figures = groups.reduce((sum, group) => addFigures(sum, group.figures), nothingOf(asked));
    return { figures, rates: ratesOf(figures) };
}

/** What such groups can have, they have none of; what they cannot have is not known of them. */
const nothingOf = (asked: Counted): ComplianceFigures => ({ ...NO_FIGURES, faults: haveFaults(asked) ? 0 : null });

/** Which columns of a key a group has. */
const KEYS: Readonly<Record<Counted['by'], readonly (keyof Key)[]>> = {
    organisation: ['org'],
    department: ['org', 'department'],
    person: ['org', 'person'],
    scenario: ['scenario'],
    month: ['month'],
    organisationAndMonth: ['org', 'month'],
};

export const idOf = (key: Key): string => [key.org, key.department, key.person, key.scenario, key.month].join('/');

/**
 * The figures by groups: sums of judged acts, findings that are open now of acts of these months, reported faults, documents that were
 * sent back.
 */
export async function groupsOf(db: ReadDb, organisations: readonly Id[], asked: Counted): Promise<Group[]> {
    if (organisations.length === 0) return [];
    const found = new Map<string, Group>();
    const none = nothingOf(asked);
    for (const { key, ...figures } of [
        ...(await actsOf(db, organisations, asked)),
        ...(await openOf(db, organisations, asked)),
        ...(await faultsOf(db, organisations, asked)),
        ...(await documentErrorsOf(db, organisations, asked)),
    ]) {
        const before = found.get(idOf(key))?.figures ?? none;
        found.set(idOf(key), { key, figures: addFigures(before, { ...NO_FIGURES, ...figures }) });
    }
    return [...found.values()];
}

type Part = { readonly key: Key } & Partial<ComplianceFigures>;

/** The columns of a key, null where the groups have none, so that every statement gives the same ones. */
function keyColumns(by: Counted['by'], columns: Readonly<Record<keyof Key, string>>) {
    const has = (column: keyof Key) => KEYS[by].includes(column);
    const of = (column: keyof Key, none: string) => sql.raw(`${has(column) ? columns[column] : `null::${none}`} as ${column}`);
    return sql.join([
        of('org', 'uuid'),
        of('department', 'uuid'),
        of('person', 'uuid'),
        of('scenario', 'text'),
        of('month', 'int'),
    ]);
}

const keyOf = ({ org, department, person, scenario, month }: Key): Key => ({ org, department, person, scenario, month });

async function actsOf(db: ReadDb, organisations: readonly Id[], asked: Counted): Promise<Part[]> {
    const key = {
        org: 'm.org_id',
        department: 'p.department_id',
        person: 'm.person_id',
        scenario: 'm.scenario',
        month: 'm.month',
    };
    const sums = sql<Key & Record<keyof typeof SUMMED, number>>`(
        select ${keyColumns(asked.by, key)}, ${sql.raw(
            Object.entries(SUMMED)
                .map(([name, column]) => `sum(m.sign * m.${column})::bigint as "${name}"`)
                .join(', '),
        )}
        from (${keptSums(asked)}) m ${leaders(asked, 'm.person_id')} where ${sql.join(filters(organisations, asked, key), sql` and `)}
        group by 1, 2, 3, 4, 5 having sum(m.sign * m.acts) > 0)`.as('summed');
    const rows = await db.selectFrom(sums).selectAll().execute();
    return rows.map(({ org, department, person, scenario, month, ...figures }) => ({
        key: { org, department, person, scenario, month },
        ...figures,
    }));
}

/** Findings that wait for an answer or a decision now, by their age, of acts that began in these months. */
async function openOf(db: ReadDb, organisations: readonly Id[], asked: Counted): Promise<Part[]> {
    const { weekFrom, monthFrom } = findingAges(asked.now);
    const key = {
        org: 'f.org_id',
        department: 'p.department_id',
        person: 'f.person_id',
        scenario: 'f.scenario',
        month: 'f.month',
    };
    const chosen = [
        ...filters(organisations, asked, key),
        sql<SqlBool>`f.month between ${monthNumber(asked.from)} and ${monthNumber(asked.to)}`,
    ];
    const counted = sql<Key & { openWeek: number; openMonth: number; openOlder: number }>`(
        select ${keyColumns(asked.by, key)},
            count(*) filter (where f.found_at >= ${weekFrom})::bigint as "openWeek",
            count(*) filter (where f.found_at < ${weekFrom} and f.found_at >= ${monthFrom})::bigint as "openMonth",
            count(*) filter (where f.found_at < ${monthFrom})::bigint as "openOlder"
        from open_finding f ${leaders(asked, 'f.person_id')}
        where ${sql.join(chosen, sql` and `)} group by 1, 2, 3, 4, 5)`.as('counted');
    const rows = await db.selectFrom(counted).selectAll().execute();
    return rows.map(({ openWeek, openMonth, openOlder, ...row }) => ({ key: keyOf(row), openWeek, openMonth, openOlder }));
}

/** A fault is a recorder's: it is counted in the month in which it was reported, for whoever held it, and for no kind of act. */
async function faultsOf(db: ReadDb, organisations: readonly Id[], asked: Counted): Promise<Part[]> {
    if (!haveFaults(asked)) return [];
    const { by, departmentId, personId } = asked;
    const key = {
        ...{ org: 's.org_id', department: 'p.department_id', person: 'h.person_id', scenario: '' },
        month: 'month_of(s.taken_at)',
    };
    const isOfHolders = by === 'person' || by === 'department' || departmentId !== undefined || personId !== undefined;
    const chosen = [...filters(organisations, asked, key), ...faultsIn(asked)];
    const counted = sql<Key & { faults: number }>`(
        select ${keyColumns(by, key)}, count(*)::bigint as faults
        from device_step s ${isOfHolders ? HOLDERS : sql``} ${leaders(asked, 'h.person_id')}
        where ${sql.join(chosen, sql` and `)} group by 1, 2, 3, 4, 5)`.as('counted');
    const rows = await db.selectFrom(counted).selectAll().execute();
    return rows.map(({ faults, ...row }) => ({ key: keyOf(row), faults }));
}

/**
 * An error of a document is its author's: it is counted in the month in which somebody else found it, for the kind of the act that the
 * document is about; one of a case or a party alone is about none.
 */
async function documentErrorsOf(db: ReadDb, organisations: readonly Id[], asked: Counted): Promise<Part[]> {
    const { by } = asked;
    const key = {
        ...{ org: 'e.org_id', department: 'p.department_id', person: 'e.author_id', scenario: 'e.scenario' },
        month: 'month_of(e.at)',
    };
    const chosen = [...filters(organisations, asked, key), ...documentErrorsIn(asked)];
    const counted = sql<Key & { documentErrors: number }>`(
        select ${keyColumns(by, key)}, count(*)::bigint as "documentErrors"
        from document_error e ${leaders(asked, 'e.author_id')}
        where ${sql.join(chosen, sql` and `)} group by 1, 2, 3, 4, 5)`.as('counted');
    const rows = await db.selectFrom(counted).selectAll().execute();
    return rows.map(({ documentErrors, ...row }) => ({ key: keyOf(row), documentErrors }));
}
