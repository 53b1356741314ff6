import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { judgePackage, type PackageFiles, type PackageTools, parsePolicy, utf8Bytes } from '@liuhen/domain';
import { describe, expect, it } from 'vitest';
import { verifierDigest } from './digest.ts';
import { goldenFiles, goldenTools } from './golden-files.fixture.ts';

type Golden = {
    policy: string;
    policies: Record<string, string>;
    files: Record<string, string>;
    cases: { name: string; expect: string; code?: string; policy?: string; set: Record<string, string>; remove: string[] }[];
};
const golden = JSON.parse(
    readFileSync(new URL('../../../packages/domain/src/proof/package/golden/package-v1.json', import.meta.url), 'utf8'),
) as Golden;

const tools = goldenTools(golden.policy);
function toolsOf({ policy }: Golden['cases'][number]): PackageTools {
    if (policy === undefined) return tools;
    const { policy: _, ...without } = tools;
    const named = golden.policies[policy];
    return named === undefined ? without : { ...tools, policy: parsePolicy(verifierDigest.sha256, utf8Bytes(named)) };
}

const filesOf = ({ set, remove }: Golden['cases'][number]): PackageFiles =>
    goldenFiles(Object.fromEntries(Object.entries({ ...golden.files, ...set }).filter(([path]) => !remove.includes(path))));

describe('golden packages', () => {
    it('are at least thirty with a defect', () => {
        expect(golden.cases.filter((each) => each.expect !== 'valid').length).toBeGreaterThanOrEqual(30);
    });

    it('stay as they are', () => {
        expect(createHash('sha256').update(JSON.stringify(golden)).digest('hex')).toBe(
            'f2dba8fb73e9afa4832639780641342ee5ecc5ba28fd364a71c569b8d552b333',
        );
    });

    it.each(golden.cases.map((each) => [each.name, each] as const))('%s', async (_, each) => {
        const verdict = await judgePackage(filesOf(each), toolsOf(each));
        const codes = verdict.findings.map(({ code }) => code);
        expect({ result: verdict.result, codes }).toMatchObject({ result: each.expect });
        if (each.code === undefined) expect(codes).toEqual([]);
        else expect(codes).toContain(each.code);
    });

    it('say by when each item was in the log, and of which nobody knows', async () => {
        const stampsOf = async (name: string) => {
            const each = golden.cases.find((one) => one.name === name);
            if (each === undefined) throw new Error(`no case ${name}`);
            const { items, notProven } = await judgePackage(filesOf(each), toolsOf(each));
            return { of: items.map(({ stamp }) => stamp && [stamp.size, stamp.believed]), notProven };
        };
        const all = ['truth', 'completeness', 'before', 'verifier', 'words'];
        const own = await stampsOf('time-stamped, the checkpoint of the proofs');
        expect(own).toEqual({
            of: [
                [5n, true],
                [5n, true],
            ],
            notProven: all,
        });
        expect((await stampsOf('time-stamped, an earlier checkpoint that is joined')).of).toEqual([
            [4n, true],
            [4n, true],
        ]);
        expect((await stampsOf('time-stamped, a checkpoint before the document')).of).toEqual([[2n, true], undefined]);
        expect((await stampsOf('time-stamped, a later checkpoint that is joined')).of).toEqual([
            [7n, true],
            [7n, true],
        ]);
        const unknown = await stampsOf('time-stamped, and the policy names no authority');
        expect(unknown).toEqual({
            of: [
                [5n, false],
                [5n, false],
            ],
            notProven: [...all, 'timestamps'],
        });
    });

    it('say that the second head was verified, where the policy has its key', async () => {
        const heads = golden.cases.filter(({ name }) => name.startsWith('with proofs of'));
        const verdicts = await Promise.all(heads.map((each) => judgePackage(filesOf(each), toolsOf(each))));
        expect(verdicts.map(({ items }) => items.map(({ entry }) => entry.smProof?.checkpoint.origin))).toEqual([
            ['golden.example/east/sm', 'golden.example/east/sm'],
            [undefined, undefined],
        ]);
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
