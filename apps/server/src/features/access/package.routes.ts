import { pipeline } from 'node:stream/promises';
import { DomainError, type Id, isId, retrievalDiscLabels, retrievalReceipt, type Subject } from '@liuhen/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import type { BindOptions } from '../../platform/http/bind.ts';
import { paperIn, paperOut, someWords } from '../../platform/http/paper-route.ts';
import { printedRoute } from '../../platform/http/printed-route.ts';
import { parseRange } from '../../platform/http/range.ts';
import type { Services } from '../../platform/services.ts';
import { discImage, madeDiscs } from './discs.queries.ts';
import { addReceiptPaper } from './package.commands.ts';
import { isDownloadOpen, packageOf, receiptPaper } from './package.queries.ts';
import { paperFacts } from './package-plan.queries.ts';
import { getRetrieval } from './retrieval.queries.ts';

type Access = Pick<BindOptions, 'sessionOf' | 'authorise'>;

/** The bytes of packages, the receipt to be signed, and the pictures of those that were. */
export async function packageRoutes(app: FastifyInstance, services: Services, access: Access): Promise<void> {
    storedBytes(app, services, access, {
        ...{ url: '/api/retrievals/:id/package', operation: 'retrieval.package', contentType: 'application/zip' },
        find: packageOf,
    });
    storedBytes(app, services, access, {
        ...{ url: '/api/retrievals/:id/discs/:discId', operation: 'retrieval.disc', contentType: 'application/x-iso9660-image' },
        find: (db, id, discId) => (isId(discId) ? discImage(db, id, discId) : Promise.resolve(undefined)),
    });
    labelsPage(app, services, access);
    receiptPage(app, services, access);
    await paperIn(app, access, {
        url: '/api/retrievals/:id/receipts',
        operation: 'retrieval.addReceipt',
        permission: 'retrieval.provide',
        wish: z.object({ name: someWords(200) }),
        take: ({ context, params, wish: { name }, bytes }) =>
            addReceiptPaper(services, context, { retrievalId: params.id, name }, bytes),
    });
    paperOut(app, services, access, {
        url: '/api/retrievals/:id/receipts/:paperId',
        operation: 'retrieval.receipt',
        permission: 'retrieval.list',
        notFound: 'retrieval.paperNotFound',
        find: ({ subject }, { id, paperId }) =>
            services.db.read({ readOrgs: [subject.organisationId] }, async (db) => {
                await getRetrieval(db, subject, id);
                return receiptPaper(db, id, paperId);
            }),
    });
}

type Stored = { readonly fileName: string; readonly key: string; readonly size: bigint; readonly chunkRoot: string };
type Bytes = {
    readonly url: string;
    readonly operation: string;
    readonly contentType: string;
    readonly find: (db: ReadDb, id: Id, discId: string | undefined) => Promise<Stored | undefined>;
};

/**
 * A package or a disc by range, for a fetching that was registered only. Every chunk is compared before a byte of it is sent; one that differs
 * ends the answer, so that nobody takes half of it for the whole.
 */
function storedBytes(
    app: FastifyInstance,
    services: Services,
    access: Access,
    { url, operation, contentType, find }: Bytes,
): void {
    app.get<{ Params: { id: string }; Querystring: { download?: string } }>(url, async (request, reply) => {
        const session = await access.sessionOf(request);
        await access.authorise(session, operation, 'retrieval.provide', request);
        if (session === undefined) throw new DomainError('access.signInFirst');
        const kept = await allowed(services, session.subject, request, find);
        const range = parseRange(request.headers.range, kept.size);
        reply
            .header('accept-ranges', 'bytes')
            .header('cache-control', 'no-store')
            .header('content-type', contentType)
            .header('x-content-type-options', 'nosniff')
            .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(kept.fileName)}`);
        if (range === 'unsatisfiable') {
            reply.header('content-range', `bytes */${kept.size}`).code(416);
            return reply.send();
        }
        const { start, end } = range ?? { start: 0n, end: kept.size };
        const bytes = await firstPieceRead(services, kept, { start, end });
        reply.hijack();
        const answer = reply.raw;
        for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) answer.setHeader(name, value);
        answer.setHeader('content-length', String(end - start));
        if (range !== undefined) answer.setHeader('content-range', `bytes ${start}-${end - 1n}/${kept.size}`);
        answer.statusCode = range === undefined ? 200 : 206;
        await pipeline(bytes, answer).catch(() => answer.destroy());
        return reply;
    });
}

async function allowed(services: Services, subject: Subject, request: FastifyRequest, find: Bytes['find']): Promise<Stored> {
    const { id, discId } = request.params as { id: string; discId?: string };
    const { download } = request.query as { download?: string };
    if (!isId(id)) throw new DomainError('retrieval.notFound');
    if (!isId(download)) throw new DomainError('retrieval.downloadNotFound');
    const now = services.clock.now();
    return services.db.read({ readOrgs: [subject.organisationId] }, async (db) => {
        await getRetrieval(db, subject, id);
        const disc = isId(discId) ? discId : null;
        if (!(await isDownloadOpen(db, { id: download, retrievalId: id, personId: subject.personId, discId: disc }, now)))
            throw new DomainError('retrieval.downloadNotFound');
        const kept = await find(db, id, discId);
        if (kept === undefined) throw new DomainError('retrieval.notPackaged');
        return kept;
    });
}

/** Damage at the beginning can still be said in words. */
async function firstPieceRead(
    services: Services,
    { key, chunkRoot }: Stored,
    range: { readonly start: bigint; readonly end: bigint },
): Promise<AsyncIterable<Uint8Array>> {
    try {
        const source = await services.store.open(key, { ...range, chunkRoot });
        const pieces = source[Symbol.asyncIterator]() as AsyncIterableIterator<Uint8Array>;
        const first = await pieces.next();
        return (async function* () {
            if (first.done !== true) yield first.value;
            yield* pieces;
        })();
    } catch (cause) {
        const code = cause instanceof DomainError ? cause.code : '';
        if (code !== 'storage.objectDamaged' && code !== 'storage.objectMissing') throw cause;
        throw new DomainError('retrieval.packageDamaged', {}, { cause });
    }
}

/** 签收单, to be printed and signed by both sides; it is set anew from what stands in the register whenever it is asked for. */
const receiptPage = (app: FastifyInstance, services: Services, access: Access): void =>
    printedRoute(app, services.renderer, access, {
        id: 'retrieval.receiptPage',
        path: '/api/retrievals/:id/receipt',
        permission: 'retrieval.list',
        async page({ subject }, request) {
            const { id } = request.params as { id: Id };
            if (!isId(id)) throw new DomainError('retrieval.notFound');
            return services.db.read({ readOrgs: [subject.organisationId] }, async (db) => {
                const { recordings, discSets } = await getRetrieval(db, subject, id);
                const kept = await packageOf(db, id);
                if (kept === undefined) throw new DomainError('retrieval.notPackaged');
                const facts = await paperFacts(db, subject.organisationId, id);
                const { fileName: file, sha256, manifestSha256 } = kept;
                const discs = discSets.flatMap(({ medium, state, discs: made }) =>
                    state === 'made' ? made.map((disc) => ({ ...disc, medium })) : [],
                );
                const given = { file, size: String(kept.size), sha256, manifestSha256, recordings, discs };
                return { name: `签收单 ${facts.number}`, model: retrievalReceipt(facts, given), at: kept.madeAt };
            });
        },
    });

/** Labels of the discs, a page for each, set anew from what stands in the register. */
const labelsPage = (app: FastifyInstance, services: Services, access: Access): void =>
    printedRoute(app, services.renderer, access, {
        id: 'retrieval.discLabels',
        path: '/api/retrievals/:id/disc-sets/:setId/labels',
        permission: 'retrieval.list',
        async page({ subject }, request) {
            const { id, setId } = request.params as { id: Id; setId: Id };
            if (!isId(id)) throw new DomainError('retrieval.notFound');
            if (!isId(setId)) throw new DomainError('retrieval.discsNotFound');
            return services.db.read({ readOrgs: [subject.organisationId] }, async (db) => {
                await getRetrieval(db, subject, id);
                const kept = await packageOf(db, id);
                if (kept === undefined) throw new DomainError('retrieval.notPackaged');
                const set = await madeDiscs(db, id, setId);
                const facts = await paperFacts(db, subject.organisationId, id);
                const model = retrievalDiscLabels(facts, { ...set, manifestSha256: kept.manifestSha256 });
                return { name: `光盘标签 ${facts.number}`, model, at: set.madeAt ?? kept.madeAt };
            });
        },
    });
