import { sameBytes, utf8Bytes } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { toHex } from '../kernel/hex.ts';
import { cosignatureMessage, parseTimestampedSignature } from './cosignature.ts';
import type { Note, NoteSignature } from './note.ts';
import type { VerifierKey } from './verifier-key.ts';

/**
 * Whether `signature` over `message` is by `publicKey`, given by the caller: Ed25519 after RFC 8032 (64 bytes), SM2 with SM3
 * and the default user id (DER of GB/T 35276). False when it is not; an error is a failure of the check itself.
 */
export type VerifyWithKey = (
    algorithm: 'ed25519' | 'sm2',
    publicKey: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
) => Promise<boolean> | boolean;

export type VerifiedSignature = {
    readonly signature: NoteSignature;
    readonly key: VerifierKey;
    /** When a cosignature was made, in seconds since 1970 as the witness says. Absent for other signatures. */
    readonly time?: bigint;
};

export type IgnoredSignature = {
    readonly signature: NoteSignature;
    /** `unknownAlgorithm`: the key is trusted, and nothing here can check what it signs (ML-DSA-44). */
    readonly why: 'unknownKey' | 'unknownAlgorithm';
};

export type VerifiedNote = {
    /** At least one, in the order of the lines. */
    readonly verified: readonly VerifiedSignature[];
    readonly ignored: readonly IgnoredSignature[];
};

/**
 * Verifies every signature by a key of `keys`, and ignores all others. A key is known by name and key id together. Throws
 * `note.badSignature` when one by a known key is wrong: the whole note is refused, as c2sp.org/signed-note says readers
 * SHOULD. Throws `note.unsigned` when none was verified, and `note.ambiguousKey` when two keys share name and id.
 */
export async function verifyNote(note: Note, keys: readonly VerifierKey[], verify: VerifyWithKey): Promise<VerifiedNote> {
    const verified: VerifiedSignature[] = [];
    const ignored: IgnoredSignature[] = [];
    for (const signature of note.signatures) {
        const [key, ...others] = keys.filter((each) => isBy(signature, each));
        if (others.length > 0) throw new DomainError('note.ambiguousKey', labelOf(signature));
        if (key === undefined) ignored.push({ signature, why: 'unknownKey' });
        else if (key.algorithm === 'unknown' || key.algorithm === 'ml-dsa-44')
            ignored.push({ signature, why: 'unknownAlgorithm' });
        else verified.push(await verifyOne(note.text, signature, key, verify));
    }
    if (verified.length === 0) throw new DomainError('note.unsigned');
    return { verified, ignored };
}

async function verifyOne(
    text: string,
    signature: NoteSignature,
    key: VerifierKey,
    verify: VerifyWithKey,
): Promise<VerifiedSignature> {
    const bad = new DomainError('note.badSignature', labelOf(signature));
    if (key.algorithm === 'cosignature/v1') {
        const stamped = parseTimestampedSignature(signature.signature);
        if (stamped === undefined) throw bad;
        const message = cosignatureMessage(stamped.time, text);
        if (!(await verify('ed25519', key.publicKey, message, stamped.signature))) throw bad;
        return { signature, key, time: stamped.time };
    }
    const algorithm = key.algorithm === 'sm2' ? 'sm2' : 'ed25519';
    if (!(await verify(algorithm, key.publicKey, utf8Bytes(text), signature.signature))) throw bad;
    return { signature, key };
}

const isBy = (signature: NoteSignature, key: VerifierKey): boolean =>
    signature.name === key.name && sameBytes(signature.keyHash, key.keyHash);

const labelOf = ({ name, keyHash }: NoteSignature) => ({ name, keyHash: toHex(keyHash) });
