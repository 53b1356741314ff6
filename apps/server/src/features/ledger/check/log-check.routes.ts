import { SYSTEM_ID } from '@liuhen/domain';
import type { SomeHandlers } from '../../../platform/http/bind.ts';
import type { Services } from '../../../platform/services.ts';
import { answerCheck, askForCheck } from './log-check.commands.ts';
import { listChecks, listFindings } from './log-check.queries.ts';

export const logCheckHandlers = (services: Services): SomeHandlers<'logCheck'> => ({
    'logCheck.list': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        const { secondDisk, secondDiskBodies: bodies } = services.config;
        const asking = { orgId, now: services.clock.now(), disk: secondDisk === undefined ? null : { bodies } };
        return services.db.read({ readOrgs: [orgId, SYSTEM_ID] }, (db) => listChecks(db, asking, query));
    },
    'logCheck.findings': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId, SYSTEM_ID] }, (db) => listFindings(db, orgId, query));
    },
    'logCheck.start': ({ command }) => askForCheck(services, command),
    'logCheck.answer': ({ command, params, body }) => answerCheck(services, command, params.id, body.reason),
});
