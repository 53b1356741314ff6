import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { formatAddCheckpoint, formatVerifierKey } from '@liuhen/domain';
import { afterAll, describe, expect, it } from 'vitest';
import { signed, testSigner, testTree, testWitness } from '../../../packages/domain/src/proof/golden/test-log.ts';
import { zipOf } from '../../../packages/domain/src/proof/package/golden/make-zip.ts';

const golden = JSON.parse(
    readFileSync(new URL('../../../packages/domain/src/proof/package/golden/package-v1.json', import.meta.url), 'utf8'),
) as { policy: string; files: Record<string, string> };
const files = Object.entries(golden.files).map(([name, text]) => ({ name, bytes: new Uint8Array(Buffer.from(text, 'base64')) }));
const folder = mkdtempSync(join(tmpdir(), 'liuhen-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

const policy = join(folder, 'policy.txt');
writeFileSync(policy, golden.policy);
const zip = join(folder, 'package.zip');
writeFileSync(zip, zipOf(files, { wide: true }));

function unpacked(name: string): string {
    const into = join(folder, name);
    for (const file of files) {
        mkdirSync(dirname(join(into, file.name)), { recursive: true });
        writeFileSync(join(into, file.name), file.bytes);
    }
    return into;
}
const content = files.find(({ name }) => name.endsWith('.mp4'))?.name ?? '';
const verify = (...args: string[]) =>
    spawnSync(process.execPath, [new URL('./main.ts', import.meta.url).pathname, ...args], { encoding: 'utf8' });

describe('liuhen-verify', () => {
    it('says of a folder and of a ZIP that they are valid', () => {
        for (const path of [zip, unpacked('sound')]) {
            const { status, stdout, stderr } = verify(path, '--policy', policy, '--sm3');
            expect(stderr).toBe('');
            expect(status).toBe(0);
            expect(stdout).toContain('证据包核验: 有效');
            expect(stdout).toContain('已入日志 golden.example/east，第 2 条，共 5 条');
            expect(stdout).toContain('SM3 一致');
        }
    });

    it('says it in English and as JSON', () => {
        expect(verify(zip, '--policy', policy, '--lang', 'en').stdout).toContain('witnesses 2 of 2');
        const { stdout } = verify(zip, '--policy', policy, '--json');
        expect(JSON.parse(stdout)).toMatchObject({ result: 'valid', items: [{ holds: true }, { holds: true }] });
    });

    it('ends with 2 where no policy from elsewhere is given, or a file is missing', () => {
        expect(verify(zip).status).toBe(2);
        const path = unpacked('missing');
        rmSync(join(path, content));
        expect(verify(path, '--policy', policy).status).toBe(2);
    });

    it('ends with 1 where a byte differs, or a link or a file stands among the others', () => {
        const changed = unpacked('changed');
        const bytes = readFileSync(join(changed, content));
        bytes[100] = 0;
        writeFileSync(join(changed, content), bytes);
        const found = verify(changed, '--policy', policy);
        expect(found.status).toBe(1);
        expect(found.stdout).toContain(`! 文件与清单不一致 - ${content}`);
        const linked = unpacked('linked');
        symlinkSync(zip, join(linked, 'more'));
        expect(verify(linked, '--policy', policy).status).toBe(1);
    });

    it('takes the discs of a package in any order, and ends with 2 where one is missing', () => {
        const volumes = JSON.parse(
            readFileSync(new URL('../../../packages/domain/src/proof/package/golden/volumes-v1.json', import.meta.url), 'utf8'),
        ) as { discs: Record<string, string>[] };
        const [one = '', two = '', three = ''] = volumes.discs.map((disc, at) => {
            const into = join(folder, `disc-${at + 1}`);
            for (const [name, text] of Object.entries(disc)) {
                mkdirSync(dirname(join(into, name)), { recursive: true });
                writeFileSync(join(into, name), Buffer.from(text, 'base64'));
            }
            return into;
        });
        const all = verify(three, one, two, '--policy', policy, '--sm3');
        expect([all.stderr, all.status]).toEqual(['', 0]);
        expect(all.stdout).toContain('光盘: 共 3 张，已读取 3 张 · 全部光盘已读取');
        const less = verify(three, two, '--policy', policy, '--lang', 'en');
        expect(less.status).toBe(2);
        expect(less.stdout).toContain('Discs: 2 of 3 read · still missing: 1');
        expect(less.stdout).toContain('! a disc was not read - disc 1');
        expect(verify(one, two, three, zip, '--policy', policy).status).toBe(1);
        expect(verify(one, join(folder, 'nothing'), '--policy', policy).status).toBe(3);
    });

    it('names what a desktop left in a folder, which proves nothing and spoils nothing', () => {
        const path = unpacked('looked-at');
        for (const name of ['.DS_Store', 'content/Thumbs.db', 'Desktop.ini']) writeFileSync(join(path, name), 'x');
        const { status, stdout } = verify(path, '--policy', policy);
        expect(status).toBe(0);
        for (const name of ['.DS_Store', 'content/Thumbs.db', 'Desktop.ini'])
            expect(stdout).toContain(`! 系统自动放入的文件，不属于证据包，不证明任何事项 - ${name}`);
        // A link of that name leads elsewhere: no desktop makes one.
        symlinkSync(zip, join(path, 'thumbs.db'));
        expect(verify(path, '--policy', policy).status).toBe(1);
    });

    it('says of an image of a disc that it has to be mounted', () => {
        const image = join(folder, 'disc.iso');
        writeFileSync(image, Buffer.concat([Buffer.alloc(16 * 2048), Buffer.from('\u0001CD001'), Buffer.alloc(2048)]));
        const { status, stderr } = verify(image, '--policy', policy);
        expect([status, stderr]).toEqual([3, expect.stringContaining('请先挂载')]);
    });

    it('ends with 3 where it is no package', () => {
        expect(verify(join(folder, 'nothing'))).toMatchObject({ status: 3, stderr: expect.stringContaining('找不到文件') });
        expect(verify(policy)).toMatchObject({ status: 3, stderr: expect.stringContaining('不是 ZIP 文件（zip.notZip）') });
        expect(verify().status).toBe(3);
        expect(verify(zip, '--policy', zip)).toMatchObject({ status: 3, stderr: expect.stringContaining('策略文件有误') });
    });

    it('says in words and as JSON why a ZIP cannot be read', () => {
        const whole = readFileSync(zip);
        const half = join(folder, 'half.zip');
        writeFileSync(half, whole.subarray(0, whole.length / 2));
        const { status, stdout, stderr } = verify(half, '--policy', policy, '--json', '--lang', 'en');
        expect([status, stderr]).toEqual([3, expect.stringContaining('not whole')]);
        expect(JSON.parse(stdout)).toMatchObject({ result: 'unreadable', code: 'zip.truncated', reason: stderr.trim() });
        const nowhere = verify(join(folder, 'nothing'), '--json');
        expect([nowhere.status, JSON.parse(nowhere.stdout).result]).toEqual([3, 'unreadable']);
    });
});

describe('liuhen-verify with a kept checkpoint', () => {
    const ORIGIN = 'example.org/log';
    const log = testSigner(ORIGIN);
    const tree = testTree(12);
    const note = (size: number) => signed(tree.text(ORIGIN, size), log.sign(tree.text(ORIGIN, size)));
    const put = (name: string, bytes: Uint8Array) => {
        writeFileSync(join(folder, name), bytes);
        return join(folder, name);
    };
    const keys = put('growth-policy.txt', Buffer.from(`log ${formatVerifierKey(log.key)}\nquorum none\n`));
    const growth = async (from: number, to: number) =>
        formatAddCheckpoint({ oldSize: BigInt(from), proof: await tree.consistency(from, to), checkpoint: note(to) });

    it('says that the log only grew, and ends with 0', async () => {
        const proof = put('growth.txt', await growth(5, 12));
        const { status, stdout, stderr } = verify(proof, '--older', put('older.txt', note(5)), '--policy', keys);
        expect([stderr, status]).toEqual(['', 0]);
        expect(stdout).toContain('日志连续性核验: 有效');
        expect(stdout).toContain('较早的检查点: 5 条，策略里没有见证方');
        expect(verify(proof, '--older', join(folder, 'older.txt'), '--policy', keys, '--lang', 'en').stdout).toContain(
            'later checkpoint: 12 entries',
        );
    });

    it('ends with 2 where the later checkpoint has too few witnesses', () => {
        const city = testWitness('witness.example/city');
        const lines = `log ${formatVerifierKey(log.key)}\nwitness city ${formatVerifierKey(city.key)}\nquorum city\n`;
        const { status, stdout } = verify(
            ...[join(folder, 'growth.txt'), '--older', join(folder, 'older.txt')],
            ...['--policy', put('quorum.txt', Buffer.from(lines))],
        );
        expect([status, stdout]).toEqual([2, expect.stringContaining('尚未达到策略要求的见证数')]);
    });

    it('ends with 1 where it is not shown, and with 3 without keys or files', async () => {
        const proof = put('growth.txt', await growth(5, 12));
        const wrong = verify(proof, '--older', put('other.txt', note(6)), '--policy', keys);
        expect([wrong.status, wrong.stdout]).toEqual([1, expect.stringContaining('证明从 5 条开始')]);
        const changed = verify(proof, '--older', put('other.txt', Buffer.from('nothing')), '--policy', keys);
        expect([changed.status, changed.stdout]).toEqual([1, expect.stringContaining('note.malformed')]);
        expect(verify(proof, '--older', join(folder, 'older.txt')).status).toBe(3);
        expect(verify(proof, '--older', join(folder, 'missing.txt'), '--policy', keys).status).toBe(3);
    });
});
