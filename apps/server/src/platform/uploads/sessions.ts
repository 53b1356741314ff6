import type { Id } from '@liuhen/domain';
import { Session, type SessionContext } from './session.ts';
import { recoverOffset } from './staged-file.ts';
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
        return entry?.session.offset ?? recoverOffset(this.#context.folder, row.id, row.durableOffset, this.#context.hashes);
    }

    /** The running session, or a new one that starts from what is on disk; only for the holder of the lock. */
    async open(row: UploadRow): Promise<Session> {
        const entry = await this.#valid(row);
        if (entry !== undefined) {
            entry.timer.refresh();
            return entry.session;
        }
        const session = await Session.open(this.#context, row.id, await this.offsetOf(row), row.length);
        const timer = setTimeout(() => void this.drop(row.id), this.#idleMs);
        timer.unref();
        this.#open.set(row.id, { session, rowOffset: row.durableOffset, timer });
        return session;
    }

    /** After the row was advanced to the session's committed offset. */
    committed(id: Id, rowOffset: bigint): void {
        const entry = this.#open.get(id);
        if (entry === undefined) return;
        entry.rowOffset = rowOffset;
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
