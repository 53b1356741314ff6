import { DomainError, type Id } from '@liuhen/domain';
import type { Selectable, Updateable } from 'kysely';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Account } from '../../schema/db.generated.ts';
import { constraintOf } from './constraint.ts';

export type AccountRow = Selectable<Account>;
type AccountPatch = Omit<Updateable<Account>, 'id' | 'org_id' | 'version' | 'command_id'>;

/** Locks the person's account; an ended one counts as none. */
export const findAccount = (tx: Tx, personId: Id): Promise<AccountRow | undefined> =>
    tx.db
        .selectFrom('account')
        .selectAll()
        .where('id', '=', personId)
        .where('org_id', '=', tx.orgId)
        .where('ended_at', 'is', null)
        .forUpdate()
        .executeTakeFirst();

/** `account.none` */
export async function loadAccount(tx: Tx, personId: Id): Promise<AccountRow> {
    const account = await findAccount(tx, personId);
    if (account === undefined) throw new DomainError('account.none');
    return account;
}

/** `account.exists`, `account.loginTaken {login}`: logins are unique across all organisations, so only the constraint knows. */
export async function insertAccount(
    tx: Tx,
    account: { personId: Id; login: string; passwordHash: string; mustChangePassword: boolean },
): Promise<void> {
    try {
        await insertRow(tx, 'account', {
            id: account.personId,
            login: account.login,
            password_hash: account.passwordHash,
            must_change_password: account.mustChangePassword,
        });
    } catch (error) {
        const constraint = constraintOf(error);
        if (constraint === 'account_login') throw new DomainError('account.loginTaken', { login: account.login });
        if (constraint === 'account_pkey') throw new DomainError('account.exists');
        throw error;
    }
}

export const updateAccount = (tx: Tx, account: AccountRow, patch: AccountPatch): Promise<AccountRow> =>
    updateRow(tx, 'account', account, patch);
