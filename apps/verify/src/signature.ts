import { DomainError, type VerifySignature } from '@liuhen/domain';
import { ed25519 } from '@noble/curves/ed25519.js';

/** Checks entries by these public keys (raw, 32 bytes, by their ids), strictly after RFC 8032 section 5.1.7. */
export function ed25519Verifier(keys: ReadonlyMap<string, Uint8Array>): VerifySignature {
    return (keyId, message, signature) => {
        const key = keys.get(keyId);
        if (key === undefined) throw new DomainError('log.unknownKey', { key: keyId });
        try {
            return ed25519.verify(signature, message, key, { zip215: false });
        } catch {
            // A key or signature that is no point of the curve signs nothing.
            return false;
        }
    };
}
