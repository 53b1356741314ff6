import { type ComplianceRates, FEWEST_OTHERS, type Id, type Month, monthNumber } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import type { City } from '../identity/organisation.queries.ts';
import type { Counted } from './statistics-asked.ts';
import { type Group, groupsOf, sumOf } from './statistics-groups.queries.ts';

/** Sums of all organisations of the city by organisation and month: they stay on the server. */
export type CityAverage = {
    readonly groups: readonly Group[];
    /** The district that each organisation belongs to: the highest below the city. */
    readonly districtOf: ReadonlyMap<Id, Id>;
    /** The reader's own. */
    readonly own: Id | undefined;
    readonly asked: Counted;
};

/** The same months and kinds of act of the whole city, whoever is asked for of the own. */
export async function cityAverage(
    db: ReadDb,
    city: City,
    own: Id,
    { from, to, scenario, now }: Omit<Counted, 'by'>,
): Promise<CityAverage> {
    const asked = { by: 'organisationAndMonth', from, to, scenario, now } as const;
    const { organisations, districtOf } = city;
    return { groups: await groupsOf(db, organisations, asked), districtOf, own: districtOf.get(own), asked };
}

/**
 * All organisations together, as one: their sums are added first and divided then, so that a large district weighs more than a small
 * one. Null where too few others have judged acts for it to hide what a single one of them has.
 */
export function cityRatesOf(city: CityAverage | undefined, month?: Month): ComplianceRates | null {
    if (city === undefined) return null;
    const { groups, districtOf, own, asked } = city;
    const of = month === undefined ? groups : groups.filter(({ key }) => key.month === monthNumber(month));
    const others = new Set(of.filter(({ figures }) => figures.acts > 0).map(({ key }) => districtOf.get(key.org ?? '')));
    others.delete(own);
    return others.size < FEWEST_OTHERS ? null : sumOf(of, asked).rates;
}
