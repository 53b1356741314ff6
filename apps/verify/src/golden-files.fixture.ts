import { type PackageFiles, type PackageTools, parsePolicy, utf8Bytes } from '@liuhen/domain';
import { certificateCrypto } from './certificate-crypto.ts';
import { verifierDigest } from './digest.ts';
import { nodeHasher } from './node-hasher.ts';
import { verifyWithKey } from './verify-with-key.ts';

/** Files of a golden package, which stand there in base64, read in small pieces. */
export function goldenFiles(texts: Readonly<Record<string, string>>): PackageFiles {
    const files = new Map(Object.entries(texts).map(([path, text]) => [path, new Uint8Array(Buffer.from(text, 'base64'))]));
    return {
        paths: [...files.keys()],
        size: (path) => {
            const file = files.get(path);
            return file === undefined ? undefined : BigInt(file.length);
        },
        async *read(path) {
            const file = files.get(path) ?? new Uint8Array(0);
            for (let at = 0; at < file.length; at += 100) yield file.subarray(at, at + 100);
        },
    };
}

/** What the command line verifies with, and the policy of golden packages. */
export const goldenTools = (policy: string): PackageTools => ({
    digest: verifierDigest,
    sha256: () => nodeHasher('sha256'),
    sm3: () => nodeHasher('sm3'),
    verify: verifyWithKey,
    certificates: certificateCrypto,
    policy: parsePolicy(verifierDigest.sha256, utf8Bytes(policy)),
});
