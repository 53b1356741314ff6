import { join } from 'node:path';
import { fill } from '@liuhen/contract';
import { fromHex, toHex } from '@liuhen/domain';
import { acceptKey, keysAccepted, withdrawKey } from '../platform/accepted-keys.ts';
import { readConfig } from '../platform/config.ts';
import { keyIdOf, openKey } from '../platform/signer.ts';
import { readPublicKey } from '../verify/trusted-keys.ts';
import { EXIT, type Io } from './io.ts';
import { keyWords } from './words-keys.ts';

const keyFolderOf = (io: Io, data: string | undefined): string =>
    join(readConfig(io.env, data === undefined ? {} : { dataFolder: data }).dataFolder, 'keys');

/** `liuhen keys accept KEY`: believes what another node's application key signs. `given` is its public key in hex, or a file of it. */
export async function acceptKeyCommand(given: string, data: string | undefined, io: Io): Promise<number> {
    const publicKey = await keyGiven(given);
    const fresh = await acceptKey(keyFolderOf(io, data), publicKey);
    const words = keyWords[io.language];
    io.out(fill(fresh ? words.accepted : words.acceptedBefore, { key: keyIdOf(publicKey) }));
    return EXIT.ok;
}

const keyGiven = async (given: string): Promise<Uint8Array> =>
    /^[0-9a-f]{64}$/i.test(given) ? fromHex(given.toLowerCase()) : readPublicKey(given);

/** `liuhen keys withdraw KEY`: no checkpoint is signed over more entries of this key. Not the key of this node, which would stop itself. */
export async function withdrawKeyCommand(given: string, data: string | undefined, io: Io): Promise<number> {
    const publicKey = await keyGiven(given);
    const words = keyWords[io.language];
    const folder = keyFolderOf(io, data);
    const key = keyIdOf(publicKey);
    if ((await openKey(join(folder, 'app-ed25519.pem')))?.keyId === key) {
        io.err(fill(words.withdrawOwn, { key }));
        return EXIT.failed;
    }
    const fresh = await withdrawKey(folder, publicKey);
    io.out(fill(fresh ? words.withdrawn : words.withdrawnBefore, { key }));
    return EXIT.ok;
}

/** `liuhen keys show`: the public key of this node, to be accepted on others, and those that are accepted here. */
export async function showKeysCommand(data: string | undefined, io: Io): Promise<number> {
    const words = keyWords[io.language];
    const folder = keyFolderOf(io, data);
    const own = await openKey(join(folder, 'app-ed25519.pem'));
    if (own !== undefined) io.out(fill(words.own, { key: own.keyId, publicKey: toHex(own.publicKey) }));
    for (const { keyId, publicKey } of await keysAccepted(folder))
        if (keyId !== own?.keyId) io.out(fill(words.known, { key: keyId, publicKey: toHex(publicKey) }));
    return EXIT.ok;
}
