import { checkPassword, checkPasswordChanged, DomainError, type DomainEvent, lockedFor, minutesOf } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { NonEmpty } from '../../platform/command/tx.ts';
import type { Session } from '../../platform/http/session.ts';
import type { Services } from '../../platform/services.ts';
import { loadAccount, updateAccount } from './account.store.ts';
import { countFailure, failuresOf } from './failure.ts';
import type { PasswordHashing } from './password-hashing.ts';
import { accountOf, hasRun } from './session.queries.ts';
import { endSessionsOf } from './session.store.ts';

const KIND = 'session.changePassword';

/**
 * Changes the own password and ends all other sessions of the person. A wrong current password counts like a wrong
 * sign-in, or an unattended browser would be a place to guess at; at the lock all sessions end.
 * `session.wrongCredentials`, `session.locked {minutes}`, the `account.password…` rules, `conflict.changedMeanwhile`.
 */
export async function changePassword(
    services: Services,
    passwords: PasswordHashing,
    context: CommandContext,
    session: Session,
    given: { current: string; next: string },
): Promise<void> {
    const { personId } = session.subject;
    const { account, repeated } = await services.db.read({ readOrgs: [context.orgId] }, async (db) => ({
        account: await accountOf(db, personId),
        repeated: await hasRun(db, context.commandId, context.actor, KIND),
    }));
    if (repeated) return;
    if (account === undefined) throw new DomainError('access.signInFirst');
    const rest = lockedFor(failuresOf(account), services.clock.now());
    if (rest > 0) throw new DomainError('session.locked', { minutes: minutesOf(rest) });
    if (!(await passwords.verify(account.password_hash, given.current)))
        return refuseWrong(services, { ...context, commandId: services.clock.newId() }, personId);
    checkPasswordChanged(given.current, given.next);
    checkPassword(given.next, account.login);

    const passwordHash = await passwords.hash(given.next);
    await runCommand(services.commands, context, KIND, async (tx) => {
        const present = await loadAccount(tx, personId);
        if (present.password_hash !== account.password_hash) throw new DomainError('conflict.changedMeanwhile');
        await updateAccount(tx, present, { password_hash: passwordHash, must_change_password: false, failed_count: 0 });
        const changed: DomainEvent = {
            kind: 'account.passwordChanged',
            objects: [personId],
            body: { first: account.must_change_password },
        };
        return { result: null, events: [changed, ...(await endSessionsOf(tx, personId, 'passwordChanged', session.id))] };
    });
}

/** A command of its own: the same command id with the right password must still go through. */
async function refuseWrong(services: Services, context: CommandContext, personId: string): Promise<never> {
    await runCommand(services.commands, context, KIND, async (tx) => {
        const account = await loadAccount(tx, personId);
        const { lockedNow, events } = await countFailure(tx, account, 'wrongPassword', { where: 'passwordChange' });
        const ended = lockedNow ? await endSessionsOf(tx, personId, 'locked') : [];
        const all: NonEmpty<DomainEvent> = [...events, ...ended];
        return { result: null, events: all };
    });
    throw new DomainError('session.wrongCredentials');
}
