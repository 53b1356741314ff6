import { execFile, spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PackingSystem, unzip } from '../../testing/packing-system.ts';
import { timeStampAuthority, timeStampServer } from '../../testing/time-stamp-authority.ts';

const VERIFIER = fileURLToPath(new URL('../../../../verify/src/main.ts', import.meta.url));
let authority: Awaited<ReturnType<typeof timeStampAuthority>>;
let tsa: Awaited<ReturnType<typeof timeStampServer>>;
let answers = true;
let system: PackingSystem;
let policy: string;

beforeAll(async () => {
    authority = await timeStampAuthority();
    tsa = await timeStampServer(async (request) =>
        answers ? { body: await authority.reply(request) } : { status: 503, body: new Uint8Array(0) },
    );
    system = await PackingSystem.open({ LIUHEN_TSA_URL: tsa.url, LIUHEN_TSA_ROOTS: join(authority.path, 'root.pem') });
    policy = join(system.folder, 'policy.txt');
}, 180_000);
afterAll(async () => {
    await system?.close();
    await tsa?.close();
    await authority?.remove();
}, 120_000);

/** A package of a new retrieval with what the verifier for others says of it. */
async function made(name: string) {
    const id: Id = await system.packed();
    const answer = await fetch(`${system.server.url}/api/ledger/policy`, { headers: { cookie: system.cookie('gumingzhi') } });
    await writeFile(policy, Buffer.from(await answer.arrayBuffer()));
    const zip = join(system.folder, `${name}.zip`);
    await writeFile(zip, Buffer.from(await (await system.fetched(id)).arrayBuffer()));
    const { status, stdout } = spawnSync(process.execPath, [VERIFIER, zip, '--json', '--policy', policy], {
        encoding: 'utf8',
        maxBuffer: 64_000_000,
    });
    return { status, verdict: JSON.parse(stdout), members: unzip(await readFile(zip)) };
}
type Made = Awaited<ReturnType<typeof made>>;
const stampsOf = ({ verdict }: Made) => verdict.items.map(({ stamp }: { stamp?: object }) => stamp);
const filesOf = ({ members }: Made) => [...members.keys()].filter((path) => /^(?:tsa|checkpoints)\//.test(path));

describe('an evidence package of a server that has a time-stamp authority', () => {
    let first: Made;

    it('has the time-stamp of the checkpoint of its proofs, which OpenSSL accepts as well', async () => {
        first = await made('first');
        expect([first.verdict.findings, first.status]).toEqual([[], 0]);
        for (const stamp of stampsOf(first)) expect(stamp).toMatchObject({ authority: 'tsa of a test', believed: true });
        expect(first.verdict.notProven).toEqual(['truth', 'completeness', 'before', 'verifier']);
        const [checkpoint = '', token = ''] = filesOf(first).sort();
        expect(filesOf(first)).toHaveLength(2);
        const at = (name: string) => join(authority.path, name);
        await writeFile(at('of.tsr'), first.members.get(token) ?? '');
        await writeFile(at('of.txt'), first.members.get(checkpoint) ?? '');
        const { stdout } = await promisify(execFile)('openssl', [
            ...['ts', '-verify', '-in', at('of.tsr'), '-data', at('of.txt'), '-CAfile', at('root.pem')],
        ]);
        expect(stdout).toContain('Verification: OK');
        expect(first.members.get('README.txt')?.toString()).toContain('tsa/ 时间戳机构');
    }, 120_000);

    it('is made as well where the authority is away, with the earlier time-stamp joined to its proofs', async () => {
        answers = false;
        const second = await made('second');
        expect([second.verdict.findings, second.status]).toEqual([[], 0]);
        expect(stampsOf(second)).toEqual(stampsOf(first));
        expect(filesOf(second).map((path) => path.split('.').at(-1))).toEqual(['txt', 'tsr', 'growth']);
    }, 120_000);
});
