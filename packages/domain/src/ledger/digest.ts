/** One hash function: bytes in, 32 bytes out. Synchronous, because a log is millions of small hashes. */
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
