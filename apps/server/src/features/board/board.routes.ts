import { serverTime } from '../../platform/clock-guard.ts';
import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { listBoard } from './board.queries.ts';
import { decideOnExcuse, giveExcuse, withdrawExcuse } from './late-excuse.commands.ts';
import { listSameNight } from './same-night.queries.ts';

export const boardHandlers = (services: Services): SomeHandlers<'board'> => ({
    'board.list': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        const clock = serverTime(services);
        return services.db.read({ readOrgs: [orgId] }, (db) => listBoard(db, orgId, query, session.subject, clock));
    },
    'board.sameNight': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        const clock = serverTime(services);
        return services.db.read({ readOrgs: [orgId] }, (db) => listSameNight(db, orgId, query, session.subject, clock));
    },
    'board.excuse': async ({ command, session, body }) => giveExcuse(services, command, session.subject, body),
    'board.decideExcuse': async ({ command, params, body }) => decideOnExcuse(services, command, params.id, body),
    'board.withdrawExcuse': async ({ command, params }) => withdrawExcuse(services, command, params.id),
});
