import { checkDrawRecord, type DrawFault } from '@liuhen/domain';
import { sha256 } from '@noble/hashes/sha2.js';

/** Draws again in this browser from a record; anything that is no record has the fault `format`. */
export function recheck(text: string): DrawFault[] {
    try {
        return checkDrawRecord((bytes) => sha256(bytes), JSON.parse(text)).faults;
    } catch {
        return ['format'];
    }
}
