import type { VerifyWithKey } from '@liuhen/domain';
import { verifyEd25519 } from './signer.ts';
import { verifySm2 } from './sm2-verify.ts';

/** Checks signatures of notes, by the algorithm of the key. */
export const verifyNoteKey: VerifyWithKey = (algorithm, key, message, signature) =>
    algorithm === 'sm2' ? verifySm2(key, message, signature) : verifyEd25519(key, message, signature);
