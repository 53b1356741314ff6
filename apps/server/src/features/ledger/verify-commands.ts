import type { Id } from '@liuhen/domain';

export type UnloggedCommand = { readonly id: Id; readonly org_id: Id; readonly kind: string };

type Reading = { query<T extends Record<string, unknown>>(sql: string, values: readonly unknown[]): Promise<T[]> };

/** So many are named: more say nothing else. */
const MOST = 10_000;

/**
 * Every command that has run left at least one entry. Commands whose entries changed no row (a viewing, a sign-in) would
 * otherwise vanish with the tail of a log without a trace. `org`: only those of one organisation.
 */
export const unloggedCommands = (reading: Reading, org?: Id): Promise<UnloggedCommand[]> =>
    reading.query<UnloggedCommand>(
        `select c.id, c.org_id, c.kind from liuhen.command c
         where ($1::uuid is null or c.org_id = $1)
             and not exists (select from ledger.entry e where e.command_id = c.id) order by c.id limit ${MOST}`,
        [org ?? null],
    );
