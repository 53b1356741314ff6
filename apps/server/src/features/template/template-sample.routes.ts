import {
    composeDocument,
    type DocumentType,
    DomainError,
    dayOf,
    documentTypeFacts,
    sampleContent,
    templateByVersion,
} from '@liuhen/domain';
import type { FastifyInstance } from 'fastify';
import type { BindOptions } from '../../platform/http/bind.ts';
import { printedRoute } from '../../platform/http/printed-route.ts';
import type { Services } from '../../platform/services.ts';
import { isConfirmed, officialWords } from './template.queries.ts';

/** A form filled in with made-up content: what the legal section lays beside the printed sample. */
export const templateSampleRoute = (
    app: FastifyInstance,
    services: Services,
    access: Pick<BindOptions, 'sessionOf' | 'authorise'>,
): void =>
    printedRoute(app, services.renderer, access, {
        id: 'template.sample',
        path: '/api/document-templates/:type/:version/sample',
        permission: 'document.list',
        async page(session, request) {
            const { type, version } = request.params as { type: string; version: string };
            const template = templateByVersion(type as DocumentType, Number(version));
            if (template === undefined) throw new DomainError('template.notFound');
            const orgId = session.subject.organisationId;
            const at = services.clock.now();
            const [confirmed, words] = await services.db.read({ readOrgs: [orgId] }, async (db) => [
                await isConfirmed(db, orgId, template.type, template.version),
                await officialWords(db, orgId, at),
            ]);
            const marks = confirmed ? ['示例内容，不具效力'] : ['样张未核对', '示例内容，不具效力'];
            const model = composeDocument(template, sampleContent(template), {
                ...{ agency: words.agencies[0] ?? '', number: null, day: dayOf(at), code: null, draft: true, marks },
            });
            return { model, at, name: `样张 ${documentTypeFacts(template.type).zh} ${template.version}` };
        },
    });
