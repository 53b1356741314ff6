import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptedKeys } from '../platform/accepted-keys.ts';
import { makeKey } from '../platform/signer.ts';
import { makeSm2Key } from '../platform/sm2-signer.ts';
import { type TemporaryFolder, temporaryFolder } from '../testing/temporary-folder.ts';
import { formatShare, parseShare } from './key-share.ts';
import { liuhen } from './run.fixture.ts';

let folder: TemporaryFolder;
const at = (name: string) => join(folder.path, name);
const share = (key: string, number: number) => at(`${key}.share-${number}.txt`);
const joined = (files: string[], out: string) => liuhen(['keys', 'join', ...files, '--out', at(out)]);

beforeAll(async () => {
    folder = await temporaryFolder('shares');
    await makeKey(at('a-ed25519.pem'));
    await makeKey(at('b-ed25519.pem'));
    await makeSm2Key(at('a-sm2.pem'));
    for (const key of ['a-ed25519.pem', 'b-ed25519.pem', 'a-sm2.pem'])
        expect(await liuhen(['keys', 'split', at(key), '--out', folder.path])).toMatchObject({ code: 0 });
}, 60_000);
afterAll(() => folder.remove());

describe('shares of a key', () => {
    it('are written into a folder that is made for nobody else to read', async () => {
        expect(await liuhen(['keys', 'split', at('a-ed25519.pem'), '--out', at('shares')])).toMatchObject({ code: 0 });
        expect((await stat(at('shares'))).mode & 0o777).toBe(0o700);
    });

    it('give it back, any two of them and all three, byte by byte', async () => {
        for (const key of ['a-ed25519.pem', 'a-sm2.pem'])
            for (const numbers of [
                [1, 2],
                [3, 1],
                [2, 3],
                [1, 2, 3],
            ]) {
                const out = `${key}.${numbers.join('')}`;
                expect(
                    await joined(
                        numbers.map((number) => share(key, number)),
                        out,
                    ),
                ).toMatchObject({ code: 0 });
                expect(await readFile(at(out))).toEqual(await readFile(at(key)));
            }
    }, 60_000);

    it('are refused when they are too few, the same, of another key, or of another splitting', async () => {
        const one = share('a-ed25519.pem', 1);
        expect(await joined([one], 'x')).toMatchObject({ code: 2 });
        expect(await joined([one, one], 'x')).toMatchObject({ code: 1, err: expect.stringContaining('same share') });
        const other = await joined([one, share('b-ed25519.pem', 2)], 'x');
        expect(other).toMatchObject({ code: 1, err: expect.stringContaining('same splitting') });
        const forged = { ...parseShare(await readFile(share('b-ed25519.pem', 2), 'utf8')) };
        const { key, publicKey, set } = parseShare(await readFile(one, 'utf8'));
        await writeFile(at('forged.txt'), formatShare({ ...forged, key, publicKey, set }));
        const wrong = await joined([one, at('forged.txt')], 'x');
        expect(wrong.code).toBe(1);
        expect(wrong.err).toMatch(/no key file|is not the key/);
        await expect(readFile(at('x'))).rejects.toMatchObject({ code: 'ENOENT' });
        await expect(readFile(at('x.joining'))).rejects.toMatchObject({ code: 'ENOENT' });
    }, 60_000);

    it('of other servers are shown and accepted by their public half', async () => {
        const data = at('data');
        await mkdir(join(data, 'keys'), { recursive: true });
        const own = await makeKey(join(data, 'keys', 'app-ed25519.pem'));
        const other = await makeKey(at('other.pem'));
        const hex = Buffer.from(other.publicKey).toString('hex');
        expect((await liuhen(['keys', 'show', '--data', data])).out).toContain(own.keyId);
        expect(await liuhen(['keys', 'accept', hex, '--data', data])).toMatchObject({ code: 0 });
        expect((await liuhen(['keys', 'accept', hex, '--data', data])).out).toContain('before');
        expect((await liuhen(['keys', 'show', '--data', data])).out).toContain(hex);
        const kept = async () => JSON.parse(await readFile(join(data, 'keys', 'app-accepted.json'), 'utf8'));
        // Accepted before the first start: what the database knows is taken by it all the same, without what was withdrawn.
        expect(await kept()).toEqual({ keys: [hex], taken: false });
        const [third, fourth] = [await makeKey(at('third.pem')), await makeKey(at('fourth.pem'))];
        const thirdHex = Buffer.from(third.publicKey).toString('hex');
        expect((await liuhen(['keys', 'withdraw', thirdHex, '--data', data])).out).toContain('is withdrawn');
        expect((await liuhen(['keys', 'withdraw', thirdHex, '--data', data])).out).toContain('withdrawn before');
        const database = async () => [third.publicKey, fourth.publicKey];
        const first = await acceptedKeys(join(data, 'keys'), own, database);
        expect(first.map(({ keyId }) => keyId)).toEqual([other.keyId, fourth.keyId, own.keyId]);
        expect((await acceptedKeys(join(data, 'keys'), own, async () => [fourth.publicKey, third.publicKey])).length).toBe(3);
        expect((await liuhen(['keys', 'withdraw', hex, '--data', data])).out).toContain('is withdrawn');
        expect((await liuhen(['keys', 'show', '--data', data])).out).not.toContain(hex);
        const ownHex = Buffer.from(own.publicKey).toString('hex');
        const refused = await liuhen(['keys', 'withdraw', ownHex, '--data', data]);
        expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('this server uses') });
        expect((await liuhen(['keys', 'accept', hex, '--data', data])).out).toContain('is accepted');
        expect((await kept()).withdrawn).toEqual([thirdHex]);
        const none = await liuhen(['keys', 'accept', share('a-sm2.pem', 1), '--data', data]);
        expect(none).toMatchObject({ code: 1, err: expect.stringContaining('no public key') });
        const nowhere = await liuhen(['keys', 'accept', at('nowhere.pem'), '--data', data]);
        expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining('no public key') });
    }, 60_000);

    it('cannot be made of a key that is in a token, which is said', async () => {
        await writeFile(at('c-ed25519.token'), '{}');
        const refused = await liuhen(['keys', 'split', at('c-ed25519.token'), '--out', folder.path]);
        expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('token') });
    }, 60_000);

    it('name a line with a mistake, and what is no share', async () => {
        const text = await readFile(share('a-ed25519.pem', 1), 'utf8');
        const lines = text.split('\n');
        const changed = (line: number, to: (old: string) => string) =>
            lines.map((each, index) => (index === line ? to(each) : each)).join('\n');
        const turned = (old: string) => old.replace(/ [0-9a-f]/, (sign) => (sign === ' 0' ? ' 1' : ' 0'));
        expect(() => parseShare(changed(6, turned))).toThrow(
            expect.objectContaining({ code: 'keyShare.line', params: { line: 3 } }),
        );
        expect(() => parseShare(changed(1, (old) => `${old}x`))).toThrow(expect.objectContaining({ code: 'keyShare.damaged' }));
        expect(() => parseShare('hello')).toThrow(expect.objectContaining({ code: 'keyShare.none' }));
        await writeFile(at('bad.txt'), changed(6, turned));
        const bad = await joined([at('bad.txt'), share('a-ed25519.pem', 2)], 'y');
        expect(bad).toMatchObject({ code: 1, err: expect.stringContaining('line 3') });
    }, 60_000);

    it('are never written over others, nor a key over another', async () => {
        expect(await liuhen(['keys', 'split', at('a-ed25519.pem'), '--out', folder.path])).toMatchObject({ code: 1 });
        const files = [share('a-ed25519.pem', 1), share('a-ed25519.pem', 2)];
        expect(await joined(files, 'b-ed25519.pem')).toMatchObject({ code: 1 });
    }, 60_000);
});
