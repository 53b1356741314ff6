import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson, RECORD_MAX_BYTES } from '@liuhen/domain';
import { afterAll, describe, expect, it } from 'vitest';
import { plainRecord, provenRecord, recordPolicy } from '../../../packages/domain/src/inspection/record-testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'liuhen-verify-record-'));
afterAll(() => rmSync(folder, { recursive: true }));

const put = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
};
const policy = put('policy.txt', recordPolicy());
const verify = (...args: string[]) =>
    spawnSync(process.execPath, [new URL('./main.ts', import.meta.url).pathname, ...args], { encoding: 'utf8' });

describe('liuhen-verify with the record of a sample', () => {
    it('draws it again and says so, whatever the file is called, and ends with 0', async () => {
        // Told from a package by what is in it.
        const path = put('sample.zip', canonicalJson(await provenRecord()));
        const { status, stdout, stderr } = verify(path, '--policy', policy);
        expect([stderr, status]).toEqual(['', 0]);
        for (const line of [
            '稽查抽样核验: 有效',
            '编号: 310100-JC-2026-0001',
            '✓ 种子与封存时公布的承诺一致',
            '✓ 种子在期间结束之前封存，期间结束之后才抽取 · 期间结束前，见证方已于 2026-12-31 00:00:00 UTC 见到含有此承诺的日志',
            '✓ 重新抽取的样本与记录一致',
            '期间内执法行为 30 起，其中单列不抽 1 起；抽中 8 起',
            '310100-JC-2026-0002 专项稽查',
            '已放弃，未抽取 · 理由：合并到第 1 号 · 与本次有相同的执法行为可抽',
            '种子不是挑选出来的：没有混入公开数值',
        ])
            expect(stdout).toContain(line);
        expect(verify(path, '--policy', policy, '--lang', 'en').stdout).toContain('✓ drawn again, the sample is the same');
    });

    it('says it as JSON, by the numbers of acts and without the list', async () => {
        const path = put('record.json', canonicalJson(await provenRecord()));
        const { status, stdout } = verify(path, '--policy', policy, '--json');
        const verdict = JSON.parse(stdout);
        expect([status, verdict.result, verdict.checks.seed, verdict.sample.length]).toEqual([0, 'valid', 'holds', 8]);
        expect(verdict.sample[0]).toEqual({
            place: 1,
            number: expect.stringMatching(/^310111-2026-/),
            stratum: expect.anything(),
        });
        expect(verdict).toMatchObject({ kind: 'inspectionSample', population: { acts: 30, apart: 1 } });
        expect(stdout).not.toContain('"acts": [');
    });

    it('ends with 2 where nothing shows when the seed was sealed, and says what is not proved', () => {
        const { status, stdout } = verify(put('plain.json', canonicalJson(plainRecord())));
        expect(status).toBe(2);
        expect(stdout).toContain('? 种子是否在期间结束之前封存，这里未得到证明');
        expect(stdout).toContain('! 记录不含日志条目');
    });

    it('ends with 1 where an act was put in the place of another, and names both', async () => {
        const record = await provenRecord();
        const { result, frame } = record;
        const [first, ...rest] = result.picks;
        const other = frame.acts.find((act) => !result.picks.some((pick) => pick.act === act.id));
        if (first === undefined || other === undefined) throw new Error('sample');
        const picks = [{ ...first, act: other.id }, ...rest];
        const path = put('swapped.json', canonicalJson({ ...record, result: { ...result, picks } }));
        const { status, stdout } = verify(path, '--policy', policy);
        const drawn = frame.acts.find(({ id }) => id === first.act)?.number;
        expect([status, stdout]).toEqual([1, expect.stringContaining(`第 1 位：记录为 ${other.number}，重新抽取为 ${drawn}`)]);
    });

    it('ends with 3 where it cannot be read, each with its own words', () => {
        const text = canonicalJson(plainRecord());
        const read = (given: string) => verify(put('bad.json', given), '--json');
        for (const [given, code] of [
            [text.slice(0, 700), 'record.truncated'],
            ['{"format":"liuhen.draw.record.v1"}', 'record.otherFormat'],
            [canonicalJson({ ...plainRecord(), frame: 7 }), 'record.shape'],
        ] as const) {
            const { status, stdout } = read(given);
            expect([status, JSON.parse(stdout).findings[0].code]).toEqual([3, code]);
        }
        expect(verify(put('cut.json', text.slice(0, 700))).stdout).toContain('! 文件不完整，可能没有下载或者复制完');
        // Files of holes, one of them larger than any memory: nothing is read but their length and their beginning.
        for (const size of [RECORD_MAX_BYTES + 1, 2 ** 43]) {
            const huge = put('huge.json', '{');
            truncateSync(huge, size);
            const { status, stdout } = verify(huge);
            expect([status, stdout]).toEqual([3, expect.stringContaining('文件过大，不是抽样记录')]);
        }
    });
});
