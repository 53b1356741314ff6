import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';
import { issueReceipts, noteErasures, settleQuestion } from './docking.commands.ts';
import { listDockQuestions } from './docking.queries.ts';

export const dockHandlers = (services: Services): SomeHandlers<'dock'> => ({
    'dock.settings': async ({ session }) => {
        const orgId = session.subject.organisationId;
        const now = services.clock.now();
        const { signer } = services.commands;
        const erase = await services.db.read({ readOrgs: [orgId] }, (db) => parameterAt(db, orgId, 'dock.erase', now));
        const publicKey = Buffer.from(signer.publicKey).toString('hex');
        return { now, erase: erase.value === true, organisationId: orgId, keyId: signer.keyId, publicKey };
    },
    'dock.receipts': ({ command, body }) => issueReceipts(services, command, body.recordings),
    'dock.erasures': ({ command, body }) => noteErasures(services, command, body),
    'dock.questions': ({ session }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listDockQuestions(db, orgId));
    },
    'dock.settle': ({ command, body }) => settleQuestion(services, command, body),
});
