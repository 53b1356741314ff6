import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { DomainError } from '@liuhen/domain';
import { DataStore, Upload } from '@tus/server';
import { failpoint } from '../failpoint.ts';
import { BodyReader } from './body-reader.ts';
import { parseMetadata } from './metadata.ts';
import { currentContext, type RequestContext } from './request-context.ts';
import { removeStaged, StagedFile } from './staged-file.ts';
import type { UploadDeps } from './upload-deps.ts';
import type { UploadRow } from './upload-rows.ts';

/**
 * Uploads as the tus library sees them. It keeps the protocol; the bytes go straight from the request's socket to file
 * and hashing threads, past the library's three stream conversions, which cost more than SHA-256 does.
 */
export class LiuhenDataStore extends DataStore {
    override extensions = ['creation', 'creation-with-upload', 'checksum', 'expiration', 'termination'];
    readonly #deps: UploadDeps;

    constructor(deps: UploadDeps) {
        super();
        this.#deps = deps;
    }

    override async create(upload: Upload): Promise<Upload> {
        const { rows, store, reservations, clock, keepFor, hooks } = this.#deps;
        const { principal, metadataHeader } = currentContext();
        if (upload.size === undefined) throw new DomainError('upload.lengthMissing');
        parseMetadata(metadataHeader);
        const length = BigInt(upload.size);
        if (await this.#isRepeated(upload.id, length)) return upload;
        await reservations.hold(upload.id, length);
        const now = clock.now();
        const row: UploadRow = {
            id: upload.id,
            ...principal,
            length,
            durableOffset: 0n,
            metadata: { header: metadataHeader },
            state: 'receiving',
            createdAt: now,
            expiresAt: now + keepFor,
            recordingId: null,
            result: null,
        };
        try {
            const file = await StagedFile.open(store.stagingFolder, upload.id, 0n);
            await file.close();
            if (!(await rows.insert(row))) throw new DomainError('request.commandIdReused');
            await hooks.onCreated?.(row);
        } catch (error) {
            reservations.release(upload.id);
            throw error;
        }
        return upload;
    }

    /** A creation repeated with the same request id gives the upload of the first. */
    async #isRepeated(id: string, length: bigint): Promise<boolean> {
        const { principal, metadataHeader } = currentContext();
        const found = await this.#deps.rows.find(principal.orgId, id);
        if (found === undefined) return false;
        const same = found.personId === principal.personId && found.length === length && found.metadata.header === metadataHeader;
        if (!same) throw new DomainError('request.commandIdReused');
        return true;
    }

    override async getUpload(id: string): Promise<Upload> {
        const context = currentContext();
        const row = await this.#find(context, id);
        const offset = await this.#offset(row, context);
        if (context.method === 'PATCH') assertFits(context.request, offset, row.length);
        return new Upload({
            id,
            size: Number(row.length),
            offset: Number(offset),
            creation_date: new Date(row.createdAt).toISOString(),
        });
    }

    /** What has all its bytes is the sealer's, who needs no lock of the upload: nothing of it may be opened here any more. */
    async #offset(row: UploadRow, context: RequestContext): Promise<bigint> {
        if (row.state !== 'receiving' || row.durableOffset === row.length) {
            context.wasComplete = true;
            return row.length;
        }
        const { sessions } = this.#deps;
        return context.method === 'PATCH' ? (await sessions.open(row)).offset : sessions.offsetOf(row);
    }

    override async write(stream: Readable, id: string, offset: number): Promise<number> {
        // Nothing comes through the library's stream; it only has to end.
        stream.resume();
        const context = currentContext();
        const row = await this.#find(context, id);
        if (row.state !== 'receiving') throw new DomainError('upload.completed');
        await this.#deps.store.assertWritable();
        const session = await this.#deps.sessions.open(row);
        if (session.offset !== BigInt(offset)) throw new DomainError('upload.offsetWrong', { offset: Number(session.offset) });
        const reservation = await this.#deps.reservations.hold(id, row.length - session.offset);
        const body = new BodyReader(context.request, context.stop.signal, this.#deps.bodyIdleMs, this.#deps.bodies);
        context.body = body;
        try {
            await session.receive(body, context.checksum, reservation);
        } catch (error) {
            await this.#afterFailure(id, error);
            throw error;
        } finally {
            body.detach();
        }
        await this.#advance(row, session.committed);
        failpoint('upload.committed');
        if (body.end !== 'complete') throw new DomainError('upload.busy');
        return Number(session.offset);
    }

    async #advance(row: UploadRow, to: bigint): Promise<void> {
        const { rows, sessions, clock, keepFor } = this.#deps;
        const moved = await rows.advance(row.orgId, row.id, row.durableOffset, to, clock.now() + keepFor);
        if (!moved) {
            await sessions.drop(row.id);
            throw new DomainError('upload.busy');
        }
        sessions.committed(row.id, to);
    }

    /** After a refusal the session stands where the request began; after anything else it starts again from the disk. */
    async #afterFailure(id: string, error: unknown): Promise<void> {
        const refused =
            error instanceof DomainError && (error.code === 'upload.checksumWrong' || error.code === 'upload.lengthExceeded');
        if (refused) return;
        await this.#deps.sessions.drop(id);
        this.#deps.reservations.release(id);
    }

    override async remove(id: string): Promise<void> {
        const { rows, sessions, store, reservations, hooks } = this.#deps;
        const row = await this.#find(currentContext(), id);
        const complete = row.durableOffset === row.length;
        if (complete || !(await rows.change(row.orgId, id, 'receiving', { state: 'terminated' }))) {
            throw new DomainError('upload.completed');
        }
        await sessions.drop(id);
        await removeStaged(store.stagingFolder, id);
        await sessions.forgetParts(row);
        reservations.release(id);
        await hooks.onTerminated?.(row);
    }

    async #find(context: RequestContext, id: string): Promise<UploadRow> {
        const row = await this.#deps.rows.find(context.principal.orgId, id);
        if (row === undefined || row.personId !== context.principal.personId) throw new DomainError('upload.notFound');
        return row;
    }
}

/** What the library would refuse too, but without saying where to go on. */
function assertFits(request: IncomingMessage, offset: bigint, length: bigint): void {
    const claimed = Number(request.headers['upload-offset']);
    if (Number.isSafeInteger(claimed) && BigInt(claimed) !== offset)
        throw new DomainError('upload.offsetWrong', { offset: Number(offset) });
    const body = Number(request.headers['content-length'] ?? 0);
    if (Number.isSafeInteger(body) && offset + BigInt(body) > length)
        throw new DomainError('upload.lengthExceeded', { length: Number(length) });
}
