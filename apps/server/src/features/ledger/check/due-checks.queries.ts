import { type Id, SYSTEM_ID } from '@liuhen/domain';
import { sql } from 'kysely';
import type { Database } from '../../../platform/db/database.ts';
import type { Services } from '../../../platform/services.ts';
import { everyLog } from '../checkpoint/checkpoint.queries.ts';

/** A log to be looked at; `orgId` is who sees what it came to. `left`: a check that was begun and is not over. */
export type DueCheck = {
    readonly orgId: Id;
    readonly log: Id;
    readonly left?: { readonly id: Id; readonly attempt: number };
    /** How many times somebody has asked so far. */
    readonly requests: number;
};

/** So often a check of one night is tried that ends early by itself. */
const MOST_PER_NIGHT = 3;

/** Of one log: a check that was begun and is not over, how many of this night are over, and requests that the checks so far knew of. */
type Done = { org_id: Id; log: Id; running: Id | null; attempt: number | null; ended: number; tries: number; requests: number };

/**
 * The logs that are to be checked: those begun and not over, those somebody asked for since they were checked last, and from the hour of
 * the night on those without a check of this night. Only for whoever holds the lock: what is begun and not over was left behind.
 */
export async function dueChecks({ db }: Pick<Services, 'db'>, night: string | undefined): Promise<DueCheck[]> {
    const registered = await everyLog({ db });
    const { done, asked } = await db.read({ readOrgs: [SYSTEM_ID, ...registered] }, async (read) => ({
        done: (await doneSoFar(night ?? '').execute(read as never)).rows,
        asked: await read
            .selectFrom('log_check_request')
            .select((of) => ['org_id', of.fn.countAll<number>().as('times')])
            .groupBy('org_id')
            .execute(),
    }));
    const doneOf = (orgId: Id, log: Id) => done.find((each) => each.org_id === orgId && each.log === log);
    // Whoever asks has the system's log looked at as well, in which the keys are introduced.
    const requestsOf = (log: Id): number =>
        asked
            .filter(({ org_id }) => log === SYSTEM_ID || org_id === log)
            .map(({ times }) => times)
            .reduce((sum, times) => sum + times, 0);
    const due = registered.flatMap((log) => {
        const before = doneOf(log, log);
        const requests = requestsOf(log);
        return isDue(before, night) || requests > (before?.requests ?? 0) ? [dueOf(log, log, before, requests)] : [];
    });
    // Found by reading every table: only at night.
    const foreign = night === undefined || due.length === 0 ? [] : await unregistered(db, registered);
    return [
        ...due,
        ...foreign.flatMap((log) => {
            const before = doneOf(SYSTEM_ID, log);
            return isDue(before, night) ? [dueOf(SYSTEM_ID, log, before, 0)] : [];
        }),
    ];
}

/** By the night that each names, not by the order in time: a clock that was put back would have the same night checked for ever. */
const doneSoFar = (night: string) => sql<Done>`select org_id, log, max(requests) as requests,
        (array_agg(id) filter (where state = 'running'))[1] as running, max(attempt) filter (where state = 'running') as attempt,
        count(*) filter (where night = ${night} and state in ('sound', 'wrong')) as ended, count(*) filter (where night = ${night}) as tries
    from liuhen.log_check group by org_id, log`;

const dueOf = (orgId: Id, log: Id, done: Done | undefined, requests: number): DueCheck => ({
    ...{ orgId, log, requests },
    ...(done === undefined || done.running === null ? {} : { left: { id: done.running, attempt: done.attempt ?? 1 } }),
});

const isDue = (done: Done | undefined, night: string | undefined): boolean => {
    if (done !== undefined && done.running !== null) return true;
    return night !== undefined && (done === undefined || (done.ended === 0 && done.tries < MOST_PER_NIGHT));
};

/** Ids under which rows or entries stand though no organisation has them. */
async function unregistered(db: Database, registered: readonly Id[]): Promise<Id[]> {
    const known = await db.read(
        { readOrgs: [] },
        async (read) => (await sql<{ org: Id }>`select ledger.known_orgs() as org`.execute(read as never)).rows,
    );
    return known.map(({ org }) => org).filter((each) => !registered.includes(each));
}

/** What the last check that came to its end had, and where the next goes on among the signatures. */
export async function lastFinished(db: Database, log: Id): Promise<{ checked: bigint; next: bigint }> {
    const row = await db.read({ readOrgs: [log, SYSTEM_ID] }, (read) =>
        read
            .selectFrom('log_check')
            .where('org_id', 'in', [log, SYSTEM_ID])
            .where('log', '=', log)
            .where('state', 'in', ['sound', 'wrong'])
            .select(['size', 'sign_next'])
            // A log only grows.
            .orderBy('size', 'desc')
            .orderBy('started_at', 'desc')
            .limit(1)
            .executeTakeFirst(),
    );
    return { checked: BigInt(row?.size ?? 0), next: BigInt(row?.sign_next ?? 0) };
}
