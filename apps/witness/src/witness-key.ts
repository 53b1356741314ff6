import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import {
    cosignature,
    cosignatureMessage,
    formatVerifierKey,
    isKeyName,
    NOTE_TYPE_COSIGNATURE_V1,
    type NoteSignature,
    parseVerifierKey,
    sameBytes,
    utf8Text,
    type VerifierKey,
    verifierKey,
} from '@liuhen/domain';
import { verifierDigest } from '@liuhen/verify/digest';
import { readIfThere, replaceFile, syncFolder, writeSynced } from './durable.ts';
import { Refusal } from './refusal.ts';

/** Who cosigns: the private key never leaves this object. */
export type WitnessKey = {
    readonly key: VerifierKey;
    /** The cosignature of the text of a checkpoint at `time`, seconds since 1970. */
    cosign(text: string, time: bigint): NoteSignature;
};

const KEY_FILE = 'witness-ed25519.pem';
const VERIFIER_FILE = 'witness.vkey';

/**
 * The key of the witness in this folder (mode 0600), made at first under `name`. A name is for ever: others know the witness by name and
 * key together. Throws `Refusal`.
 */
export async function openWitnessKey(folder: string, name: string | undefined): Promise<WitnessKey> {
    const known = await readIfThere(join(folder, VERIFIER_FILE));
    const before = known === undefined ? undefined : readVerifier(known);
    if (before === undefined && name === undefined) throw new Refusal('nameMissing');
    const wanted = name ?? before?.name ?? '';
    if (!isKeyName(wanted)) throw new Refusal('nameBad', { name: wanted });
    if (before !== undefined && before.name !== wanted) throw new Refusal('nameOther', { name: before.name });
    const file = join(folder, KEY_FILE);
    const pem = (await readKey(file)) ?? (before === undefined ? await makeKey(folder, file) : undefined);
    // A witness whose key is gone is another witness; that is for its operator to decide.
    if (pem === undefined) throw new Refusal('keyMissing', { file });
    const privateKey = createPrivateKey(pem);
    const publicKey = new Uint8Array(Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url'));
    const key = verifierKey(verifierDigest.sha256, wanted, NOTE_TYPE_COSIGNATURE_V1, publicKey);
    if (before !== undefined && !sameBytes(before.publicKey, publicKey)) throw new Refusal('keyOther', { file });
    if (before === undefined) await replaceFile(join(folder, VERIFIER_FILE), `${formatVerifierKey(key)}\n`);
    return {
        key,
        cosign: (text, time) =>
            cosignature(key, { time, signature: new Uint8Array(sign(null, cosignatureMessage(time, text), privateKey)) }),
    };
}

function readVerifier(bytes: Uint8Array): VerifierKey {
    try {
        return parseVerifierKey(verifierDigest.sha256, (utf8Text(bytes) ?? '').trimEnd());
    } catch {
        throw new Refusal('damaged', { file: VERIFIER_FILE });
    }
}

/** Closed to all others before it is read. */
async function readKey(file: string): Promise<string | undefined> {
    const bytes = await readIfThere(file);
    if (bytes === undefined) return undefined;
    await chmod(file, 0o600);
    return utf8Text(bytes);
}

async function makeKey(folder: string, file: string): Promise<string> {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await writeSynced(file, pem, 'wx');
    await syncFolder(folder);
    return pem;
}
