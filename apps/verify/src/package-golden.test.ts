import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { judgePackage, type PackageFiles, type PackageTools, parsePolicy, utf8Bytes } from '@liuhen/domain';
import { describe, expect, it } from 'vitest';
import { certificateCrypto } from './certificate-crypto.ts';
import { verifierDigest } from './digest.ts';
import { nodeHasher } from './node-hasher.ts';
import { verifyWithKey } from './verify-with-key.ts';

type Golden = {
    policy: string;
    files: Record<string, string>;
    cases: { name: string; expect: string; code?: string; policy?: 'none'; set: Record<string, string>; remove: string[] }[];
};
const golden = JSON.parse(
    readFileSync(new URL('../../../packages/domain/src/proof/package/golden/package-v1.json', import.meta.url), 'utf8'),
) as Golden;

const tools: PackageTools = {
    digest: verifierDigest,
    sha256: () => nodeHasher('sha256'),
    sm3: () => nodeHasher('sm3'),
    verify: verifyWithKey,
    certificates: certificateCrypto,
    policy: parsePolicy(verifierDigest.sha256, utf8Bytes(golden.policy)),
};
const { policy: _, ...withoutPolicy } = tools;

function filesOf({ set, remove }: Golden['cases'][number]): PackageFiles {
    const all = Object.entries({ ...golden.files, ...set }).filter(([path]) => !remove.includes(path));
    const files = new Map(all.map(([path, text]) => [path, new Uint8Array(Buffer.from(text, 'base64'))]));
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

describe('golden packages', () => {
    it('are at least thirty with a defect', () => {
        expect(golden.cases.filter((each) => each.expect !== 'valid').length).toBeGreaterThanOrEqual(30);
    });

    it('stay as they are', () => {
        expect(createHash('sha256').update(JSON.stringify(golden)).digest('hex')).toBe(
            'fa12af2a7cd8f90cbc84f7667d589e69177132353f47bcad3b9cd8399fe796a9',
        );
    });

    it.each(golden.cases.map((each) => [each.name, each] as const))('%s', async (_, each) => {
        const verdict = await judgePackage(filesOf(each), each.policy === 'none' ? withoutPolicy : tools);
        const codes = verdict.findings.map(({ code }) => code);
        expect({ result: verdict.result, codes }).toMatchObject({ result: each.expect });
        if (each.code === undefined) expect(codes).toEqual([]);
        else expect(codes).toContain(each.code);
    });

    it('say of a sound one what holds and what is not proven', async () => {
        const [sound, unissued] = golden.cases;
        if (sound === undefined || unissued === undefined) throw new Error('no cases');
        const verdict = await judgePackage(filesOf(sound), tools);
        expect(verdict.items.map(({ holds, content, bound, sm3 }) => ({ holds, content, bound, sm3 }))).toEqual([
            { holds: true, content: 'equal', bound: true, sm3: true },
            { holds: true, content: 'equal', bound: true, sm3: true },
        ]);
        expect(verdict.receipt?.entry?.kind).toBe('retrieval.packaged');
        expect(verdict.notProven).toEqual(['truth', 'completeness', 'before', 'verifier']);
        const without = await judgePackage(filesOf(unissued), tools);
        expect(without.notProven).toEqual(['truth', 'completeness', 'before', 'verifier', 'words']);
    });
});
