import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Id, PACKAGE_PATHS } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PackingSystem, SCAN, sha256, unzip } from '../../testing/packing-system.ts';
import { pdfText } from '../../testing/pdf-text.ts';
import { builtVerifyPage } from '../../web-build.ts';

const VERIFIER = fileURLToPath(new URL('../../../../verify/src/main.ts', import.meta.url));

/** What somebody said why they watch. */
const VIEWED_FOR = '复核本案证据';

let system: PackingSystem;
let policy: string;
let zip: string;
let members: Map<string, Buffer>;

/** The program that is given to others, with the policy that the server gave beforehand. */
function verify(path: string, ...more: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [VERIFIER, path, '--json', ...more], {
        encoding: 'utf8',
        maxBuffer: 64_000_000,
    });
    return { status, stderr, verdict: stdout === '' ? undefined : JSON.parse(stdout) };
}
const verifyWithPolicy = (path: string) => verify(path, '--policy', policy, '--sm3');
const codes = (verdict: { findings: { code: string; path?: string }[] }) =>
    verdict.findings.map(({ code, path }) => [code, path]);

async function downloaded(id: Id): Promise<string> {
    const path = join(system.folder, `${id}.zip`);
    await writeFile(path, Buffer.from(await (await system.fetched(id)).arrayBuffer()));
    return path;
}

/** The package as a folder, to be tampered with. */
async function unpacked(name: string): Promise<string> {
    const folder = join(system.folder, name);
    for (const [path, bytes] of members) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), bytes);
    }
    return folder;
}

beforeAll(async () => {
    system = await PackingSystem.open();
    policy = join(system.folder, 'policy.txt');
    const [recording = ''] = system.recordings;
    await system.as('gumingzhi').call('recording.openViewing', { params: { id: recording }, body: { purpose: VIEWED_FOR } });
}, 180_000);
afterAll(() => system?.close(), 120_000);

describe('an evidence package of the server, verified by the program for others', () => {
    it.each([
        [undefined],
        ['package.memberDone:kill:2'],
        ['package.memberDone:kill:9'],
        ['package.issued:kill'],
        ['package.stored:kill'],
    ])(
        'is valid, killed at %s in between',
        async (failpoint) => {
            const id = await system.packed(failpoint === 'no point' ? undefined : failpoint);
            const answer = await fetch(`${system.server.url}/api/ledger/policy`, {
                headers: { cookie: system.cookie('gumingzhi') },
            });
            expect(answer.status).toBe(200);
            await writeFile(policy, Buffer.from(await answer.arrayBuffer()));
            zip = await downloaded(id);
            const { status, stderr, verdict } = verifyWithPolicy(zip);
            expect([stderr, verdict.findings, status]).toEqual(['', [], 0]);
            expect(verdict).toMatchObject({ result: 'valid', policy: 'given', manifest: { id } });
            expect(verdict.items.map((each: { holds: boolean; sm3: boolean }) => [each.holds, each.sm3])).toEqual([
                [true, true],
                [true, true],
                [true, true],
            ]);
            expect(verdict.manifest.items[2]).toMatchObject({
                ...{ kind: 'document', id: system.document, name: '现场笔录 扫描件', sha256: sha256(SCAN) },
            });
            // The manifest as a whole is the issuer's word, and there are no witnesses here.
            expect(verdict.receipt).toMatchObject({ signed: true, findings: [], entry: { kind: 'retrieval.packaged' } });
            expect(verdict.notProven).toEqual(['truth', 'completeness', 'before', 'verifier', 'times']);
            expect((await system.kinds(id)).filter((kind) => kind === 'retrieval.packaged')).toHaveLength(1);
            const { package: made } = await system.get(id);
            expect(sha256(await readFile(zip))).toBe(made?.sha256);
            expect(verdict.manifestSha256).toBe(made?.manifestSha256);
            members = unzip(await readFile(zip));
            expect(made?.files).toBe(members.size);
            // The picture's own words, and the table below it.
            const chart = await pdfText(members.get(PACKAGE_PATHS.chart) ?? new Uint8Array());
            expect(chart).toContain('执法过程时间对照图');
            expect(chart.split('全程无音像').length + chart.split('连续').length).toBeGreaterThan(2);
            expect(members.get(PACKAGE_PATHS.verifier)).toEqual(await readFile(await builtVerifyPage(() => undefined)));
        },
        120_000,
    );

    it('has who watched a recording as an entry with its proof, and not in words', () => {
        const entries = [...members].filter(([path]) => path.startsWith('entries/'));
        const kindAt = new Map(entries.map(([path, bytes]) => [path.slice(8, -5), JSON.parse(bytes.toString()).kind as string]));
        const told = new Set([...members.keys()].filter((path) => path.startsWith('bodies/')).map((path) => path.slice(7, -5)));
        const without = [...kindAt].filter(([place]) => !told.has(place));
        expect(new Set(without.map(([, kind]) => kind))).toContain('recording.viewingOpened');
        expect(new Set([...told].map((place) => kindAt.get(place)))).toContain('recording.registered');
        for (const place of kindAt.keys())
            expect([...members.keys()]).toEqual(
                expect.arrayContaining([`proofs/${place}.tlog-proof`, `proofs/${place}.sm.tlog-proof`]),
            );
        const words = [...members]
            .filter(([path]) => path.startsWith('bodies/'))
            .map(([, bytes]) => bytes.subarray(32).toString());
        expect(words.filter((each) => each.includes(VIEWED_FOR))).toEqual([]);
    });

    it('is incomplete for who has no policy but the one in it', () => {
        const { status, verdict } = verify(zip);
        expect([status, codes(verdict)]).toEqual([2, [['package.ownPolicy', PACKAGE_PATHS.policy]]]);
        expect(members.get(PACKAGE_PATHS.policy)?.toString()).toContain('quorum none');
    });

    it('is invalid with one byte of an original changed, in the ZIP and in a folder', async () => {
        const path = [...members.keys()].find((each) => each.startsWith('content/')) ?? '';
        const whole = await readFile(zip);
        const at = whole.indexOf(members.get(path) ?? '') + 1000;
        whole[at] = (whole[at] ?? 0) ^ 1;
        const changed = join(system.folder, 'changed.zip');
        await writeFile(changed, whole);
        const folder = await unpacked('changed');
        const bytes = Buffer.from(members.get(path) ?? '');
        bytes[1000] = (bytes[1000] ?? 0) ^ 1;
        await writeFile(join(folder, path), bytes);
        for (const each of [changed, folder]) {
            const { status, verdict } = verifyWithPolicy(each);
            expect([status, codes(verdict)[0]]).toEqual([1, ['package.fileDiffers', path]]);
            expect(verdict.items.filter(({ holds }: { holds: boolean }) => holds)).toHaveLength(2);
        }
    });

    it('is incomplete where a file was left out, and less proven without the entry of its issuing', async () => {
        const folder = await unpacked('less');
        expect(verifyWithPolicy(folder).status).toBe(0);
        await rm(join(folder, 'receipt'), { recursive: true });
        const without = verifyWithPolicy(folder);
        expect([without.status, without.verdict.notProven]).toEqual([
            0,
            ['truth', 'completeness', 'before', 'verifier', 'words', 'times'],
        ]);
        for (const path of [PACKAGE_PATHS.statement, [...members.keys()].find((each) => each.startsWith('content/')) ?? '']) {
            const less = join(system.folder, 'lesser');
            await cp(folder, less, { recursive: true });
            await rm(join(less, path));
            const { status, verdict } = verifyWithPolicy(less);
            expect([status, codes(verdict)]).toEqual([2, [['package.fileMissing', path]]]);
            await rm(less, { recursive: true });
        }
    });

    it('is invalid with the list of another package', async () => {
        const folder = await unpacked('other');
        const list = members.get(PACKAGE_PATHS.manifest)?.toString() ?? '';
        await writeFile(join(folder, PACKAGE_PATHS.manifest), list.replace('钱书记员', '孙书记员'));
        const { status, verdict } = verifyWithPolicy(folder);
        expect([status, codes(verdict)]).toEqual([1, [['package.receiptDiffers', PACKAGE_PATHS.receiptEntry]]]);
    });
});
