import { bodyOf, DomainError, SYSTEM_ID } from '@liuhen/domain';
import { runCommand } from '../../platform/command/command.ts';
import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { keptDoubt } from './clock.queries.ts';
import { endDoubt } from './clock.store.ts';

export const clockHandlers = (services: Services): SomeHandlers<'serverClock'> => ({
    'serverClock.get': async () => {
        const doubt = services.clockGuard.doubt() ?? (await services.db.read({ readOrgs: [SYSTEM_ID] }, keptDoubt));
        return { doubt: doubt === undefined ? null : { ...doubt, params: { ...doubt.params } } };
    },
    'serverClock.confirm': async ({ command, body: { reason } }) => {
        const doubt = services.clockGuard.doubt() ?? (await services.db.read({ readOrgs: [SYSTEM_ID] }, keptDoubt));
        const result = await runCommand(services.commands, command, 'serverClock.confirm', async () => {
            if (doubt === undefined) throw new DomainError('serverClock.trusted');
            const body = bodyOf({ code: doubt.code, ...doubt.params, since: doubt.since, reason });
            return { result: {}, events: [{ kind: 'serverClock.confirmed', objects: [], body }] };
        });
        // After the entry: what is judged from now on is judged because somebody said so.
        await endDoubt(services);
        services.clockGuard.confirm();
        return result;
    },
});
