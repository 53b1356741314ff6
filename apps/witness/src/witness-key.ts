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

/** What a key is for: to say that a log is consistent, or that all its entries are kept. Two statements, two keys. */
export type KeyUse = 'witness' | 'mirror';

/**
 * The key of this use in this folder (mode 0600), made at first under `name`. A name is for ever: others know the witness by name and
 * key together. Throws `Refusal`.
 */
export async function openWitnessKey(folder: string, name: string | undefined, use: KeyUse = 'witness'): Promise<WitnessKey> {
    const verifierFile = `${use}.vkey`;
    const known = await readIfThere(join(folder, verifierFile));
    const before = known === undefined ? undefined : readVerifier(known, verifierFile);
    if (before === undefined && name === undefined) throw new Refusal('nameMissing');
    const wanted = name ?? before?.name ?? '';
    if (!isKeyName(wanted)) throw new Refusal('nameBad', { name: wanted });
    if (before !== undefined && before.name !== wanted) throw new Refusal('nameOther', { name: before.name });
    const file = join(folder, `${use}-ed25519.pem`);
    const pem = (await readKey(file)) ?? (before === undefined ? await makeKey(folder, file) : undefined);
    // A witness whose key is gone is another witness; that is for its operator to decide.
    if (pem === undefined) throw new Refusal('keyMissing', { file });
    const privateKey = createPrivateKey(pem);
    const publicKey = new Uint8Array(Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url'));
    const key = verifierKey(verifierDigest.sha256, wanted, NOTE_TYPE_COSIGNATURE_V1, publicKey);
    if (before !== undefined && !sameBytes(before.publicKey, publicKey)) throw new Refusal('keyOther', { file });
    if (before === undefined) await replaceFile(join(folder, verifierFile), `${formatVerifierKey(key)}\n`);
    return {
        key,
        cosign: (text, time) =>
            cosignature(key, { time, signature: new Uint8Array(sign(null, cosignatureMessage(time, text), privateKey)) }),
    };
}

function readVerifier(bytes: Uint8Array, file: string): VerifierKey {
    try {
        return parseVerifierKey(verifierDigest.sha256, (utf8Text(bytes) ?? '').trimEnd());
    } catch {
        throw new Refusal('damaged', { file });
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
