import type { VerifyWithKey } from '@liuhen/domain';
import { ed25519 } from '@noble/curves/ed25519.js';
import { verifySm2 } from './sm2.ts';

/** Checks signatures of notes in audited or short JavaScript: Ed25519 strictly after RFC 8032, SM2 with the default user id. */
export const verifyWithKey: VerifyWithKey = (algorithm, publicKey, message, signature) => {
    if (algorithm === 'sm2') return verifySm2(publicKey, message, signature);
    try {
        return ed25519.verify(signature, message, publicKey, { zip215: false });
    } catch {
        // A key or signature that is no point of the curve signs nothing.
        return false;
    }
};
