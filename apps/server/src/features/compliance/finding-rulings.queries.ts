import type { Endpoints, ResponseOf } from '@liuhen/contract';
import type { Id } from '@liuhen/domain';
import { type SqlBool, sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';

/** What was ruled on a finding, in order of time: confirmed, and revised where facts came later. */
export async function rulingsOf(db: ReadDb, findingId: Id): Promise<ResponseOf<Endpoints['finding.get']>['rulings']> {
    const rows = await db
        .selectFrom('finding_ruling as u')
        .innerJoin('person as p', 'p.id', 'u.ruled_by')
        .select(['u.id', 'u.kind', 'u.words', 'u.ruled_at as at', 'u.from_at as from', 'u.to_at as to'])
        .select(['p.id as personId', 'p.name', 'p.certificate_number as certificateNumber'])
        .where('u.finding_id', '=', findingId)
        .orderBy('u.ruled_at')
        .orderBy('u.id')
        .execute();
    return rows.map(({ personId, name, certificateNumber, ...row }) => ({
        ...row,
        by: { id: personId, name, certificateNumber },
    }));
}

/** Confirmed violations that are no longer found; `by`: those of which this person confirmed the last time. */
export const isOvertaken = (by: Id | null) =>
    by === null
        ? sql<SqlBool>`f.gone_since is not null`
        : sql<SqlBool>`f.gone_since is not null and ${by} = (select u.ruled_by from finding_ruling u
            where u.finding_id = f.id and u.kind = 'confirmed' order by u.ruled_at desc limit 1)`;
