import { lstat } from 'node:fs/promises';
import type { RecorderProfile } from '@liuhen/domain';
import type { DockContext } from './dock-context.ts';
import { type Card, type CardItem, readCard } from './read-card.ts';
import type { Volume } from './volumes.ts';
import { below, type FolderState, walkVolume } from './walk.ts';

/**
 * A change within this of the last look may have left the time of a folder as it was: FAT counts in two seconds (and the clock of
 * a file server may be a little off ours), so a folder that young is read again.
 */
const TOO_YOUNG_NS = 3_000_000_000n;

type Seen = { readonly volume: Volume; readonly card: Card; readonly folders: readonly FolderState[]; readonly walkedAt: number };

/**
 * What volumes held when they were last walked, and whether that still holds. A recorder has tens of thousands of files and is looked
 * at every few seconds: as long as it is the same volume and no folder of it has changed, its names are not read anew. What changes
 * inside a file without touching its folder is seen for files still to be taken, whose own state is compared, and for all others by
 * the whole walk that follows after `walkMs` at the latest, and whenever a volume appears.
 */
export class Glances {
    readonly #seen = new Map<string, Seen>();
    /** How often names were read and how often they were not, for tests and for whoever wonders. */
    readonly looks = { walked: 0, glanced: 0 };

    /** What the volume holds. `anew`: whatever was seen before. */
    async look(
        volume: Volume,
        profiles: readonly RecorderProfile[],
        of: Pick<DockContext, 'config' | 'journal' | 'now'>,
        { signal, anew = false }: { signal: AbortSignal; anew?: boolean },
    ): Promise<Card> {
        const last = this.#seen.get(volume.path);
        const now = of.now();
        if (
            !anew &&
            last !== undefined &&
            isDue(last, volume, now, of.config.walkMs) &&
            (await isAsSeen(last, of.journal.book.files))
        ) {
            this.looks.glanced += 1;
            return last.card;
        }
        this.looks.walked += 1;
        const walked = await walkVolume(volume.path, signal);
        const { secret, station } = of.config;
        const card = readCard(volume, walked, { profiles, secret, station, now });
        this.#seen.set(volume.path, { volume, card, folders: walked.folders, walkedAt: now });
        return card;
    }

    /** It was taken out: what comes back there is looked at as a whole. */
    forget(path: string): void {
        this.#seen.delete(path);
    }
}

const isDue = (last: Seen, volume: Volume, now: number, walkMs: number): boolean =>
    now - last.walkedAt < walkMs &&
    now >= last.walkedAt &&
    last.volume.serial === volume.serial &&
    last.volume.twin === volume.twin &&
    last.volume.mount === volume.mount;

async function isAsSeen(
    { volume, card, folders, walkedAt }: Seen,
    files: ReadonlyMap<string, { state: string }>,
): Promise<boolean> {
    const walkedNs = BigInt(walkedAt) * 1_000_000n;
    for (const { path, device, inode, modifiedNs } of folders) {
        const apart = modifiedNs - walkedNs;
        if (apart > -TOO_YOUNG_NS && apart < TOO_YOUNG_NS) return false;
        const at = await lstat(below(volume.path, path), { bigint: true }).catch(() => undefined);
        if (at?.isDirectory() !== true || at.dev !== device || at.ino !== inode || at.mtimeNs !== modifiedNs) return false;
    }
    for (const item of card.items) if (isOpen(files.get(item.file)?.state) && !(await isUnchanged(volume, item))) return false;
    return true;
}

/** Still to be taken: what is done with it next depends on what it is now. */
const isOpen = (state: string | undefined): boolean => state === undefined || state === 'read' || state === 'erased';

async function isUnchanged(volume: Volume, { entry }: CardItem): Promise<boolean> {
    const at = await lstat(below(volume.path, entry.path), { bigint: true }).catch(() => undefined);
    return at?.isFile() === true && at.size === entry.size && at.mtimeNs === entry.modifiedNs && at.ino === entry.inode;
}
