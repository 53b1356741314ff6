import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bodyOf, DAY, parseNote, parseVerifierKey } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../../platform/command/command.ts';
import { nodeDigest } from '../../../platform/digest.ts';
import { verifyEd25519 } from '../../../platform/signer.ts';
import type { TokenConfig } from '../../../platform/token-key.ts';
import { commandBy } from '../../../testing/builders.ts';
import { addOrganisation, type FeatureSystem, featureSystem, type TestOrganisation } from '../../../testing/feature-system.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../testing/temporary-folder.ts';
import { Checkpointer } from './checkpointer.ts';
import { heldKeys, LogKeys } from './log-keys.ts';
import { SignedState } from './signed-state.ts';

/** A token in software (SoftHSM 2), which speaks PKCS #11 as one of hardware does. */
const MODULE = '/usr/lib/softhsm/libsofthsm2.so';
const PIN = '271828';

let system: FeatureSystem;
let pudong: TestOrganisation;
let folder: TemporaryFolder;
let token: TokenConfig;

beforeAll(async () => {
    folder = await temporaryFolder('token');
    await mkdir(join(folder.path, 'tokens'));
    const settings = join(folder.path, 'softhsm2.conf');
    await writeFile(
        settings,
        `directories.tokendir = ${join(folder.path, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`,
    );
    vi.stubEnv('SOFTHSM2_CONF', settings);
    const initialised = ['--init-token', '--free', '--label', 'liuhen', '--so-pin', '31415926', '--pin', PIN];
    execFileSync('softhsm2-util', initialised, { stdio: 'pipe' });
    token = { module: MODULE, label: 'liuhen', pinFile: join(folder.path, 'pin') };
    await writeFile(token.pinFile, `${PIN}\n`, { mode: 0o600 });
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
}, 120_000);
afterAll(async () => {
    vi.unstubAllEnvs();
    await system.expectSound();
    await system.close();
    await folder.remove();
});

const write = () =>
    runCommand(system.services.commands, commandBy(system.services, pudong.id, pudong.actor), 'party.import', async (tx) => ({
        result: null,
        events: [{ kind: 'party.created' as const, creates: [tx.newId()], body: bodyOf({ name: '相对人（虚构）' }) }],
    }));
const keyFolder = () => system.services.installation.keyFolder;
const signerWith = (given: TokenConfig | undefined) =>
    new Checkpointer(system.services, {
        keys: new LogKeys(system.services, { keyFolder: keyFolder(), base: 'log.example', token: given }),
        signed: new SignedState(keyFolder()),
    });
const sign = (given: TokenConfig | undefined = token) => signerWith(given).sign(pudong.id);
const rows = async <T>(sql: string): Promise<T[]> => (await system.superPool.query(sql, [pudong.id])).rows as T[];
const notes = async () =>
    (await rows<{ note: Buffer }>("select note from ledger.checkpoint where org_id = $1 and hash = 'sha256' order by size")).map(
        ({ note }) => note,
    );
const alarm = async () =>
    (await rows<{ code: string; params: string }>('select code, params from liuhen.checkpoint_alarm where org_id = $1'))[0];
const verifiers = async () =>
    (
        await rows<{ verifier: string; origin: string }>(
            "select verifier, origin from ledger.log_key where org_id = $1 and hash = 'sha256' order by year",
        )
    ).map(({ verifier, origin }) => ({ origin, key: parseVerifierKey(nodeDigest.sha256, verifier) }));
const ownFiles = async () => (await readdir(join(keyFolder(), 'log'))).filter((name) => name.startsWith(pudong.id)).sort();

describe('a key in a token', () => {
    it('is made there at first use, signs, and no private half of it comes to the server', async () => {
        await write();
        await sign();
        const [made, second, ...more] = await ownFiles();
        expect([made, second]).toEqual([
            expect.stringMatching(/-\d{4}-ed25519[.]token$/),
            expect.stringMatching(/-\d{4}-sm2[.]pem$/),
        ]);
        expect(more).toEqual([]);
        const [{ origin, key }] = (await verifiers()) as [Awaited<ReturnType<typeof verifiers>>[0]];
        const held = JSON.parse(await readFile(join(keyFolder(), 'log', made ?? ''), 'utf8'));
        expect(held).toEqual({ id: expect.any(String), publicKey: Buffer.from(key.publicKey).toString('hex') });
        const [note] = await notes();
        const { text, signatures } = parseNote(note ?? new Uint8Array());
        expect(verifyEd25519(key.publicKey, Buffer.from(text), signatures[0]?.signature ?? new Uint8Array())).toBe(true);
        expect((await heldKeys(keyFolder(), pudong.id, 'sha256', origin)).map((each) => each.publicKey)).toEqual([key.publicKey]);
        expect(await alarm()).toBeUndefined();
    });

    it('that cannot be asked stops the signing with its reason, while commands go on; it catches up by itself', async () => {
        const before = (await notes()).length;
        await write();
        await sign({ ...token, label: 'elsewhere' });
        expect(await alarm()).toMatchObject({ code: 'checkpoint.tokenAway' });
        expect((await alarm())?.params).toContain('elsewhere');
        await sign({ ...token, module: join(folder.path, 'no-such-module.so') });
        expect(await alarm()).toMatchObject({ code: 'checkpoint.tokenAway' });
        expect(await notes()).toHaveLength(before);
        await write();
        await sign();
        expect(await alarm()).toBeUndefined();
        expect((await notes()).length).toBeGreaterThan(before);
    });

    it('is never asked twice with a PIN that it refused, so that it does not lock itself', async () => {
        await write();
        await writeFile(token.pinFile, '000000');
        for (let time = 0; time < 12; time++) await sign();
        expect(await alarm()).toMatchObject({ code: 'checkpoint.tokenPin' });
        expect((await alarm())?.params).toContain('before');
        expect((await alarm())?.params).not.toContain('000000');
        await writeFile(token.pinFile, PIN);
        await sign();
        expect(await alarm()).toBeUndefined();
    });

    it('whose private half another key answers for is not believed', async () => {
        const [made] = await ownFiles();
        const file = join(keyFolder(), 'log', made ?? '');
        const own = await readFile(file, 'utf8');
        // As a token whose object was exchanged: the id leads to another key.
        const before = (await notes()).length;
        await rename(file, `${file}.aside`);
        system.services.clock.advance(366 * DAY);
        await write();
        await sign();
        const next = (await ownFiles()).find((name) => name.endsWith('.token') && name !== made) ?? '';
        expect((await notes()).length).toBeGreaterThan(before);
        const other = JSON.parse(await readFile(join(keyFolder(), 'log', next), 'utf8')) as { id: string };
        await rename(`${file}.aside`, file);
        const good = await readFile(join(keyFolder(), 'log', next), 'utf8');
        await writeFile(join(keyFolder(), 'log', next), `${JSON.stringify({ ...JSON.parse(good), id: JSON.parse(own).id })}\n`);
        expect(other.id).not.toBe(JSON.parse(own).id);
        await write();
        await sign();
        expect(await alarm()).toMatchObject({ code: 'checkpoint.tokenAway' });
        await writeFile(join(keyFolder(), 'log', next), good);
        await sign();
        expect(await alarm()).toBeUndefined();
        // Two years, two keys: each was made in the token.
        expect(await verifiers()).toHaveLength(2);
    });

    it('made in a file before there was a token goes on signing until its year is over', async () => {
        const jingan = await addOrganisation(system, '310106', '静安区卫生健康委员会监督所');
        await signerWith(undefined).sign(jingan.id);
        await signerWith(token).sign(jingan.id);
        const files = (await readdir(join(keyFolder(), 'log'))).filter((name) => name.startsWith(jingan.id));
        expect(files.every((name) => name.endsWith('.pem'))).toBe(true);
        expect((await system.superPool.query('select 1 from ledger.log_key where org_id = $1', [jingan.id])).rowCount).toBe(2);
    });
});
