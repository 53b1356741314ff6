import { createHmac } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { loginName } from '@liuhen/contract';
import {
    bodyOf,
    DomainError,
    type DomainEvent,
    decideFailure,
    type Failures,
    lockedFor,
    minutesOf,
    NO_FAILURES,
    SYSTEM_ID,
} from '@liuhen/domain';
import { runCommand } from '../../platform/command/command.ts';
import type { NonEmpty, Tx } from '../../platform/command/tx.ts';
import type { Session } from '../../platform/http/session.ts';
import type { Services } from '../../platform/services.ts';
import { type AccountRow, findAccount, updateAccount } from './account.store.ts';
import { countFailure, type FailureReason, failuresOf } from './failure.ts';
import { stepOfCode } from './one-time-code.ts';
import type { PasswordHashing } from './password-hashing.ts';
import { accountOf, whoseLogin } from './session.queries.ts';
import { endSession, insertSession } from './session.store.ts';
import { TOKEN_BYTES, tokenHash, tokenText } from './session-cookie.ts';
import type { Sessions } from './sessions.ts';

export type SignInRequest = {
    readonly login: string;
    readonly password: string;
    readonly code: string | undefined;
    readonly address: string;
    readonly agent: string | undefined;
    /** The session the same browser already has; it ends. */
    readonly present: Session | undefined;
};

export type SignInAnswer = { readonly state: 'signedIn'; readonly token: string } | { readonly state: 'secondFactorNeeded' };

export type SignInTools = {
    readonly services: Services;
    readonly sessions: Sessions;
    readonly passwords: PasswordHashing;
    /** A refusal takes at least this long in all, in milliseconds: entering it in the log takes longer for logins that exist. */
    readonly refusalTakes: number;
};

/** What the transaction came to; a refusal is committed (it counts) and told afterwards. */
type Outcome = { readonly token: string } | { readonly refusal: 'session.wrongCredentials' | 'session.wrongCode' };

/**
 * Sign-in: `session.wrongCredentials`, `session.wrongCode`, `session.locked {minutes}`. Says nothing about whether a login
 * exists: unknown ones take as long and lock the same way. Each attempt is a command of its own, never a repeat of an
 * earlier one, because a token is handed out once.
 */
export function createSignIn(tools: SignInTools): (request: SignInRequest) => Promise<SignInAnswer> {
    const signIn = createAttempt(tools);
    return async (request) => {
        const earliest = setTimeout(tools.refusalTakes, undefined, { ref: false });
        try {
            return await signIn(request);
        } catch (error) {
            await earliest;
            throw error;
        }
    };
}

function createAttempt(tools: SignInTools): (request: SignInRequest) => Promise<SignInAnswer> {
    const { services, passwords } = tools;
    const unknown = createUnknownLogins(tools);
    return async (request) => {
        const login = loginName.safeParse(request.login).data;
        const owner = login === undefined ? undefined : await whoseLogin(services.db, login);
        if (owner === undefined) return unknown.refuse(login ?? request.login, request);
        const account = await services.db.read({ readOrgs: [owner.orgId] }, (db) => accountOf(db, owner.personId));
        if (account === undefined) return unknown.refuse(login ?? request.login, request);

        await refuseLocked(tools, account, request);
        const right = await passwords.verify(account.password_hash, request.password);
        if (right && account.totp_confirmed && request.code === undefined) return { state: 'secondFactorNeeded' };
        const renewed = right && passwords.isOutdated(account.password_hash) ? await passwords.hash(request.password) : undefined;

        // Who only knows the login, or only the password, has not shown to be that person.
        const proven = right && codeStep(services, account, request.code, services.clock.now()) !== undefined;
        const context = {
            actor: proven ? account.id : SYSTEM_ID,
            orgId: account.org_id,
            readOrgs: [account.org_id],
            commandId: services.clock.newId(),
        };
        const outcome = await runCommand<Outcome>(
            services.commands,
            context,
            'session.open',
            (tx) => decideSignIn(tools, tx, { checked: account, right, renewed }, request),
            { secretResult: true },
        );
        if ('refusal' in outcome) throw new DomainError(outcome.refusal);
        return { state: 'signedIn', token: outcome.token };
    };
}

async function refuseLocked(tools: SignInTools, account: AccountRow, request: SignInRequest): Promise<void> {
    const rest = lockedFor(failuresOf(account), tools.services.clock.now());
    if (rest === 0) return;
    const { org_id: orgId, id: personId } = account;
    await tools.sessions.noteRefusedSignIn({ reason: 'locked', orgId, personId, address: request.address });
    throw new DomainError('session.locked', { minutes: minutesOf(rest) });
}

type Checked = { checked: AccountRow; right: boolean; renewed: string | undefined };

/** Decides on the locked row: attempts side by side are counted one after the other, and none slips past the lock. */
async function decideSignIn(
    { services }: SignInTools,
    tx: Tx,
    { checked, right, renewed }: Checked,
    request: SignInRequest,
): Promise<{ result: Outcome; events: NonEmpty<DomainEvent> }> {
    const account = await findAccount(tx, checked.id);
    // Reset or ended since its password was compared.
    if (account === undefined || account.password_hash !== checked.password_hash)
        throw new DomainError('session.wrongCredentials');
    const rest = lockedFor(failuresOf(account), tx.now);
    if (rest > 0) throw new DomainError('session.locked', { minutes: minutesOf(rest) });

    const refuse = async (refusal: 'session.wrongCredentials' | 'session.wrongCode', reason: FailureReason) => {
        const { events } = await countFailure(tx, account, reason, { address: request.address });
        return { result: { refusal }, events };
    };
    if (!right) return refuse('session.wrongCredentials', 'wrongPassword');
    const step = codeStep(services, account, request.code, tx.now);
    if (step === undefined) return refuse('session.wrongCode', 'wrongCode');

    await updateAccount(tx, account, {
        failed_count: 0,
        last_failed_at: null,
        locked_until: null,
        last_sign_in_at: tx.now,
        ...(step === null ? {} : { totp_last_step: step }),
        ...(renewed === undefined ? {} : { password_hash: renewed }),
    });
    return openSession(services, tx, account, request);
}

/** The time step of a right, unused code; null where none is asked for; undefined when it is wrong or missing. */
function codeStep(services: Services, account: AccountRow, code: string | undefined, now: number): number | null | undefined {
    if (!account.totp_confirmed) return null;
    if (code === undefined || account.totp_secret === null) return undefined;
    return stepOfCode(services.secrets.open('totp', account.id, account.totp_secret), code, now, account.totp_last_step);
}

async function openSession(services: Services, tx: Tx, account: AccountRow, request: SignInRequest) {
    const token = tokenText(services.clock.randomBytes(TOKEN_BYTES));
    const agent = agentText(request.agent);
    const id = await insertSession(tx, {
        personId: account.id,
        tokenHash: tokenHash(token),
        endsAt: tx.now + services.config.sessionAbsoluteMs,
        address: request.address,
        agent,
    });
    const opened: DomainEvent = {
        kind: 'session.opened',
        creates: [id],
        objects: [account.id],
        body: bodyOf({ login: account.login, secondFactor: account.totp_confirmed, address: request.address, agent }),
    };
    const events: NonEmpty<DomainEvent> = [opened, ...(await endPresent(tx, request.present))];
    return { result: { token }, events };
}

/** The browser's earlier session loses its cookie now; left open it would live on unseen until its limits. */
async function endPresent(tx: Tx, present: Session | undefined): Promise<DomainEvent[]> {
    if (present === undefined || present.subject.organisationId !== tx.orgId) return [];
    return endSession(tx, { id: present.id, personId: present.subject.personId }, 'replaced');
}

const agentText = (agent: string | undefined): string | null =>
    agent === undefined ? null : agent.toWellFormed().normalize('NFC').slice(0, 200).toWellFormed();

const MOST_UNKNOWN = 10_000;

/**
 * Logins nobody has. People type passwords into the login field, so what was typed is kept nowhere: not in the log, and in
 * memory only under a key that lives as long as the process.
 */
function createUnknownLogins({ services, sessions, passwords }: SignInTools) {
    const key = services.clock.randomBytes(32);
    const failures = new Map<string, Failures>();
    return {
        async refuse(login: string, request: SignInRequest): Promise<never> {
            const name = createHmac('sha256', key).update(login).digest('base64');
            const before = failures.get(name) ?? NO_FAILURES;
            await sessions.noteRefusedSignIn({
                reason: 'unknownLogin',
                orgId: SYSTEM_ID,
                personId: SYSTEM_ID,
                address: request.address,
            });
            const rest = lockedFor(before, services.clock.now());
            if (rest > 0) throw new DomainError('session.locked', { minutes: minutesOf(rest) });
            await passwords.verify(undefined, request.password);
            // Read again: others may have failed while this one waited for its turn.
            remember(name, decideFailure(failures.get(name) ?? NO_FAILURES, services.clock.now()));
            throw new DomainError('session.wrongCredentials');
        },
    };

    function remember(name: string, state: Failures): void {
        failures.delete(name);
        failures.set(name, state);
        const [oldest] = failures.keys();
        if (failures.size > MOST_UNKNOWN && oldest !== undefined) failures.delete(oldest);
    }
}
