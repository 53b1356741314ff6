import { fromBase64, toBase64 } from '../kernel/base64.ts';
import { concatBytes, sameBytes, utf8Bytes } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { fromHex, isHex, toHex } from '../kernel/hex.ts';
import type { HashFunction } from '../ledger/digest.ts';
import { isKeyName, KEY_HASH_LENGTH } from './note.ts';

/**
 * Keys of notes and their one-line form, the verifier key (vkey): `name+key id in hex+base64(type ‖ public key)`.
 * The key id is the beginning of SHA-256 of name, newline, type and key, also for keys of other algorithms (SM2).
 */
export type VerifierKey = {
    readonly name: string;
    /** Key id, 4 bytes. */
    readonly keyHash: Uint8Array;
    /** What the key signs, `unknown` for a type nobody here knows. */
    readonly algorithm: KeyAlgorithm | 'unknown';
    /** The bytes of the type: one, or 0xff and a longer identifier. */
    readonly type: Uint8Array;
    readonly publicKey: Uint8Array;
};

export type KeyAlgorithm = 'ed25519' | 'cosignature/v1' | 'ml-dsa-44' | 'sm2';

/** Ed25519 over the text of the note (c2sp.org/signed-note). */
export const NOTE_TYPE_ED25519 = Uint8Array.of(0x01);
/** Ed25519 cosignature with a time (c2sp.org/tlog-cosignature). */
export const NOTE_TYPE_COSIGNATURE_V1 = Uint8Array.of(0x04);
/** ML-DSA-44 cosignature (c2sp.org/tlog-cosignature): known by name, not verified here. */
export const NOTE_TYPE_ML_DSA_44 = Uint8Array.of(0x06);
/** SM2 with SM3 over the text of the note. 0xff is for types without a byte of their own. */
export const NOTE_TYPE_SM2 = concatBytes(Uint8Array.of(0xff), utf8Bytes('sm2-with-sm3/GBT35276'));

/** Types and the length of their public keys in bytes. An SM2 key is 0x04 ‖ x ‖ y (GB/T 35276, uncompressed). */
const ALGORITHMS: readonly { algorithm: KeyAlgorithm; type: Uint8Array; length: number }[] = [
    { algorithm: 'ed25519', type: NOTE_TYPE_ED25519, length: 32 },
    { algorithm: 'cosignature/v1', type: NOTE_TYPE_COSIGNATURE_V1, length: 32 },
    { algorithm: 'ml-dsa-44', type: NOTE_TYPE_ML_DSA_44, length: 1312 },
    { algorithm: 'sm2', type: NOTE_TYPE_SM2, length: 65 },
];

/** Key id: SHA-256(name ‖ newline ‖ type ‖ public key), its first 4 bytes. `type` is one byte, or 0xff and an identifier. */
export function noteKeyHash(sha256: HashFunction, name: string, type: number | Uint8Array, publicKey: Uint8Array): Uint8Array {
    return keyHashOf(sha256, name, concatBytes(typeof type === 'number' ? Uint8Array.of(type) : type, publicKey));
}

const keyHashOf = (sha256: HashFunction, name: string, material: Uint8Array): Uint8Array =>
    sha256(concatBytes(utf8Bytes(`${name}\n`), material)).slice(0, KEY_HASH_LENGTH);

/** A key with the id and the algorithm that follow from the rest. Throws `vkey.malformed` like `parseVerifierKey`. */
export function verifierKey(sha256: HashFunction, name: string, type: Uint8Array, publicKey: Uint8Array): VerifierKey {
    if (!isKeyName(name)) throw malformed('name');
    return fromMaterial(name, noteKeyHash(sha256, name, type, publicKey), concatBytes(type, publicKey));
}

/** The one-line form of a key. Throws `vkey.malformed` when the name or the key id has another shape. */
export function formatVerifierKey(key: Pick<VerifierKey, 'name' | 'keyHash' | 'type' | 'publicKey'>): string {
    if (!isKeyName(key.name)) throw malformed('name');
    if (key.keyHash.length !== KEY_HASH_LENGTH) throw malformed('keyHash');
    const material = concatBytes(key.type, key.publicKey);
    if (material.length === 0) throw malformed('key');
    return `${key.name}+${toHex(key.keyHash)}+${toBase64(material)}`;
}

/**
 * Reads a verifier key. Throws `vkey.malformed` with a `reason` when the form is another, when a public key has the wrong
 * length for its type, or when the key id does not follow from name and key. How the id of an unknown type follows is not
 * known either, so there it is taken as written.
 */
export function parseVerifierKey(sha256: HashFunction, text: string): VerifierKey {
    const [name = '', hash = '', ...rest] = text.split('+');
    // The base 64 may hold pluses of its own.
    const material = fromBase64(rest.join('+'));
    if (!isKeyName(name)) throw malformed('name');
    if (!isHex(hash, KEY_HASH_LENGTH)) throw malformed('keyHash');
    if (material === undefined || material.length === 0) throw malformed('key');
    const key = fromMaterial(name, fromHex(hash), material);
    if (key.algorithm !== 'unknown' && !sameBytes(key.keyHash, keyHashOf(sha256, name, material))) throw malformed('keyHash');
    return key;
}

function fromMaterial(name: string, keyHash: Uint8Array, material: Uint8Array): VerifierKey {
    const known = ALGORITHMS.find(({ type }) => sameBytes(type, material.subarray(0, type.length)));
    const { algorithm, type } = known ?? { algorithm: 'unknown' as const, type: material.slice(0, 1) };
    const publicKey = material.slice(type.length);
    if (known !== undefined && publicKey.length !== known.length) throw malformed('keyLength');
    return { name, keyHash, algorithm, type, publicKey };
}

const malformed = (reason: string): DomainError => new DomainError('vkey.malformed', { reason });
