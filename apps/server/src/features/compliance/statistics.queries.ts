import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    DomainError,
    dayOf,
    type Id,
    type Instant,
    type Month,
    monthNumbered,
    monthOf,
    ratesOf,
    type StatisticGroup,
    weightOf,
} from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import type { OrganisationBelow } from '../identity/organisation.queries.ts';
import { type CityAverage, cityRatesOf } from './statistics-city.queries.ts';
import { type Group, groupsOf, idOf, sumOf } from './statistics-groups.queries.ts';

type Page = ResponseOf<Endpoints['statistics.compliance']>;
type Item = Page['items'][number];
type Query = QueryOf<Endpoints['statistics.compliance']>;
type Period = { readonly from: Month; readonly to: Month };
export type Asked = Omit<Query, 'from' | 'to'> & Period & { readonly now: Instant };

/** The months that are asked for; without them the year until now. Throws `statistics.periodInvalid`. */
export function periodOf({ from, to }: Pick<Query, 'from' | 'to'>, now: Instant): Period {
    const last = to ?? monthOf(dayOf(now));
    const first = from ?? `${last.slice(0, 4)}-01`;
    if (first > last) throw new DomainError('statistics.periodInvalid', { from: first, to: last });
    return { from: first, to: last };
}

/** There are some thousands of officers at most: all groups are put together before a page is cut. */
const CURSOR = z.tuple([z.int().min(0)]);

/**
 * Figures of the organisations given, by groups. Secret acts are counted like all others and nothing tells them apart (附件1 第12条).
 */
export async function complianceStatistics(
    db: ReadDb,
    organisations: readonly OrganisationBelow[],
    asked: Asked,
    city: CityAverage | undefined,
): Promise<Page> {
    const shown = organisations.filter(({ id }) => asked.organisationId === undefined || id === asked.organisationId);
    const by = asked.by ?? (shown.length > 1 ? 'organisation' : 'department');
    const ids = shown.map(({ id }) => id);
    const counted = { ...asked, by };
    const groups = await groupsOf(db, ids, counted);
    const items = sorted(await itemsOf(db, shown, by, groups), asked.order);
    const [start = 0] = cursorKeys(CURSOR, asked.cursor) ?? [];
    const rest = items.map((item, index) => ({ item, index })).slice(start, start + asked.limit + 1);
    const { rows, next } = pageOf(rest, asked.limit, ({ index }) => [index + 1]);
    const { figures, rates } = sumOf(groups, counted);
    const average = cityRatesOf(city);
    return {
        items: rows.map(({ item }) => (item.month === null ? item : { ...item, city: cityRatesOf(city, item.month) })),
        ...{ next, total: items.length, by, from: asked.from, to: asked.to, now: asked.now },
        sum: { ...figures, ...rates },
        city: average,
        cityWithheld: city !== undefined && average === null,
        organisations: [...organisations],
        departments: shown.length === 1 ? await departmentsOf(db, shown) : [],
        person: (await peopleOf(db, ids, asked.personId ?? null)).map(personOf)[0] ?? null,
    };
}

/** The groups with their names, in the order of the register: organisations as in the tree, people and departments by name. */
async function itemsOf(
    db: ReadDb,
    organisations: readonly OrganisationBelow[],
    by: StatisticGroup,
    groups: readonly Group[],
): Promise<Item[]> {
    const ids = organisations.map(({ id }) => id);
    const place = new Map(organisations.map(({ id, name }, index) => [id, { index, name }]));
    const departments = by === 'department' ? await departmentsOf(db, organisations) : [];
    const people = by === 'person' ? await peopleOf(db, ids, undefined) : [];
    const department = new Map(departments.map((each, index) => [each.id, { ...each, index }]));
    const person = new Map(people.map((each, index) => [each.id, { ...each, index }]));
    // Whoever has no place in a register comes last.
    const rank = ({ key }: Group): number[] => [
        place.get(key.org ?? '')?.index ?? 0,
        department.get(key.department ?? '')?.index ?? Number.MAX_SAFE_INTEGER,
        person.get(key.person ?? '')?.index ?? Number.MAX_SAFE_INTEGER,
        key.month ?? 0,
    ];
    const compare = (a: Group, b: Group): number => {
        const other = rank(b);
        return (
            rank(a)
                .map((each, at) => each - (other[at] ?? 0))
                .find((each) => each !== 0) ?? compareText(a, b)
        );
    };
    return groups.toSorted(compare).map(({ key, figures }): Item => {
        const officer = person.get(key.person ?? '');
        const team = department.get(key.department ?? '');
        return {
            id: idOf(key),
            organisation: key.org === null ? null : { id: key.org, name: place.get(key.org)?.name ?? '' },
            department: team === undefined ? null : { id: team.id, name: team.name },
            person: officer === undefined ? null : personOf(officer),
            scenario: key.scenario,
            month: key.month === null ? null : monthNumbered(key.month),
            ...figures,
            ...ratesOf(figures),
            city: null,
        };
    });
}

const compareText = (a: Group, b: Group): number => ((a.key.scenario ?? '') < (b.key.scenario ?? '') ? -1 : 1);

/** What is to be looked at first; what nothing can be said of, last. */
function sorted(items: readonly Item[], order: Query['order']): readonly Item[] {
    if (order === 'name') return items;
    const weight = (item: Item) => weightOf(order, item) ?? -1;
    return items.toSorted((a, b) => weight(b) - weight(a));
}

const byName = (column: 'name') => sql`${sql.ref(column)} collate "zh-Hans-CN-x-icu"`;

const departmentsOf = async (db: ReadDb, of: readonly OrganisationBelow[]): Promise<{ id: Id; name: string }[]> => {
    if (of.length === 0) return [];
    const ids = of.map(({ id }) => id);
    return db
        .selectFrom('department')
        .select(['id', 'name'])
        .where('org_id', 'in', ids)
        .orderBy(byName('name'))
        .orderBy('id')
        .execute();
};

type Person = { readonly id: Id; readonly name: string; readonly certificate_number: string | null };
const personOf = ({ id, name, certificate_number }: Person) => ({ id, name, certificateNumber: certificate_number });

/** All people of some organisations by name, or the one that is asked for; null: none. */
const peopleOf = async (db: ReadDb, organisations: readonly Id[], one: Id | null | undefined): Promise<Person[]> => {
    if (organisations.length === 0 || one === null) return [];
    return db
        .selectFrom('person')
        .select(['id', 'name', 'certificate_number'])
        .where('org_id', 'in', organisations)
        .$if(one !== undefined, (some) => some.where('id', '=', one ?? ''))
        .orderBy(byName('name'))
        .orderBy('id')
        .execute();
};
