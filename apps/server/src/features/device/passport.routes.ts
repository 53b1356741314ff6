import { ANNEX_2_IDS, PAPER_KINDS } from '@liuhen/domain';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { BindOptions } from '../../platform/http/bind.ts';
import { cleanWords, paperIn, paperOut, someWords } from '../../platform/http/paper-route.ts';
import type { Services } from '../../platform/services.ts';
import { recordPaper } from './passport.commands.ts';
import { paperContent } from './passport.queries.ts';

const day = z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .refine((text) => !Number.isNaN(Date.parse(`${text}T00:00:00Z`)))
    .optional()
    .transform((text) => text ?? null);

const wishShape = z.object({
    kind: z.enum(PAPER_KINDS),
    requirements: z
        .string()
        .transform((text) => [...new Set(text.split(','))])
        .pipe(z.array(z.enum(ANNEX_2_IDS)).min(1).max(ANNEX_2_IDS.length)),
    forModel: z.enum(['yes', 'no']).transform((text) => text === 'yes'),
    number: someWords(80),
    issuer: someWords(120),
    issuedOn: day,
    expiresOn: day,
    note: cleanWords(300)
        .optional()
        .transform((text) => (text === undefined || text === '' ? null : text)),
    fileName: someWords(200),
});

/** Documents of certificates come and go as bytes: PDF, JPEG or PNG by what they are, not by what they are called. */
export async function paperRoutes(
    app: FastifyInstance,
    services: Services,
    access: Pick<BindOptions, 'sessionOf' | 'authorise'>,
): Promise<void> {
    await paperIn(app, access, {
        url: '/api/devices/:id/papers',
        operation: 'device.recordPaper',
        permission: 'device.manage',
        wish: wishShape,
        take: ({ context, params, wish, bytes }) => recordPaper(services, context, { deviceId: params.id, ...wish }, bytes),
    });
    paperOut(app, services, access, {
        url: '/api/devices/:id/papers/:paperId',
        operation: 'device.paperContent',
        permission: 'device.list',
        notFound: 'device.paperNotFound',
        find: ({ subject: { organisationId } }, { paperId }) =>
            services.db.read({ readOrgs: [organisationId] }, (db) => paperContent(db, organisationId, paperId)),
    });
}
