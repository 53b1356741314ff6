import { createHash } from 'node:crypto';
import { afterPlan, dayOf, findingsText, HOUR, type Id, MINUTE, planSignatures, SECOND, startOfDay } from '@liuhen/domain';
import { keysAccepted } from '../../../platform/accepted-keys.ts';
import { failpoint } from '../../../platform/failpoint.ts';
import { keepLooking, type Looking } from '../../../platform/keep-looking.ts';
import type { Services } from '../../../platform/services.ts';
import { AdvisoryLocker } from '../../../platform/uploads/advisory-locker.ts';
import { signedHeads } from '../signed-heads.ts';
import type { CheckOrder, CheckOutcome, FoundDifference } from './check-messages.ts';
import { type DueCheck, dueChecks, lastFinished } from './due-checks.queries.ts';
import { signatureNights } from './log-check.queries.ts';
import { type Begun, beginAgain, beginCheck, endCheck, leaveUnfinished, noteProgress } from './log-check.store.ts';
import { CheckFailed, runCheck } from './run-check.ts';

/** From this hour in Shanghai on, once a day. */
const NIGHT_FROM = 2 * HOUR;
/** A server that has just started has other things to do than what it missed at night. */
const AFTER_START_MS = 10 * MINUTE;
/** How soon a check begins that somebody asked for. */
const LOOK_EVERY_MS = 3 * SECOND;
/** A check that ended early so often is left for this night. */
export const MOST_ATTEMPTS = 3;
const PROGRESS_EVERY_MS = 2 * SECOND;

/**
 * Checks every log each night and when somebody asks, one after the other; of several nodes one at a time. A server that is killed begins
 * the log it was at again when it starts, and does none again that is over.
 */
export class Checking implements Looking {
    readonly #services: Services;
    readonly #locker: AdvisoryLocker;
    /** Of the clock that nobody puts forward or back. */
    readonly #nightsFrom: number;
    readonly #afterCheck: (log: Id) => Promise<void>;
    readonly #stopped = new AbortController();

    constructor(services: Services, options: { afterStartMs?: number; afterCheck?: (log: Id) => Promise<void> } = {}) {
        this.#services = services;
        this.#locker = new AdvisoryLocker({ connectionString: services.urls.app, patienceMs: 0 });
        this.#afterCheck = options.afterCheck ?? (async () => undefined);
        this.#nightsFrom = performance.now() + (options.afterStartMs ?? AFTER_START_MS);
    }

    async look(): Promise<void> {
        if ((await this.#due()).length === 0) return;
        const lock = await this.#locker.lock('log-checks', { mayBeTaken: () => false, release: () => undefined });
        try {
            // Another node may have done them meanwhile.
            for (const due of await this.#due()) if (!this.#stopped.signal.aborted) await this.#check(due);
        } finally {
            await lock.unlock();
        }
    }

    #due(): Promise<DueCheck[]> {
        const now = this.#services.clock.now();
        const day = dayOf(now);
        const night = performance.now() >= this.#nightsFrom && now - startOfDay(day) >= NIGHT_FROM ? day : undefined;
        return dueChecks(this.#services, night);
    }

    async #check({ orgId, log, left, requests }: DueCheck): Promise<void> {
        const night = dayOf(this.#services.clock.now());
        if (left !== undefined && left.attempt >= MOST_ATTEMPTS) {
            await leaveUnfinished(this.#services, { id: left.id, orgId, log }, 'check.interrupted');
            return;
        }
        const begun =
            left === undefined ? await beginCheck(this.#services, { orgId, log, night, requests }) : { id: left.id, orgId, log };
        if (left !== undefined) await beginAgain(this.#services, begun);
        failpoint('check.begun');
        try {
            await checkLog(this.#services, begun, this.#stopped.signal);
            failpoint('check.ended');
            await this.#afterCheck(log);
        } catch (error) {
            // What was begun is begun again by the next server.
            if (this.#stopped.signal.aborted) return;
            if (!(error instanceof CheckFailed)) throw error;
            this.#services.log.error({ reason: error.reason, detail: error.detail }, 'check of a log did not come to its end');
            await leaveUnfinished(this.#services, begun, error.reason);
        }
    }

    stop(): void {
        this.#stopped.abort();
    }

    close(): Promise<void> {
        return this.#locker.close();
    }
}

/** Checks one log and keeps what it came to. Throws `CheckFailed`. */
async function checkLog(services: Services, begun: Begun, signal: AbortSignal): Promise<void> {
    const order = await orderFor(services, begun.log);
    const outcome = await runCheck(order, { signal, onProgress: progressOf(services, begun) });
    await endCheck(services, begun, {
        state: outcome.total > 0 ? 'wrong' : 'sound',
        reason: null,
        ...{ size: outcome.size, rows: outcome.rows, signatures: outcome.signatures, total: outcome.total, found: outcome.found },
        signNext: afterPlan(order.plan),
        digest: digestOf(outcome),
    });
}

async function orderFor({ db, clock, urls, installation, config, commands }: Services, log: Id): Promise<CheckOrder> {
    // Before anything of the log is read: what is signed meanwhile is of entries that are not read.
    const signed = await signedHeads(installation.keyFolder);
    const last = await lastFinished(db, log);
    const parts = await db.read({ readOrgs: [log] }, (read) => signatureNights(read, log, clock.now()));
    return {
        ...{ url: urls.app, log, signed },
        plan: planSignatures(last, parts),
        trustedKeys: [
            { keyId: commands.signer.keyId, publicKey: commands.signer.publicKey },
            ...(await keysAccepted(installation.keyFolder)),
        ],
        anchorsFile: config.timeStampAuthority?.rootsFile,
    };
}

/** Said from time to time; what fails is said the next time. */
function progressOf(services: Services, begun: Begun): (read: bigint, size: bigint) => void {
    let last = performance.now();
    return (read, size) => {
        if (performance.now() - last < PROGRESS_EVERY_MS) return;
        last = performance.now();
        noteProgress(services, begun, read, size).catch(() => undefined);
    };
}

function digestOf({ total, found }: CheckOutcome): string | null {
    if (total === 0) return null;
    const keyOf = ({ params }: FoundDifference) => (typeof params.key === 'string' ? params.key : null);
    const text = findingsText(
        found.map((each) => ({ code: each.code, index: each.index, table: each.table, row: each.row, key: keyOf(each) })),
        total,
    );
    return createHash('sha256').update(text).digest('hex');
}

/** `afterCheck`: what is done with each log once it was looked at. */
export const startChecking = (services: Services, stops: (() => Promise<void>)[], afterCheck: (log: Id) => Promise<void>): void =>
    keepLooking(
        services,
        new Checking(services, { afterCheck }),
        { everyMs: LOOK_EVERY_MS, failed: 'check of the logs failed' },
        stops,
    );
