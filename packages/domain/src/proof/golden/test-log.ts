import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { concatBytes, utf8Bytes } from '../../kernel/bytes.ts';
import type { HashFunction } from '../../ledger/digest.ts';
import { createCompactRange, merkleLeaf } from '../../ledger/merkle.ts';
import { consistencyProof, inclusionProof, type NodeGetter, runProof } from '../../ledger/merkle-proof.ts';
import { formatCheckpoint } from '../checkpoint.ts';
import { cosignature, cosignatureMessage } from '../cosignature.ts';
import { formatNote, type NoteSignature } from '../note.ts';
import { NOTE_TYPE_COSIGNATURE_V1, NOTE_TYPE_ED25519, type VerifierKey, verifierKey } from '../verifier-key.ts';
import type { VerifyWithKey } from '../verify-note.ts';

/** A log, witnesses and their keys for examples and tests. Every private key follows from a public label: trust none. */

export const hashOf =
    (name: 'sha256' | 'sm3'): HashFunction =>
    (bytes) =>
        new Uint8Array(createHash(name).update(bytes).digest());
export const sha256 = hashOf('sha256');

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** An Ed25519 key whose seed is SHA-256 of `label`. Its signatures are deterministic (RFC 8032). */
export function testKey(label: string) {
    const seed = sha256(utf8Bytes(`liuhen golden proof v1: ${label}: test key, never trust it`));
    const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
    const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
    return {
        seed,
        publicKey: new Uint8Array(Buffer.from(jwk.x ?? '', 'base64url')),
        sign: (message: Uint8Array) => new Uint8Array(sign(null, message, privateKey)),
    };
}
export type TestKey = ReturnType<typeof testKey>;

export const ed25519Verify: VerifyWithKey = (algorithm, publicKey, message, signature) => {
    if (algorithm !== 'ed25519') throw new Error(`no ${algorithm} here`);
    const x = Buffer.from(publicKey).toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, message, key, signature);
};

/** Somebody who signs checkpoints under the name of the log. */
export function testSigner(origin: string, key = testKey(origin)) {
    const verifier = verifierKey(sha256, origin, NOTE_TYPE_ED25519, key.publicKey);
    return {
        key: verifier,
        sign: (text: string): NoteSignature => ({ ...idOf(verifier), signature: key.sign(utf8Bytes(text)) }),
    };
}

/** Somebody who cosigns. */
export function testWitness(name: string, key = testKey(name)) {
    const verifier = verifierKey(sha256, name, NOTE_TYPE_COSIGNATURE_V1, key.publicKey);
    return {
        key: verifier,
        cosign: (text: string, time: bigint): NoteSignature =>
            cosignature(verifier, { time, signature: key.sign(cosignatureMessage(time, text)) }),
    };
}

const idOf = ({ name, keyHash }: VerifierKey) => ({ name, keyHash });

/** The data of leaf `at`. */
export const leafData = (at: number): Uint8Array => utf8Bytes(`entry ${at}`);

/** A tree of `size` leaves with proofs of every part of it. */
export function testTree(size: number, hash: HashFunction = sha256, data = leafData) {
    const nodes = new Map<string, Uint8Array>();
    const tree = createCompactRange(hash, { onNode: (level, index, node) => nodes.set(`${level}/${index}`, node) });
    const roots = [tree.root()];
    for (let at = 0; at < size; at += 1) {
        tree.append(merkleLeaf(hash, data(at)));
        roots.push(tree.root());
    }
    const node: NodeGetter = (level, index) => nodes.get(`${level}/${index}`) ?? new Uint8Array(0);
    return {
        leaf: (at: number) => merkleLeaf(hash, data(at)),
        root: (at: number) => roots[at] ?? new Uint8Array(0),
        inclusion: (index: number, within: number) => inclusionProof(hash, BigInt(index), BigInt(within), node),
        run: (from: bigint, to: bigint, within: number) => runProof(hash, { from, to }, BigInt(within), node),
        consistency: (first: number, second: number) => consistencyProof(hash, BigInt(first), BigInt(second), node),
        text: (origin: string, at: number) =>
            formatCheckpoint({ origin, size: BigInt(at), root: roots[at] ?? new Uint8Array(0) }),
    };
}

/** The text with these signatures. */
export const signed = (text: string, ...signatures: readonly NoteSignature[]): Uint8Array => formatNote({ text, signatures });

/** `bytes` with another byte at one place. */
export const withByte = (bytes: Uint8Array, at: number, byte: number): Uint8Array =>
    concatBytes(bytes.subarray(0, at), Uint8Array.of(byte), bytes.subarray(at + 1));
