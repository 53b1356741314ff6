import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError, HOUR, type Id, type Instant, isId } from '@liuhen/domain';
import type { Sealer } from './sealing.ts';
import { removeStaged } from './staged-file.ts';
import type { UploadDeps } from './upload-deps.ts';
import type { UploadRow } from './upload-rows.ts';

/** A file without an upload is a creation that was cut off; younger than this it may be one under way. */
const STRAY_AGE = 24 * HOUR;

export type Recovery = {
    readonly sealed: number;
    readonly resumable: number;
    readonly failed: readonly { uploadId: Id; error: unknown }[];
};
export type Sweep = { readonly expired: number; readonly strays: number };

/** Finishes what a crash interrupted: everything that is whole gets sealed, everything else can be resumed. */
export async function recoverUploads(deps: UploadDeps, sealer: Sealer, orgs: readonly Id[]): Promise<Recovery> {
    let sealed = 0;
    let resumable = 0;
    const failed: { uploadId: Id; error: unknown }[] = [];
    for (const orgId of orgs) {
        for (const row of await deps.rows.unfinished(orgId)) {
            try {
                if (await completeIfWhole(deps, row)) {
                    await sealer.seal(orgId, row.id);
                    sealed += 1;
                } else resumable += 1;
            } catch (error) {
                failed.push({ uploadId: row.id, error });
            }
        }
    }
    return { sealed, resumable, failed };
}

/**
 * Whether every byte is there. The request that brought the last ones may have been killed after they were durable and
 * before the row said so; then the row is put right, for the client may never come back.
 */
export async function completeIfWhole(deps: UploadDeps, row: UploadRow): Promise<boolean> {
    if (row.state === 'sealing' || row.durableOffset === row.length) return true;
    const lock = await deps.locker.lock(row.id, { mayBeTaken: () => false, release: () => undefined });
    try {
        const now = await deps.rows.find(row.orgId, row.id);
        if (now === undefined || now.state !== 'receiving') return now?.state === 'sealing';
        // Its bytes are the sealer's already, and may be moving.
        if (now.durableOffset === now.length) return true;
        const offset = await deps.sessions.recovered(now, now.durableOffset);
        if (offset !== now.length) return false;
        await deps.sessions.drop(row.id);
        return await deps.rows.advance(row.orgId, row.id, now.durableOffset, offset, now.expiresAt);
    } finally {
        await lock.unlock();
    }
}

/** Removes what was abandoned: uploads past their time and staged files of no upload. Never looks at objects. */
export async function sweepUploads(deps: UploadDeps, orgs: readonly Id[], now: Instant): Promise<Sweep> {
    const open = new Set<string>();
    let expired = 0;
    for (const orgId of orgs) {
        for (const row of await deps.rows.unfinished(orgId)) {
            if (await expire(deps, row, now)) expired += 1;
            else open.add(row.id);
        }
    }
    return { expired, strays: await removeStrays(deps.store.stagingFolder, open, now) };
}

async function expire(deps: UploadDeps, row: UploadRow, now: Instant): Promise<boolean> {
    if (!isStale(row, now)) return false;
    const lock = await deps.locker.lock(row.id, { mayBeTaken: () => false, release: () => undefined }).catch((error: unknown) => {
        if (error instanceof DomainError && error.code === 'upload.busy') return undefined;
        throw error;
    });
    if (lock === undefined) return false;
    try {
        const current = await deps.rows.find(row.orgId, row.id);
        if (current === undefined || !isStale(current, now)) return false;
        await deps.hooks.onExpired?.(current);
        if (!(await deps.rows.change(row.orgId, row.id, 'receiving', { state: 'expired' }))) return false;
        await deps.sessions.drop(row.id);
        await removeStaged(deps.store.stagingFolder, row.id);
        await deps.sessions.forgetParts(row);
        deps.reservations.release(row.id);
        return true;
    } finally {
        await lock.unlock();
    }
}

/** One that has all its bytes is never stale: it is waiting to be sealed. */
export const isStale = (row: UploadRow, now: Instant): boolean =>
    row.state === 'receiving' && row.expiresAt <= now && row.durableOffset < row.length;

async function removeStrays(folder: string, open: ReadonlySet<string>, now: Instant): Promise<number> {
    let removed = 0;
    for (const name of await readdir(folder)) {
        const id = name.split('.')[0] ?? '';
        if (!isId(id) || open.has(id)) continue;
        const path = join(folder, name);
        const found = await lstat(path).catch(() => undefined);
        if (found === undefined || !found.isFile() || found.mtimeMs > now - STRAY_AGE) continue;
        await rm(path, { force: true });
        removed += 1;
    }
    return removed;
}
