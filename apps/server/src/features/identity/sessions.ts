import type { Endpoint } from '@liuhen/contract';
import { type Decision, DomainError, decide, type Id, MINUTE, SYSTEM_ID } from '@liuhen/domain';
import type { FastifyRequest } from 'fastify';
import { runCommand } from '../../platform/command/command.ts';
import { createRefusalLog } from '../../platform/command/refusals.ts';
import type { Session } from '../../platform/http/session.ts';
import type { Services } from '../../platform/services.ts';
import { isForeignOrigin } from './foreign-origin.ts';
import { type ExpiredSession, expiredSessions, type TokenHolder, touchSession, whoseSession } from './session.queries.ts';
import { endSession } from './session.store.ts';
import { tokenHash, tokenOf } from './session-cookie.ts';

export type RefusedSignIn = { reason: 'unknownLogin' | 'locked'; orgId: Id; personId: Id; address: string };

/** Sessions as the HTTP layer needs them; one for the whole server. */
export type Sessions = {
    /** The live session of a request, looked up once. Roles are today's: nothing about rights is kept in a session. */
    sessionOf(request: FastifyRequest): Promise<Session | undefined>;
    /**
     * Refuses by throwing `request.foreignOrigin`, `access.signInFirst`, `access.passwordChangeFirst` or `access.denied`;
     * what a signed-in person was denied is noted in the log. Also for the routes without a Zod shape.
     */
    authorise(
        session: Session | undefined,
        endpointId: string,
        permission: Endpoint['permission'],
        request: FastifyRequest,
    ): Promise<void>;
    /** Ends what is over by time, with an entry each, and writes the summaries that are due; for a timer, about each minute. */
    endExpired(): Promise<number>;
    /** Writes the summaries still open; before the server ends. */
    close(): Promise<void>;
    /** Notes a refused sign-in that changes nothing: the first in a minute and account, the rest as their number. */
    noteRefusedSignIn(refused: RefusedSignIn): Promise<void>;
};

/** `last_seen_at` is written at most this often: a page of ten requests is one write. */
const TOUCH_EVERY = MINUTE;
const MOST_AT_ONCE = 200;

/** What a first password opens. */
const WITH_FIRST_PASSWORD: ReadonlySet<string> = new Set(['session.get', 'session.close', 'session.changePassword']);

export function createSessions(services: Services): Sessions {
    const known = new WeakMap<FastifyRequest, Promise<Session | undefined>>();
    const refusedSignIns = createRefusedSignInLog(services);
    return {
        sessionOf(request) {
            const found = known.get(request) ?? findSession(services, request.headers.cookie);
            known.set(request, found);
            return found;
        },
        authorise: (session, endpointId, permission, request) => authorise(services, session, endpointId, permission, request),
        async endExpired() {
            await refusedSignIns.flush();
            return endExpiredSessions(services);
        },
        close: () => refusedSignIns.flush(true),
        noteRefusedSignIn: refusedSignIns.note,
    };
}

async function findSession(services: Services, cookies: string | undefined): Promise<Session | undefined> {
    const token = tokenOf(cookies, services.config.https);
    if (token === undefined) return undefined;
    const holder = await whoseSession(services.db, tokenHash(token));
    if (holder === undefined) return undefined;
    const now = services.clock.now();
    if (now >= holder.ends_at || now >= holder.last_seen_at + services.config.sessionIdleMs) return undefined;
    const seenAt = now - holder.last_seen_at >= TOUCH_EVERY ? now : holder.last_seen_at;
    if (seenAt === now) await touchSession(services.db, holder.session_id, now);
    return sessionFrom(holder, seenAt + services.config.sessionIdleMs);
}

const sessionFrom = (holder: TokenHolder, idleEndsAt: number): Session => ({
    id: holder.session_id,
    name: holder.name,
    subject: {
        personId: holder.person_id,
        organisationId: holder.org_id,
        roles: holder.roles,
        mustChangePassword: holder.must_change_password,
    },
    idleEndsAt: Math.min(idleEndsAt, holder.ends_at),
    endsAt: holder.ends_at,
});

async function authorise(
    services: Services,
    session: Session | undefined,
    endpointId: string,
    permission: Endpoint['permission'],
    request: FastifyRequest,
): Promise<void> {
    if (isForeignOrigin(request)) throw new DomainError('request.foreignOrigin');
    if (permission === 'public') return;
    const subject = session?.subject;
    // Handlers see the own organisation's rows only; what a single object asks for beyond that is theirs to decide.
    const own = { kind: 'organisation', organisationId: subject?.organisationId ?? SYSTEM_ID } as const;
    const decision = decide(subject, permission, own, [], services.clock.now());
    if (subject?.mustChangePassword === true && !WITH_FIRST_PASSWORD.has(endpointId))
        throw new DomainError('access.passwordChangeFirst');
    if (decision.allow) return;
    const error = new DomainError(codeOf(decision));
    if (subject !== undefined) {
        const orgId = subject.organisationId;
        await services.commands.refusals.record({ actor: subject.personId, orgId, readOrgs: [orgId] }, endpointId, error);
    }
    throw error;
}

function codeOf(decision: Decision): 'access.signInFirst' | 'access.passwordChangeFirst' | 'access.denied' {
    const [reason] = decision.reasons;
    return reason === 'access.signInFirst' || reason === 'access.passwordChangeFirst' ? reason : 'access.denied';
}

/** Ends sessions over by time, in batches of one organisation; gives their number. */
export async function endExpiredSessions(services: Services): Promise<number> {
    let ended = 0;
    for (;;) {
        const now = services.clock.now();
        const expired = await expiredSessions(services.db, now, services.config.sessionIdleMs, MOST_AT_ONCE);
        for (const [orgId, sessions] of Map.groupBy(expired, (each) => each.org_id))
            ended += await endBatch(services, orgId, sessions);
        if (expired.length < MOST_AT_ONCE) return ended;
    }
}

async function endBatch(services: Services, orgId: Id, sessions: readonly ExpiredSession[]): Promise<number> {
    const context = { actor: SYSTEM_ID, orgId, readOrgs: [orgId], commandId: services.clock.newId() };
    let count = 0;
    try {
        await runCommand(services.commands, context, 'session.expire', async (tx) => {
            const events = [];
            for (const session of sessions) {
                events.push(...(await endSession(tx, { id: session.session_id, personId: session.person_id }, session.because)));
            }
            const [first, ...rest] = events;
            if (first === undefined) throw new NothingLeft();
            count = events.length;
            return { result: null, events: [first, ...rest] };
        });
    } catch (error) {
        // Another node, or the persons themselves, were faster.
        if (!(error instanceof NothingLeft)) throw error;
    }
    return count;
}

class NothingLeft extends Error {}

/**
 * Attempts that change no row. `actor` only tells the accounts apart while they are counted: nobody is signed in, so the
 * entry's actor is the system.
 */
function createRefusedSignInLog(services: Services) {
    const log = createRefusalLog({
        now: services.clock.now,
        onError: (error) =>
            services.log.error({ code: (error as { code?: string }).code }, 'a refused sign-in could not be entered'),
        async write(who, event) {
            const context = { actor: SYSTEM_ID, orgId: who.orgId, readOrgs: who.readOrgs, commandId: services.clock.newId() };
            const objects = who.actor === SYSTEM_ID ? [] : [who.actor];
            const kind = event.kind === 'command.refused' ? 'session.refused' : event.kind;
            await runCommand(services.commands, context, 'session.open', async () => ({
                result: null,
                events: [{ kind, objects, body: event.body }],
            }));
        },
    });
    return {
        flush: log.flush,
        note: (refused: RefusedSignIn) =>
            log.record(
                { actor: refused.personId, orgId: refused.orgId, readOrgs: [refused.orgId] },
                'session.open',
                new DomainError(refused.reason === 'locked' ? 'session.locked' : 'session.wrongCredentials', {
                    address: refused.address,
                }),
            ),
    };
}
