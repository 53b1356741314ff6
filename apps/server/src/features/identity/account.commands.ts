import {
    checkNotSelf,
    checkStillHere,
    DomainError,
    type DomainEvent,
    type Id,
    READABLE_SECRET_BYTES,
    readableSecret,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { NonEmpty } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { findAccount, insertAccount, loadAccount, updateAccount } from './account.store.ts';
import type { PasswordHashing } from './password-hashing.ts';
import { loadPerson, stateOf } from './person.store.ts';
import { endSessionsOf } from './session.store.ts';

type FirstPassword = { firstPassword: string };

/** Random, read once by the administrator, changed at the first sign-in. */
async function makeFirstPassword(services: Services, passwords: PasswordHashing) {
    const firstPassword = readableSecret(services.clock.randomBytes(READABLE_SECRET_BYTES));
    return { firstPassword, passwordHash: await passwords.hash(firstPassword) };
}

/** `person.notFound`, `person.hasLeft`, `account.exists`, `account.loginTaken {login}` */
export async function createAccount(
    services: Services,
    passwords: PasswordHashing,
    context: CommandContext,
    personId: Id,
    login: string,
): Promise<FirstPassword> {
    const { firstPassword, passwordHash } = await makeFirstPassword(services, passwords);
    return addAccount(services, context, { personId, login, passwordHash, mustChangePassword: true }, { firstPassword });
}

/** The same with a password made elsewhere (demo data, imports). */
export function addAccount<R>(
    services: Services,
    context: CommandContext,
    account: { personId: Id; login: string; passwordHash: string; mustChangePassword: boolean },
    result: R,
): Promise<R> {
    const { personId, login } = account;
    return runCommand(
        services.commands,
        context,
        'account.create',
        async (tx) => {
            const person = await loadPerson(tx, personId);
            checkStillHere(stateOf(person));
            if ((await findAccount(tx, personId)) !== undefined) throw new DomainError('account.exists');
            await insertAccount(tx, account);
            return { result, events: [{ kind: 'account.created', objects: [personId], body: { login, name: person.name } }] };
        },
        { secretResult: true },
    );
}

/** A new first password; ends all sessions and a lock. `person.notFound`, `person.self`, `account.none` */
export async function resetPassword(
    services: Services,
    passwords: PasswordHashing,
    context: CommandContext,
    personId: Id,
): Promise<FirstPassword> {
    const { firstPassword, passwordHash } = await makeFirstPassword(services, passwords);
    return runCommand(
        services.commands,
        context,
        'account.resetPassword',
        async (tx) => {
            const person = await loadPerson(tx, personId);
            checkNotSelf(personId, tx.actor);
            const account = await loadAccount(tx, personId);
            await updateAccount(tx, account, { ...UNLOCKED, password_hash: passwordHash, must_change_password: true });
            const reset: DomainEvent = { kind: 'account.passwordReset', objects: [personId], body: { name: person.name } };
            const events: NonEmpty<DomainEvent> = [reset, ...(await endSessionsOf(tx, personId, 'passwordReset'))];
            return { result: { firstPassword }, events };
        },
        { secretResult: true },
    );
}

const UNLOCKED = { failed_count: 0, last_failed_at: null, locked_until: null } as const;

/** `person.notFound`, `account.none` */
export function unlock(services: Services, context: CommandContext, personId: Id): Promise<null> {
    return runCommand(services.commands, context, 'account.unlock', async (tx) => {
        const person = await loadPerson(tx, personId);
        await updateAccount(tx, await loadAccount(tx, personId), UNLOCKED);
        return { result: null, events: [{ kind: 'account.unlocked', objects: [personId], body: { name: person.name } }] };
    });
}

/** Removes a lost second factor, confirmed or not. `person.notFound`, `person.self`, `account.none` */
export function resetSecondFactor(services: Services, context: CommandContext, personId: Id): Promise<null> {
    return runCommand(services.commands, context, 'account.resetSecondFactor', async (tx) => {
        const person = await loadPerson(tx, personId);
        checkNotSelf(personId, tx.actor);
        const account = await loadAccount(tx, personId);
        await updateAccount(tx, account, { totp_secret: null, totp_confirmed: false, totp_last_step: null });
        const reset: DomainEvent = { kind: 'account.secondFactorReset', objects: [personId], body: { name: person.name } };
        const events: NonEmpty<DomainEvent> = [reset, ...(await endSessionsOf(tx, personId, 'secondFactorReset'))];
        return { result: null, events };
    });
}
