import { readFile } from 'node:fs/promises';
import { DomainError, type Policy, type PolicyWitness, parsePolicy } from '@liuhen/domain';
import type { Config } from './config.ts';
import { nodeDigest } from './digest.ts';
import { readAnchors } from './time-stamp/http-time-stamper.ts';

/** Who witnesses the logs of this installation, and how many of them must have; the logs are its own. */
export type Witnesses = Omit<Policy, 'logs'>;

/**
 * The same with the time-stamp authorities that are believed here (LIUHEN_TSA_ROOTS), for policies that are handed out. A file of them that
 * cannot be read leaves them out: it is said where time-stamps are asked for, and keeps nobody from a policy.
 */
export async function readTrusted(config: Pick<Config, 'witnessFile' | 'timeStampAuthority'>): Promise<Witnesses> {
    const witnesses = await readWitnesses(config);
    if (config.timeStampAuthority === undefined) return witnesses;
    const found = await readAnchors(config.timeStampAuthority.rootsFile).catch((error: unknown) => {
        if (error instanceof DomainError) return [];
        throw error;
    });
    return found.length === 0 ? witnesses : { ...witnesses, authorities: found.map(({ node }) => new Uint8Array(node.raw)) };
}

const NONE: Witnesses = { witnesses: [], groups: [], quorum: undefined };

/** Reads the file of LIUHEN_WITNESSES (C2SP tlog-policy); nobody without one. Throws `config.invalid` for what cannot be read. */
export const readWitnesses = ({ witnessFile }: Pick<Config, 'witnessFile'>): Promise<Witnesses> =>
    readPolicy(witnessFile, 'LIUHEN_WITNESSES');

/** Reads the file of LIUHEN_MIRRORS, of which only the `witness` lines count: keys and addresses of mirrors. Throws like `readWitnesses`. */
export const readMirrors = async ({ mirrorFile }: Pick<Config, 'mirrorFile'>): Promise<readonly PolicyWitness[]> =>
    (await readPolicy(mirrorFile, 'LIUHEN_MIRRORS')).witnesses;

async function readPolicy(file: string | undefined, name: string): Promise<Witnesses> {
    if (file === undefined) return NONE;
    try {
        const { witnesses, groups, quorum } = parsePolicy(nodeDigest.sha256, new Uint8Array(await readFile(file)));
        const addresses = witnesses.flatMap(({ url }) => url ?? []);
        if (addresses.every((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)))
            return { witnesses, groups, quorum };
    } catch (error) {
        if (!(error instanceof DomainError) && (error as NodeJS.ErrnoException).code === undefined) throw error;
    }
    throw new DomainError('config.invalid', { name });
}
