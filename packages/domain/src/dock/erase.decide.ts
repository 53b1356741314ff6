import type { Duration, Instant } from '../kernel/instant.ts';
import { MINUTE } from '../kernel/instant.ts';
import type { RecordingSource } from '../recording/recording.ts';
import type { DockReceipt } from './receipt.ts';

/** Why a file stays on its recorder. The last two are of the medium: it takes no change, or erasing was tried and failed. */
export const KEEP_REASONS = [
    'switchedOff',
    'switchUnknown',
    'notARecorder',
    'noKey',
    'noReceipt',
    'receiptForged',
    'receiptOfOther',
    'gone',
    'changed',
    'moved',
    'readOnly',
    'failed',
] as const;
export type KeepReason = (typeof KEEP_REASONS)[number];

/** A file by what must not have changed since it was copied. */
export type FileState = { readonly size: bigint; readonly modifiedNs: bigint; readonly sha256: string };

export type EraseFacts = {
    readonly source: RecordingSource;
    /** What the organisation has decided, and when the server said so; `null`: it was not asked. */
    readonly switchedOn: { readonly value: boolean; readonly heardAt: Instant } | null;
    readonly now: Instant;
    /** Whether the agent was given the key of the installation by hand. */
    readonly keyPinned: boolean;
    readonly receipt: DockReceipt | null;
    /** The signature is right by the pinned key. */
    readonly signed: boolean;
    readonly copied: FileState;
    /** What lies there now, read again through one handle; `null`: nothing, or no plain file. */
    readonly found: FileState | null;
    /** The name still leads to the file that was just read. */
    readonly sameFile: boolean;
};

/** So long the server's answer about the switch holds. */
export const SWITCH_HOLDS: Duration = 10 * MINUTE;

/**
 * Whether a file may be erased from its recorder. Everything has to speak for it; the first thing that does not is the
 * reason it stays. Erasing cannot be undone, keeping costs some space.
 */
export function decideErase(facts: EraseFacts): { readonly erase: true } | { readonly erase: false; readonly why: KeepReason } {
    const why = reasonToKeep(facts);
    return why === undefined ? { erase: true } : { erase: false, why };
}

function reasonToKeep(facts: EraseFacts): KeepReason | undefined {
    const { switchedOn, now, receipt, copied, found } = facts;
    // Rooms, stations and phones have their own owners and their own rules of keeping.
    if (facts.source !== 'recorder') return 'notARecorder';
    if (switchedOn === null || now - switchedOn.heardAt > SWITCH_HOLDS || switchedOn.heardAt > now) return 'switchUnknown';
    if (!switchedOn.value) return 'switchedOff';
    if (!facts.keyPinned) return 'noKey';
    if (receipt === null) return 'noReceipt';
    if (!facts.signed) return 'receiptForged';
    if (receipt.sha256 !== copied.sha256 || receipt.size !== String(copied.size)) return 'receiptOfOther';
    if (found === null) return 'gone';
    if (found.size !== copied.size || found.modifiedNs !== copied.modifiedNs || found.sha256 !== copied.sha256) return 'changed';
    return facts.sameFile ? undefined : 'moved';
}

/**
 * What became of a file whose erasing had begun when the power went. It is erased only where nothing has its name any more on the
 * very volume it lay on: another card in the same slot, or an empty mount point, has not that file either, and proves nothing.
 */
export const decideHalfErased = (facts: { readonly gone: boolean; readonly sameVolume: boolean }): 'erased' | 'unknown' =>
    facts.gone && facts.sameVolume ? 'erased' : 'unknown';
