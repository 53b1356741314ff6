import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fromHex, type HeadHash, NOTE_TYPE_ED25519, NOTE_TYPE_SM2 } from '@liuhen/domain';
import { makeKey, openKey, type Signer } from '../../../platform/signer.ts';
import { makeSm2Key, openSm2Key } from '../../../platform/sm2-signer.ts';
import { isMissing, writeDurable } from '../../../platform/storage/durable.ts';
import {
    formatTokenKey,
    makeTokenKey,
    parseTokenKey,
    signInToken,
    type TokenConfig,
    type TokenKey,
} from '../../../platform/token-key.ts';

/** Signs checkpoints, be the key in a file or in a token, which takes its time. */
export type CheckpointSigner = {
    readonly publicKey: Uint8Array;
    /** Throws `token.away` and `token.pin` where the key is in a token. */
    sign(text: Uint8Array): Promise<Uint8Array>;
};

/** What signs each head: Ed25519 the one that witnesses of other houses check, SM2 the one of the assessment of commercial cryptography. */
const KINDS: Readonly<
    Record<
        HeadHash,
        {
            /** Of its signatures (C2SP signed-note). */
            readonly type: Uint8Array;
            readonly ending: string;
            readonly open: (file: string) => Promise<Signer | undefined>;
            readonly make: (file: string) => Promise<Signer>;
            /** PKCS #11 has a mechanism for Ed25519 and none for SM2, which each maker names in its own way. */
            readonly inToken: boolean;
        }
    >
> = {
    sha256: { type: NOTE_TYPE_ED25519, ending: 'ed25519', open: openKey, make: makeKey, inToken: true },
    sm3: { type: NOTE_TYPE_SM2, ending: 'sm2', open: openSm2Key, make: makeSm2Key, inToken: false },
};

export const noteTypeOf = (head: HeadHash): Uint8Array => KINDS[head].type;

/** End of the name of a key: of the file that holds it, and of the one that says where in a token it is. */
export const endingsOf = (head: HeadHash): readonly string[] => [`${KINDS[head].ending}.pem`, `${KINDS[head].ending}.token`];

/** Where a key under this path without ending is: its file, and the one that remembers it in a token. */
function filesOf(path: string, head: HeadHash): { file: string; remembered: string } {
    const [file = '', remembered = ''] = endingsOf(head).map((ending) => `${path}-${ending}`);
    return { file, remembered };
}

const inFile = (key: Signer): CheckpointSigner => ({ publicKey: key.publicKey, sign: async (text) => key.sign(text) });

const inToken = (token: TokenConfig, key: TokenKey): CheckpointSigner => ({
    publicKey: fromHex(key.publicKey),
    sign: (text) => signInToken(token, key, text),
});

/** The key under this path without ending; undefined where it is not. One in a token is there as soon as it is remembered. */
export async function openCheckpointKey(
    path: string,
    head: HeadHash,
    token: TokenConfig | undefined,
): Promise<CheckpointSigner | undefined> {
    const { file, remembered } = filesOf(path, head);
    const held = await KINDS[head].open(file);
    if (held !== undefined) return inFile(held);
    if (!KINDS[head].inToken || token === undefined) return undefined;
    const text = await readFile(remembered, 'utf8').catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
    });
    return text === undefined ? undefined : inToken(token, parseTokenKey(text));
}

/** Makes a key: in the token where there is one for this kind, in a file otherwise. Throws `token.away` and `token.pin`. */
export async function makeCheckpointKey(path: string, head: HeadHash, token: TokenConfig | undefined): Promise<CheckpointSigner> {
    const { file, remembered } = filesOf(path, head);
    if (!KINDS[head].inToken || token === undefined) return inFile(await KINDS[head].make(file));
    const key = await makeTokenKey(token, basename(path));
    await writeDurable(remembered, `${remembered}.new`, Buffer.from(formatTokenKey(key)), 0o600);
    return inToken(token, key);
}

/** The public key under a name with one of the endings, without asking any token; undefined where it is not. */
export async function publicKeyAt(file: string, head: HeadHash): Promise<Uint8Array | undefined> {
    if (file.endsWith('.pem')) return (await KINDS[head].open(file))?.publicKey;
    return fromHex(parseTokenKey(await readFile(file, 'utf8')).publicKey);
}
