import { DomainError } from '../kernel/domain-error.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { parseNote } from './note.ts';
import type { VerifierKey } from './verifier-key.ts';
import { type VerifyWithKey, verifyNote } from './verify-note.ts';

/**
 * The checkpoint in these bytes, if it is of `origin` and one of these keys of that log signed it; `undefined` for everything else,
 * damaged or foreign.
 */
export async function signedByLog(
    bytes: Uint8Array,
    { origin, keys }: { origin: string; keys: readonly VerifierKey[] },
    verify: VerifyWithKey,
): Promise<Checkpoint | undefined> {
    try {
        const note = parseNote(bytes);
        const checkpoint = parseCheckpoint(note.text);
        if (checkpoint.origin !== origin) return undefined;
        // The name of a log's key is its origin.
        await verifyNote(
            note,
            keys.filter(({ name }) => name === origin),
            verify,
        );
        return checkpoint;
    } catch (error) {
        if (error instanceof DomainError) return undefined;
        throw error;
    }
}
