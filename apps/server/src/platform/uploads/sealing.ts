import { type ContentDigest, DomainError, type Id } from '@liuhen/domain';
import { failpoint } from '../failpoint.ts';
import { chunkRoot } from '../hashing/chunk-root.ts';
import { parseMetadata } from './metadata.ts';
import type { Session } from './session.ts';
import { differenceAt, isStaged, moveToQuarantine, readJournal, removeStaged } from './staged-file.ts';
import type { UploadDeps } from './upload-deps.ts';
import type { UploadResult, UploadRow } from './upload-rows.ts';

export type { FinishedUpload, SealedUpload } from './upload-deps.ts';

const HASH = 32;

/**
 * From "all bytes are there" to "registered": hash, name as object, register, in this order, so that no row ever names
 * bytes that are not durable. Every step can be repeated after a crash and ends in the same state.
 */
export class Sealer {
    readonly #deps: UploadDeps;
    readonly #running = new Map<Id, Promise<UploadRow>>();

    constructor(deps: UploadDeps) {
        this.#deps = deps;
    }

    /** Gives the row in its final state. Concurrent calls, on this or other nodes, end in the same one. */
    seal(orgId: Id, id: Id): Promise<UploadRow> {
        const running = this.#running.get(id);
        if (running !== undefined) return running;
        const started = this.#sealLocked(orgId, id).finally(() => this.#running.delete(id));
        this.#running.set(id, started);
        return started;
    }

    async #sealLocked(orgId: Id, id: Id): Promise<UploadRow> {
        const holder = { mayBeTaken: () => false, release: () => undefined };
        const lock = await this.#deps.locker.lock(`seal:${id}`, holder);
        try {
            failpoint('upload.sealing');
            const row = await this.#find(orgId, id);
            const fresh = row.state === 'receiving';
            if (fresh) await this.#identify(row);
            const identified = await this.#find(orgId, id);
            if (identified.state === 'sealing') await this.#settle(identified, fresh);
            return await this.#find(orgId, id);
        } catch (error) {
            if (isLoss(error)) await this.#reopen(orgId, id);
            throw error;
        } finally {
            await lock.unlock();
        }
    }

    /** Hashes the whole, compares what is on disk with what was received, and writes the digests into the row. */
    async #identify(row: UploadRow): Promise<void> {
        const { sessions, rows, store } = this.#deps;
        if (row.durableOffset !== row.length) throw new DomainError('upload.offsetWrong', { offset: Number(row.durableOffset) });
        const session = sessions.take(row.id);
        try {
            const { sha256, sm3, chunkRoot: root } = (await session?.finish()) ?? (await this.#hashStaged(row, session));
            const result: UploadResult = { sha256, sm3, chunkRoot: root, key: store.keyOf(row.orgId, sha256) };
            await rows.change(row.orgId, row.id, 'receiving', { state: 'sealing', result });
        } finally {
            await session?.close();
        }
    }

    /** For an upload that was resumed: the hash states of its beginning are gone, so all of it is read. Closes the session. */
    async #hashStaged(row: UploadRow, session: Session | undefined): Promise<ContentDigest> {
        const { store, hashes, sessions } = this.#deps;
        await session?.close();
        // Some of it may have come in at another node.
        await sessions.fetch(row);
        const digest = await hashes.hashFile(`${store.stagingFolder}/${row.id}`, { end: row.length });
        const bad = differenceAt(digest.chunkDigests, await readJournal(store.stagingFolder, row.id));
        if (bad < digest.chunkDigests.length / HASH) throw new DomainError('upload.readBackDiffers', { chunk: bad });
        return digest;
    }

    async #settle(row: UploadRow, fresh: boolean): Promise<void> {
        const { store, rows, hooks, reservations } = this.#deps;
        if (row.result === null) throw new Error('a sealing upload has a result');
        // The node that began to seal it may be gone, and its disk with it.
        if (!(await isStaged(store.stagingFolder, row.id))) await this.#deps.sessions.fetch(row);
        const metadata = parseMetadata(row.metadata.header);
        const upload = { uploadId: row.id, orgId: row.orgId, personId: row.personId, metadata };
        if (metadata.declaredSha256 !== undefined && metadata.declaredSha256 !== row.result.sha256) {
            const digest = await this.#digest(row, row.result, this.#deps.quarantineFolder);
            await moveToQuarantine(store.stagingFolder, this.#deps.quarantineFolder, row.id);
            await hooks.onQuarantined?.({ ...upload, digest });
            await rows.change(row.orgId, row.id, 'sealing', { state: 'quarantined' });
            await this.#deps.sessions.forgetParts(row);
        } else {
            const digest = await this.#place(row, row.result, fresh);
            const { recordingId } = await hooks.onSealed({ ...upload, digest, storeId: store.id, key: row.result.key });
            failpoint('upload.afterSealed');
            await rows.change(row.orgId, row.id, 'sealing', { state: 'sealed', recordingId });
            await removeStaged(store.stagingFolder, row.id);
            // Nobody waits for it; what it leaves is found every night.
            this.#deps.sessions.forgetParts(row).catch(() => undefined);
        }
        reservations.release(row.id);
    }

    /** Names the staged bytes as an object, unless that had been done before a crash. */
    async #place(row: UploadRow, result: UploadResult, fresh: boolean): Promise<ContentDigest> {
        const { store, hashes } = this.#deps;
        const path = `${store.stagingFolder}/${row.id}`;
        if (!(await isStaged(store.stagingFolder, row.id))) {
            const object = await store.stat(result.key);
            if (object?.size !== row.length) throw new DomainError('storage.objectMissing');
            return contentOf(row, result, await store.chunkDigests(result.key));
        }
        // After a crash the staged bytes are not taken on trust: all of them are read again.
        const digest = fresh
            ? await this.#digest(row, result, store.stagingFolder)
            : await hashes.hashFile(path, { end: row.length });
        if (digest.sha256 !== result.sha256) throw new DomainError('upload.readBackDiffers', { chunk: -1 });
        failpoint('upload.beforeRename');
        if (!(await this.#assembled(row, digest))) await store.put({ orgId: row.orgId, path, digest });
        failpoint('upload.afterRename');
        return digest;
    }

    /** The object is made of what lies in the bucket already, within the service. False: it has to be sent from here once more. */
    async #assembled(row: UploadRow, digest: ContentDigest): Promise<boolean> {
        const { store, sessions } = this.#deps;
        const parts = await sessions.completeParts(row);
        if (store.parts === undefined || parts === undefined) return false;
        try {
            await store.parts.assemble(row.orgId, parts, digest);
            return true;
        } catch (error) {
            // Not every service copies parts; and what differs is replaced by what is whole here.
            if (error instanceof DomainError) return false;
            throw error;
        }
    }

    /** The disk no longer has what was received: the client may send again from the last chunk that is right. */
    async #reopen(orgId: Id, id: Id): Promise<void> {
        const { sessions, rows } = this.#deps;
        const row = await this.#find(orgId, id);
        if (row.state !== 'receiving' && row.state !== 'sealing') return;
        const durableOffset = await sessions.recovered(row, 0n);
        await rows.change(orgId, id, row.state, { state: 'receiving', durableOffset });
    }

    /** The digests of a sealing upload; its journal lies in staging or, after a crash, already in the other folder. */
    async #digest(row: UploadRow, result: UploadResult, otherFolder: string): Promise<ContentDigest> {
        const staged = await readJournal(this.#deps.store.stagingFolder, row.id);
        return contentOf(row, result, staged.length > 0 ? staged : await readJournal(otherFolder, row.id));
    }

    async #find(orgId: Id, id: Id): Promise<UploadRow> {
        const row = await this.#deps.rows.find(orgId, id);
        if (row === undefined) throw new DomainError('upload.notFound');
        return row;
    }
}

function contentOf(row: UploadRow, result: UploadResult, chunkDigests: Uint8Array): ContentDigest {
    if (chunkRoot(chunkDigests) !== result.chunkRoot) throw new DomainError('upload.readBackDiffers', { chunk: -1 });
    return { sha256: result.sha256, sm3: result.sm3, size: row.length, chunkDigests, chunkRoot: result.chunkRoot };
}

const isLoss = (error: unknown): boolean =>
    error instanceof DomainError && (error.code === 'upload.readBackDiffers' || error.code === 'hashing.fileTooShort');
