import { join } from 'node:path';
import { DomainError, type Id } from '@liuhen/domain';
import { failpoint } from '../failpoint.ts';
import { digestsOf, fetchParts, PartKeeper, type PartTools } from './part-keeper.ts';
import type { PartRow } from './part-rows.ts';
import { Session, type SessionContext } from './session.ts';
import { readJournal, recoverOffset, StagedFile } from './staged-file.ts';
import type { UploadRow } from './upload-rows.ts';

type Entry = { readonly session: Session; rowOffset: bigint; timer: NodeJS.Timeout };

/**
 * The uploads whose files and hash states this process holds open between requests. One that was idle for `idleMs` is
 * closed: its bytes are on disk, only the running hashes are lost, and it is then hashed whole at sealing.
 */
export class Sessions {
    readonly #context: SessionContext;
    readonly #idleMs: number;
    readonly #open = new Map<Id, Entry>();

    constructor(context: SessionContext, idleMs: number) {
        this.#context = context;
        this.#idleMs = idleMs;
    }

    /** Where the upload stands; only for the holder of its lock. */
    async offsetOf(row: UploadRow): Promise<bigint> {
        const entry = await this.#valid(row);
        return entry?.session.offset ?? this.recovered(row, row.durableOffset);
    }

    /** The running session, or a new one that starts from what is kept; only for the holder of the lock. */
    async open(row: UploadRow): Promise<Session> {
        const entry = await this.#valid(row);
        if (entry !== undefined) {
            entry.timer.refresh();
            return entry.session;
        }
        const session = await this.#begin(row);
        const timer = setTimeout(() => void this.drop(row.id), this.#idleMs);
        timer.unref();
        this.#open.set(row.id, { session, rowOffset: row.durableOffset, timer });
        return session;
    }

    /**
     * How many bytes are safely there without a session: parts in the bucket, which every node sees, or what lies on this node's disk
     * of an upload that has none, because it began before there was a bucket.
     */
    async recovered(row: Pick<UploadRow, 'id' | 'orgId'>, acknowledged: bigint): Promise<bigint> {
        const end = (await this.#partsOf(row)).at(-1)?.end ?? 0n;
        if (end > 0n && end >= acknowledged) return end;
        const here = await recoverOffset(this.#context.folder, row.id, acknowledged, this.#context.hashes);
        return here > end ? here : end;
    }

    async #begin(row: UploadRow): Promise<Session> {
        const { folder, parts } = this.#context;
        failpoint('upload.opening');
        const offset = await this.recovered(row, row.durableOffset);
        if (parts === undefined) return Session.open(this.#context, { id: row.id, offset, length: row.length });
        const known = await this.#partsOf(row);
        const keeper = new PartKeeper(parts, row, join(folder, row.id), known);
        if (offset > keeper.end) {
            const journal = await readJournal(folder, row.id);
            return Session.open(this.#context, { id: row.id, offset, length: row.length, keeper, journal });
        }
        // Of what lies elsewhere only the begun part is needed here before its end: it is replaced when more of it has come.
        const begun = known.filter((part) => part === known.at(-1) && !isFull(parts, row, part));
        await this.#restore(parts, row, known, begun);
        return Session.open(this.#context, { id: row.id, offset, length: row.length, keeper });
    }

    /** All bytes of an upload whose parts are complete, on this node: false where they are not. Throws `upload.readBackDiffers`. */
    async fetch(row: UploadRow): Promise<boolean> {
        const { parts } = this.#context;
        const known = await this.#partsOf(row);
        if (parts === undefined || known.length === 0 || known.at(-1)?.end !== row.length) return false;
        await this.#restore(parts, row, known, known);
        return true;
    }

    /** The journal here says what the parts hold; the bytes of `wanted` are fetched unless they are here. */
    async #restore(parts: PartTools, row: UploadRow, known: readonly PartRow[], wanted: readonly PartRow[]): Promise<void> {
        const { folder, hashes } = this.#context;
        const file = await StagedFile.open(folder, row.id, known.at(-1)?.end ?? 0n);
        try {
            await file.writeJournal(0, digestsOf(known));
        } finally {
            await file.close();
        }
        for (const part of wanted) {
            try {
                await fetchParts(parts, [part], { folder, path: join(folder, row.id), hashes });
            } catch (error) {
                const isLost =
                    error instanceof DomainError &&
                    (error.code === 'storage.objectDamaged' || error.code === 'storage.objectMissing');
                if (!isLost) throw error;
                // What the bucket has lost comes again from the client.
                await parts.rows.cut(row.orgId, row.id, row.durableOffset, part.number - 1);
                throw new DomainError('upload.readBackDiffers', { chunk: -1 }, { cause: error });
            }
        }
    }

    async #partsOf({ orgId, id }: Pick<UploadRow, 'id' | 'orgId'>): Promise<PartRow[]> {
        return (await this.#context.parts?.rows.of(orgId, id)) ?? [];
    }

    /** The parts of a complete upload, for making the object of them. */
    async completeParts(row: UploadRow): Promise<readonly PartRow[] | undefined> {
        const known = await this.#partsOf(row);
        return known.length > 0 && known.at(-1)?.end === row.length ? known : undefined;
    }

    /** After the upload takes no more bytes. What cannot be removed now is found every night. */
    async forgetParts({ orgId, id }: Pick<UploadRow, 'id' | 'orgId'>): Promise<void> {
        const { parts } = this.#context;
        const known = await this.#partsOf({ orgId, id });
        if (parts === undefined || known.length === 0) return;
        await parts.store.remove(known.map(({ key }) => key));
        await parts.rows.forget(orgId, id);
    }

    /** After the row was advanced to the session's committed offset. */
    committed(id: Id, rowOffset: bigint): void {
        const entry = this.#open.get(id);
        if (entry === undefined) return;
        entry.rowOffset = rowOffset;
        if (entry.session.keeper !== undefined) entry.session.keeper.rowOffset = rowOffset;
        entry.timer.refresh();
    }

    /** Hands the session over to the caller, who closes it. */
    take(id: Id): Session | undefined {
        const entry = this.#open.get(id);
        this.#open.delete(id);
        clearTimeout(entry?.timer);
        return entry?.session;
    }

    async drop(id: Id): Promise<void> {
        await this.take(id)?.close();
    }

    async closeAll(): Promise<void> {
        await Promise.all([...this.#open.keys()].map((id) => this.drop(id)));
    }

    /** A session is stale when the row moved without it: another node has taken bytes since. */
    async #valid(row: UploadRow): Promise<Entry | undefined> {
        const entry = this.#open.get(row.id);
        if (entry === undefined || entry.rowOffset === row.durableOffset) return entry;
        await this.drop(row.id);
        return undefined;
    }
}

const isFull = ({ store }: PartTools, { length }: UploadRow, part: PartRow): boolean =>
    store.spans(length).some(({ start, end }) => start === part.start && end === part.end);
