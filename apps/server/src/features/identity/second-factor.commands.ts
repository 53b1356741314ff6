import { DomainError, type Id } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { loadAccount, updateAccount } from './account.store.ts';
import { CODE_SECRET_BYTES, describeSecret, stepOfCode } from './one-time-code.ts';

/** Makes a new secret; it takes effect once confirmed. `account.secondFactorAlreadyOn` */
export function startSecondFactor(services: Services, context: CommandContext, personId: Id) {
    const secret = services.clock.randomBytes(CODE_SECRET_BYTES);
    return runCommand(
        services.commands,
        context,
        'session.startSecondFactor',
        async (tx) => {
            const account = await loadAccount(tx, personId);
            if (account.totp_confirmed) throw new DomainError('account.secondFactorAlreadyOn');
            const sealed = services.secrets.seal('totp', personId, secret);
            await updateAccount(tx, account, { totp_secret: sealed, totp_confirmed: false, totp_last_step: null });
            const result = await describeSecret(secret, account.login);
            return { result, events: [{ kind: 'account.secondFactorStarted', objects: [personId], body: {} }] };
        },
        { secretResult: true },
    );
}

/** Turns the second factor on with a first code, which is thereby used. `session.wrongCode`, `account.secondFactorNotStarted` */
export function confirmSecondFactor(services: Services, context: CommandContext, personId: Id, code: string): Promise<null> {
    return runCommand(services.commands, context, 'session.confirmSecondFactor', async (tx) => {
        const account = await loadAccount(tx, personId);
        if (account.totp_secret === null || account.totp_confirmed) throw new DomainError('account.secondFactorNotStarted');
        const secret = services.secrets.open('totp', personId, account.totp_secret);
        const step = stepOfCode(secret, code, tx.now, account.totp_last_step);
        if (step === undefined) throw new DomainError('session.wrongCode');
        await updateAccount(tx, account, { totp_confirmed: true, totp_last_step: step });
        return { result: null, events: [{ kind: 'account.secondFactorEnabled', objects: [personId], body: {} }] };
    });
}
