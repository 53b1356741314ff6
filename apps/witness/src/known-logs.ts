import { DomainError, type HashFunction, parsePolicy, sameBytes, type VerifierKey } from '@liuhen/domain';
import { verifierDigest } from '@liuhen/verify/digest';
import { readIfThere } from './durable.ts';
import { Refusal } from './refusal.ts';

/** A log that is cosigned: whose keys may sign it, and of which hash function its tree is. */
export type KnownLog = { readonly keys: readonly VerifierKey[]; readonly hash: HashFunction };

/**
 * The logs of these files, by origin. Each file is a policy (C2SP tlog-policy) of which only the `log` lines are read, so that what a
 * log hands out as its policy can be used as it is. A log may stand in several, with more keys. Throws `Refusal`.
 */
export async function readKnownLogs(files: readonly string[]): Promise<ReadonlyMap<string, KnownLog>> {
    const keys = new Map<string, VerifierKey[]>();
    for (const file of files)
        for (const key of await keysIn(file)) {
            const known = keys.get(key.name) ?? [];
            if (!known.some((each) => sameBytes(each.keyHash, key.keyHash))) keys.set(key.name, [...known, key]);
        }
    return new Map([...keys].map(([origin, of]) => [origin, { keys: of, hash: hashOf(origin, of) }]));
}

async function keysIn(file: string): Promise<VerifierKey[]> {
    const bytes = await readIfThere(file);
    if (bytes === undefined) throw new Refusal('logsMissing', { file });
    try {
        return parsePolicy(verifierDigest.sha256, bytes).logs.map(({ key }) => key);
    } catch (error) {
        if (error instanceof DomainError)
            throw new Refusal('logsBad', { file, line: String(error.params.line), reason: String(error.params.reason) });
        throw error;
    }
}

/** SM2 signs trees of SM3, Ed25519 those of SHA-256. A log that nothing here can verify would never be cosigned. */
function hashOf(origin: string, keys: readonly VerifierKey[]): HashFunction {
    const algorithms = new Set(keys.map(({ algorithm }) => algorithm).filter((each) => each === 'sm2' || each === 'ed25519'));
    if (algorithms.size !== 1) throw new Refusal('logKeys', { origin });
    return verifierDigest[algorithms.has('sm2') ? 'sm3' : 'sha256'];
}
