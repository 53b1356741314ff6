import { concatBytes } from '../kernel/bytes.ts';

/**
 * One hash function: bytes in, 32 bytes out. Synchronous, because a log is millions of small hashes; it does not keep the bytes, which
 * are overwritten afterwards.
 */
export type HashFunction = (bytes: Uint8Array) => Uint8Array;

/** The hash functions the ledger needs, given by its caller: node:crypto in the server, audited JavaScript in a browser. */
export type Digest = { sha256(bytes: Uint8Array): Uint8Array; sm3(bytes: Uint8Array): Uint8Array };

/**
 * Checks an Ed25519 signature by the key named `keyId`. False when the signature is wrong; a key nobody knows is told
 * apart by throwing `DomainError('log.unknownKey', { key: keyId })`. Any other error is a failure of the check itself.
 */
export type VerifySignature = (keyId: string, message: Uint8Array, signature: Uint8Array) => Promise<boolean> | boolean;

/** Length of every hash in the ledger (SHA-256, SM3), in bytes. */
export const HASH_LENGTH = 32;

/** H(prefix ‖ left ‖ right). Made once for each prefix: what is hashed has its room, which millions of hashes would allocate anew. */
export function pairHash(prefix: number): (hash: HashFunction, left: Uint8Array, right: Uint8Array) => Uint8Array {
    const room = new Uint8Array(1 + 2 * HASH_LENGTH);
    room[0] = prefix;
    return (hash, left, right) => {
        // Whoever brings a value of another length gets its hash, as the standard's text says, and not one of what lay here before.
        if (left.length !== HASH_LENGTH || right.length !== HASH_LENGTH)
            return hash(concatBytes(Uint8Array.of(prefix), left, right));
        room.set(left, 1);
        room.set(right, 1 + HASH_LENGTH);
        return hash(room);
    };
}
