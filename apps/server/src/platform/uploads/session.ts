import { CHUNK_SIZE, type ContentDigest, DomainError, type Id } from '@liuhen/domain';
import { failpoint } from '../failpoint.ts';
import type { HashPool } from '../hashing/hash-pool.ts';
import type { HashStream } from '../hashing/hash-stream.ts';
import { isFull } from '../storage/durable.ts';
import type { Reservation } from '../storage/store.ts';
import { freePieces } from './body-budget.ts';
import type { BodyReader } from './body-reader.ts';
import type { Checksum } from './checksum.ts';
import type { Gate } from './gate.ts';
import type { DigestAt, PartKeeper, PartTools } from './part-keeper.ts';
import { differenceAt, StagedFile } from './staged-file.ts';

const HASH = 32;
const CHUNK = BigInt(CHUNK_SIZE);
/** Bytes after which data and journal are synced while a request still runs. */
const CHECKPOINT = 32n * 1024n * 1024n;

export type SessionContext = {
    readonly folder: string;
    readonly hashes: HashPool;
    /** Bounds how many uploads sync at the same time: each sync occupies a thread that others need for writing. */
    readonly syncs: Gate;
    /** Where bytes are kept for other nodes as well; absent where they lie on this node only. */
    readonly parts?: PartTools | undefined;
};

/** Where an upload is gone on with, and what is known of it. */
export type SessionStart = {
    readonly id: Id;
    readonly offset: bigint;
    readonly length: bigint;
    readonly keeper?: PartKeeper | undefined;
    /** Digests of the chunks before `offset`, where they are not those of kept parts. */
    readonly journal?: Uint8Array | undefined;
};

/**
 * One upload's bytes while they come, over one or several requests: file, journal and running hash states. Every method
 * is called by the holder of the upload's lock only. After an error the session must be thrown away; the next one starts
 * from what is on disk.
 *
 * What survives: bytes of a finished request are synced (data, then journal) before it is answered, so they outlive a
 * power cut. Inside a request the same happens every 32 MiB. With a keeper the same bytes are by then in the bucket, too.
 */
export class Session {
    readonly #context: SessionContext;
    readonly #file: StagedFile;
    readonly #stream: HashStream;
    readonly #whole: boolean;
    readonly #length: bigint;
    readonly keeper: PartKeeper | undefined;
    readonly #journal: Uint8Array;
    /** Digests of complete chunks by index, from `#firstChunk` on. */
    readonly #digests: Uint8Array[];
    readonly #firstChunk: number;
    #offset: bigint;
    #committed: bigint;
    #journaled: number;
    #checkpointAt: bigint;
    #checkpoint: Promise<void> | undefined;

    private constructor(context: SessionContext, file: StagedFile, { offset, length, keeper, journal }: SessionStart) {
        this.#context = context;
        this.#file = file;
        this.keeper = keeper;
        this.#journal = journal ?? new Uint8Array(0);
        this.#length = length;
        this.#offset = offset;
        this.#committed = offset;
        this.#checkpointAt = offset;
        this.#firstChunk = Number(offset / CHUNK);
        this.#journaled = this.#firstChunk;
        this.#whole = offset === 0n;
        this.#digests = [];
        this.#stream = context.hashes.openStream({ whole: this.#whole, onChunk: (digest) => void this.#digests.push(digest) });
    }

    static async open(context: SessionContext, start: SessionStart): Promise<Session> {
        const file = await StagedFile.open(context.folder, start.id, start.offset);
        const session = new Session(context, file, start);
        try {
            await session.#stream.update(await file.readTail(start.offset));
            return session;
        } catch (error) {
            await session.close();
            throw error;
        }
    }

    /** Bytes received in order so far. */
    get offset(): bigint {
        return this.#offset;
    }

    /** Bytes known to be on disk, by the last finished request. */
    get committed(): bigint {
        return this.#committed;
    }

    get path(): string {
        return this.#file.path;
    }

    /**
     * Takes the body of one request and makes it durable. A body that ends early is kept as far as it came, unless a
     * checksum was announced, which then cannot be checked. Throws `upload.checksumWrong` and `upload.lengthExceeded`
     * with nothing kept, `storage.full` with the session broken.
     */
    async receive(body: BodyReader, checksum: Checksum | null, reservation: Reservation | undefined): Promise<void> {
        const start = this.#offset;
        this.#stream.mark(checksum?.algorithm ?? null);
        await this.#takeAll(body, checksum !== null, reservation);
        if (body.end === 'lost') throw new DomainError('upload.busy');
        const position = await this.#stream.position();
        if (checksum !== null) {
            const equal = body.end === 'complete' && Buffer.compare(position.checksum, checksum.digest) === 0;
            if (!equal) {
                await this.#takeBack(start);
                throw new DomainError('upload.checksumWrong', { offset: Number(start) });
            }
        }
        await this.#commit(position.tail);
    }

    async #takeAll(body: BodyReader, unverified: boolean, reservation: Reservation | undefined): Promise<void> {
        const start = this.#offset;
        for (let batch = await body.next(); batch !== undefined; batch = await body.next()) {
            const bytes = batch.reduce((sum, piece) => sum + piece.length, 0);
            if (this.#offset + BigInt(bytes) > this.#length) {
                await this.#takeBack(start);
                throw new DomainError('upload.lengthExceeded', { length: Number(this.#length) });
            }
            await this.#store(batch);
            freePieces(batch);
            this.#offset += BigInt(bytes);
            reservation?.used(BigInt(bytes));
            failpoint('upload.write');
            if (!unverified) await this.#maybeCheckpoint();
        }
    }

    async #store(batch: readonly Buffer[]): Promise<void> {
        const hashed = this.#stream.update(batch);
        try {
            await this.#file.write(batch, this.#offset);
        } catch (error) {
            await hashed.catch(() => undefined);
            throw this.#explain(error);
        }
        await hashed;
    }

    async #maybeCheckpoint(): Promise<void> {
        if (this.#offset - this.#checkpointAt < CHECKPOINT) return;
        // Never more than two stretches unsynced: recovery looks at no more than that.
        await this.#checkpoint;
        this.#checkpointAt = this.#offset;
        const complete = this.#firstChunk + this.#digests.length;
        this.#checkpoint = this.#sync(complete, new Uint8Array(0));
        // Awaited before the next one; until then a failure must not count as unhandled.
        this.#checkpoint.catch(() => undefined);
    }

    /**
     * Syncs the data, then writes and syncs the journal up to chunk `complete`, then reads those chunks again, then keeps what is to be
     * kept elsewhere: whole parts, or everything `until` a place.
     */
    async #sync(complete: number, tail: Uint8Array, until?: bigint): Promise<void> {
        const from = this.#journaled;
        const entries = Buffer.concat([...this.#digests.slice(from - this.#firstChunk, complete - this.#firstChunk), tail]);
        await this.#context.syncs.run(async () => {
            try {
                await this.#file.syncData();
                failpoint('upload.synced');
                await this.#file.writeJournal(from, entries);
            } catch (error) {
                throw this.#explain(error);
            }
        });
        this.#journaled = complete;
        await this.#readBack(from, complete);
        await this.keeper?.keep(until ?? BigInt(complete) * CHUNK, until !== undefined, this.#digestAt(complete, tail));
    }

    /** What the session knows of a chunk; of the one that `tail` begins, as far as it has come. */
    #digestAt(complete: number, tail: Uint8Array): DigestAt {
        return (chunk) => {
            if (chunk < this.#firstChunk) return this.#journal.subarray(chunk * HASH, (chunk + 1) * HASH);
            return this.#digests[chunk - this.#firstChunk] ?? (chunk === complete ? tail : new Uint8Array(0));
        };
    }

    async #readBack(from: number, to: number): Promise<void> {
        if (from >= to) return;
        const range = { start: BigInt(from) * CHUNK, end: BigInt(to) * CHUNK };
        const stored = await this.#context.hashes.chunkDigests(this.#file.path, range);
        const expected = Buffer.concat(this.#digests.slice(from - this.#firstChunk, to - this.#firstChunk));
        const bad = differenceAt(stored, expected);
        if (bad < to - from) throw new DomainError('upload.readBackDiffers', { chunk: from + bad });
    }

    async #commit(tail: Uint8Array): Promise<void> {
        await this.#checkpoint;
        this.#checkpoint = undefined;
        await this.#sync(this.#firstChunk + this.#digests.length, tail, this.#offset);
        this.#checkpointAt = this.#offset;
        this.#committed = this.#offset;
    }

    /** Forgets everything after `start`: in the hashes, in the file, in the journal. */
    async #takeBack(start: bigint): Promise<void> {
        await this.#checkpoint;
        this.#checkpoint = undefined;
        this.#stream.rollback();
        const { tail } = await this.#stream.position();
        const complete = Number(start / CHUNK);
        this.#digests.length = complete - this.#firstChunk;
        this.#journaled = Math.min(this.#journaled, complete);
        await this.#file.truncate(start);
        // A checkpoint may have replaced the entry of the begun chunk by that of the chunk now cut off.
        await this.#file.writeJournal(complete, tail);
        await this.keeper?.cut(start, this.#digestAt(complete, tail));
        this.#offset = start;
        this.#checkpointAt = start;
    }

    /** Digest of the whole, if every byte passed through this session; the last begun chunk is read again now. */
    async finish(): Promise<ContentDigest | undefined> {
        if (!this.#whole || this.#offset !== this.#length) return undefined;
        const digest = await this.#stream.finish();
        const complete = Number(this.#offset / CHUNK);
        const tail = await this.#context.hashes.chunkDigests(this.#file.path, {
            start: BigInt(complete) * CHUNK,
            end: this.#length,
        });
        const last = digest.chunkDigests.subarray(complete * HASH);
        if (Buffer.compare(tail, last) !== 0) throw new DomainError('upload.readBackDiffers', { chunk: complete });
        return digest;
    }

    async close(): Promise<void> {
        this.#stream.close();
        await this.#checkpoint?.catch(() => undefined);
        await this.#file.close();
    }

    #explain(error: unknown): unknown {
        if (!isFull(error)) return error;
        return new DomainError('storage.full', { needed: Number(this.#length - this.#offset), free: 0 }, { cause: error });
    }
}
