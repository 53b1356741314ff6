import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { judgeReading, type PackageFiles, PackageReading } from '@liuhen/domain';
import { describe, expect, it } from 'vitest';
import { goldenFiles, goldenTools } from './golden-files.fixture.ts';

type Disc = Record<string, string>;
type Case = {
    name: string;
    expect: string;
    code?: string;
    order?: number[];
    set: Record<string, Disc>;
    remove: Record<string, string[]>;
};
const golden = JSON.parse(
    readFileSync(new URL('../../../packages/domain/src/proof/package/golden/volumes-v1.json', import.meta.url), 'utf8'),
) as { policy: string; discs: Disc[]; cases: Case[] };

const tools = goldenTools(golden.policy);

function discsOf({ set, remove, order }: Case): PackageFiles[] {
    const places = Math.max(golden.discs.length, ...Object.keys(set).map((place) => Number(place) + 1));
    const all = Array.from({ length: places }, (_, place) =>
        Object.fromEntries(
            Object.entries({ ...golden.discs[place], ...set[place] }).filter(([path]) => !remove[place]?.includes(path)),
        ),
    );
    return (order ?? all.map((_, place) => place)).map((place) => goldenFiles(all[place] ?? {}));
}

async function judged(each: Case) {
    const reading = new PackageReading(tools);
    for (const disc of discsOf(each)) await reading.add(disc);
    return judgeReading(reading, tools);
}

describe('golden packages on several discs', () => {
    it('stay as they are', () => {
        expect(createHash('sha256').update(JSON.stringify(golden)).digest('hex')).toBe(
            '0b7254accb6a570d5cba8c38df0ef9daf605eb2d43d373154c7bc9b0acdef0c8',
        );
        expect(golden.cases.filter(({ expect: result }) => result !== 'valid').length).toBeGreaterThanOrEqual(25);
    });

    it.each(golden.cases.map((each) => [each.name, each] as const))('%s', async (_, each) => {
        const verdict = await judged(each);
        const codes = verdict.findings.map(({ code }) => code);
        expect({ result: verdict.result, codes }).toMatchObject({ result: each.expect });
        if (each.code === undefined) expect(codes).toEqual([]);
        else expect(codes).toContain(each.code);
    });

    it('say on which disc a file is not what it should be', async () => {
        const found = [];
        for (const each of golden.cases)
            for (const { code, path, volume } of (await judged(each)).findings)
                if (code === 'package.segmentDiffers') found.push([path?.endsWith('.part002'), volume]);
        expect(found).toContainEqual([true, 2]);
        expect(found.every(([, volume]) => typeof volume === 'number')).toBe(true);
    });

    it('say which discs are missing, and of each item what holds without them', async () => {
        const [whole] = golden.cases;
        const middle = golden.cases.find(({ name }) => name === 'the second disc missing');
        if (whole === undefined || middle === undefined) throw new Error('no cases');
        const sound = await judged(whole);
        expect(sound.discs).toEqual({ count: 3, missing: [], again: [] });
        expect(sound.items.map(({ holds, sm3 }) => [holds, sm3])).toEqual([
            [true, true],
            [true, true],
        ]);
        expect(sound.receipt?.signed).toBe(true);
        const less = await judged(middle);
        // The third disc has the end of a recording, of which the middle was not read.
        expect(less.discs).toEqual({ count: 3, missing: [2], again: [3] });
        expect(less.items.map(({ content, holds }) => [content, holds])).toEqual([
            ['missing', false],
            ['missing', false],
        ]);
    });
});
