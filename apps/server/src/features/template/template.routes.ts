import { ownPhrasesOf } from '@liuhen/domain';
import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { refuseUnlessActVisible } from '../act/act-visibility.queries.ts';
import { refuseUnlessDocumentSeen } from '../document/document-visibility.queries.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';
import { confirmTemplate } from './template.commands.ts';
import { beginningOf, listTemplates } from './template.queries.ts';

export const templateHandlers = (services: Services): SomeHandlers<'template'> => ({
    'template.list': async ({ session }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listTemplates(db, orgId));
    },
    'template.confirm': async ({ command, params, body }) => confirmTemplate(services, command, params, body),
    'template.phrases': async ({ session }) => {
        const orgId = session.subject.organisationId;
        const now = services.clock.now();
        return services.db.read({ readOrgs: [orgId] }, async (db) => {
            const { value } = await parameterAt(db, orgId, 'document.phrases', now);
            return { items: ownPhrasesOf(value ?? []) };
        });
    },
    'template.begin': async ({ session, params, query }) => {
        const { organisationId: orgId, personId } = session.subject;
        return services.db.read({ readOrgs: [orgId] }, async (db) => {
            // 附件1 第12条: what a draft is prefilled with would tell of a secret act.
            if (query.actId !== undefined) await refuseUnlessActVisible(db, query.actId, personId);
            if (query.parentId !== undefined) await refuseUnlessDocumentSeen(db, orgId, query.parentId, personId);
            return beginningOf(db, orgId, params.type, query, services.clock.now());
        });
    },
});
