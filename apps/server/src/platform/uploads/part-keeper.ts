import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { CHUNK_SIZE, DomainError, type Id } from '@liuhen/domain';
import type { HashPool } from '../hashing/hash-pool.ts';
import { syncFolder } from '../storage/durable.ts';
import type { PartStore } from '../storage/store.ts';
import type { PartRow, PartRows } from './part-rows.ts';

const HASH = 32;
const CHUNK = BigInt(CHUNK_SIZE);

/** What keeping the bytes of uploads where every node reads them needs; absent where they lie on one node's disk. */
export type PartTools = { readonly store: PartStore; readonly rows: PartRows };

type Of = { readonly orgId: Id; readonly id: Id; readonly length: bigint; readonly durableOffset: bigint };

/** SHA-256 of a chunk as far as it has come: the digest the session has of it. */
export type DigestAt = (chunk: number) => Uint8Array;

/**
 * The parts of one upload while it is being received by this node. A part is named only after it was read back from the bucket and
 * equals the bytes that came in; so what is named is as good as what lies on this node's disk, and outlives the node.
 */
export class PartKeeper {
    readonly #tools: PartTools;
    readonly #of: Of;
    readonly #path: string;
    readonly #parts: PartRow[];
    /** Where the row of the upload stands: what another node has moved on is not ours to name. */
    rowOffset: bigint;

    constructor(tools: PartTools, of: Of, path: string, known: readonly PartRow[]) {
        this.#tools = tools;
        this.#of = of;
        this.#path = path;
        this.#parts = [...known];
        this.rowOffset = of.durableOffset;
    }

    get end(): bigint {
        return this.#parts.at(-1)?.end ?? 0n;
    }

    /**
     * Keeps what is durable in the file up to `to` and not kept yet: parts of full length, and with `rest` the begun one as well, which
     * is replaced when more of it has come. Throws `upload.busy` when another node goes on with this upload.
     */
    async keep(to: bigint, rest: boolean, digestAt: DigestAt): Promise<void> {
        for (const span of this.#tools.store.spans(this.#of.length)) {
            const end = span.end <= to ? span.end : rest ? to : span.start;
            if (end <= span.start) return;
            if (end <= this.end) continue;
            await this.#keepPart({ number: span.number, start: span.start, end }, digestAt);
        }
    }

    async #keepPart({ number, start, end }: { number: number; start: bigint; end: bigint }, digestAt: DigestAt): Promise<void> {
        const { store, rows } = this.#tools;
        const { orgId, id } = this.#of;
        const digests = this.#digestsOf(start, end, digestAt);
        const key = await store.keep({ orgId, uploadId: id }, { start, end, digests }, this.#path);
        const part = { number, start, end, key, digests };
        if (!(await rows.keep(orgId, id, this.rowOffset, part))) {
            await store.remove([key]).catch(() => undefined);
            throw new DomainError('upload.busy');
        }
        const old = this.#parts.splice(number - 1, this.#parts.length, part).map((each) => each.key);
        // What cannot be removed now is found every night.
        await store.remove(old).catch(() => undefined);
    }

    /** Of chunks that were whole before the session began it knows nothing: they stand in the row of the part. */
    #digestsOf(start: bigint, end: bigint, digestAt: DigestAt): Uint8Array {
        const before = this.#parts.find((part) => part.start === start);
        const known = before === undefined || before.end > end ? end : before.end;
        const digests: Uint8Array[] = [];
        for (let at = start; at < end; at += CHUNK) {
            const index = Number((at - start) / CHUNK);
            const isKnown = before !== undefined && at + CHUNK <= known;
            digests.push(isKnown ? before.digests.subarray(index * HASH, (index + 1) * HASH) : digestAt(Number(at / CHUNK)));
        }
        return Buffer.concat(digests);
    }

    /** Bytes from `to` on were taken back: what was acknowledged stays named at every moment. */
    async cut(to: bigint, digestAt: DigestAt): Promise<void> {
        if (this.end <= to) return;
        const { store, rows } = this.#tools;
        const span = store.spans(this.#of.length).find(({ start, end }) => start < to && to <= end);
        if (span !== undefined && this.#parts[span.number - 1]?.end !== to) {
            return this.#keepPart({ number: span.number, start: span.start, end: to }, digestAt);
        }
        const last = span?.number ?? 0;
        if (!(await rows.cut(this.#of.orgId, this.#of.id, this.rowOffset, last))) throw new DomainError('upload.busy');
        const gone = this.#parts.splice(last).map(({ key }) => key);
        await store.remove(gone).catch(() => undefined);
    }
}

type Files = { readonly folder: string; readonly path: string; readonly hashes: Pick<HashPool, 'chunkDigests'> };

/** Makes the file on this node hold what these parts hold; what it holds already, by its digests, is not fetched. */
export async function fetchParts(
    { store }: PartTools,
    parts: readonly PartRow[],
    { folder, path, hashes }: Files,
): Promise<void> {
    const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
    try {
        for (const part of parts) {
            const { start, end } = part;
            const there = await hashes.chunkDigests(path, { start, end }).catch((error: unknown) => {
                if (error instanceof DomainError && error.code === 'hashing.fileTooShort') return undefined;
                throw error;
            });
            if (there === undefined || Buffer.compare(there, part.digests) !== 0) await store.fetch(part, path);
        }
        await file.sync();
    } finally {
        await file.close();
    }
    await syncFolder(folder);
}

/** All digests of the parts, one after the other: the journal of what they hold. */
export const digestsOf = (parts: readonly PartRow[]): Uint8Array => Buffer.concat(parts.map(({ digests }) => digests));
