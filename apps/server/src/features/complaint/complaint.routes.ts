import { serverTime } from '../../platform/clock-guard.ts';
import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { answerComplaint, changeComplaint, closeComplaint, registerComplaint, triageComplaint } from './complaint.commands.ts';
import { getComplaint, listComplaints } from './complaint.queries.ts';
import { keepIdentity, viewIdentity } from './complaint-identity.commands.ts';
import { linkComplaint, unlinkComplaint } from './complaint-link.commands.ts';

export const complaintHandlers = (services: Services): SomeHandlers<'complaint'> => ({
    'complaint.list': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listComplaints(db, orgId, query, serverTime(services)));
    },
    'complaint.get': async ({ session, params }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => getComplaint(db, orgId, params.id, serverTime(services)));
    },
    'complaint.register': async ({ command, body }) => registerComplaint(services, command, body),
    'complaint.update': async ({ command, params, body }) => changeComplaint(services, command, params.id, body),
    'complaint.triage': async ({ command, params, body }) => triageComplaint(services, command, params.id, body),
    'complaint.link': async ({ command, params, body }) => linkComplaint(services, command, params.id, body),
    'complaint.unlink': async ({ command, params, body }) => unlinkComplaint(services, command, params.id, body),
    'complaint.answer': async ({ command, params, body }) => answerComplaint(services, command, params.id, body),
    'complaint.close': async ({ command, params, body }) => closeComplaint(services, command, params.id, body),
    'complaint.keepIdentity': async ({ command, params, body }) => keepIdentity(services, command, params.id, body),
    'complaint.viewIdentity': async ({ command, params, body }) => viewIdentity(services, command, params.id, body),
});
