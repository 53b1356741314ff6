import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSm2Signature, toHex, utf8Bytes } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifySm2 } from '../../../verify/src/sm2.ts';
import { makeSm2Key, newSm2Key, openSm2Key, sm2Pem, sm2Signer } from './sm2-signer.ts';
import { verifySm2 as verifyOnServer } from './sm2-verify.ts';

const USER_ID = 'distid:1234567812345678';
const MESSAGE = utf8Bytes('example.org/log/sm\n0\nGrIdg1XPoX+OYRlIMegajyK+yMco/vt0ftA161CCqis=\n');
let folder: string;
const path = (name: string): string => join(folder, name);
/** Runs OpenSSL, which must be there: nothing of this is passed over. */
const openssl = (...words: readonly string[]) =>
    execFileSync('openssl', words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
const verifiedByOpenssl = (userId = USER_ID): boolean => {
    try {
        const words = ['pkeyutl', '-verify', '-pubin', '-inkey', 'public.pem', '-rawin', '-digest', 'sm3', '-in', 'message'];
        return openssl(...words, '-sigfile', 'signature', '-pkeyopt', userId)
            .toString()
            .includes('Verified Successfully');
    } catch (error) {
        expect(String((error as { stdout: Buffer }).stdout)).toContain('Signature Verification Failure');
        return false;
    }
};

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'liuhen-sm2-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the signer of SM2', () => {
    it('has the public key of the example of GB/T 32918.5', () => {
        // Annex A.2: the private key, and the public key that follows from it.
        const signer = sm2Signer('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8');
        expect(toHex(signer.publicKey)).toBe(
            '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
        );
        const signature = signer.sign(utf8Bytes('message digest'));
        expect(verifySm2(signer.publicKey, utf8Bytes('message digest'), signature)).toBe(true);
    });

    it('signs what the verifier and OpenSSL verify, with keys that OpenSSL reads, and with the standard user id only', () => {
        for (let at = 0; at < 20; at += 1) {
            const key = newSm2Key();
            const signer = sm2Signer(key);
            const message = at === 0 ? new Uint8Array(0) : randomBytes(at * 7);
            const signature = signer.sign(message);
            for (const verify of [verifySm2, verifyOnServer]) {
                expect(verify(signer.publicKey, message, signature)).toBe(true);
                expect(verify(signer.publicKey, utf8Bytes('another'), signature)).toBe(false);
            }
            writeFileSync(path('key.pem'), sm2Pem(key));
            openssl('ec', '-in', 'key.pem', '-pubout', '-out', 'public.pem');
            writeFileSync(path('message'), message);
            writeFileSync(path('signature'), signature);
            const spki = openssl('ec', '-in', 'key.pem', '-pubout', '-outform', 'DER');
            expect(toHex(spki.subarray(-65))).toBe(toHex(signer.publicKey));
            // OpenSSL refuses to read an empty message.
            if (message.length > 0) {
                expect(verifiedByOpenssl()).toBe(true);
                expect(verifiedByOpenssl('distid:another')).toBe(false);
            }
        }
    });

    it('writes r and s of any size as DER has them', () => {
        const signer = sm2Signer(newSm2Key());
        const lengths = new Set<number>();
        for (let at = 0; at < 400; at += 1) {
            const signature = signer.sign(MESSAGE);
            expect(parseSm2Signature(signature)).toBeDefined();
            lengths.add(signature.length);
        }
        // 70, 71 and 72 bytes are every day's; shorter ones come one time in 128.
        expect(lengths.size).toBeGreaterThanOrEqual(3);
    });

    it('never signs twice with one secret number', () => {
        const signer = sm2Signer(newSm2Key());
        const all = Array.from({ length: 200 }, () => parseSm2Signature(signer.sign(MESSAGE))?.r);
        expect(new Set(all).size).toBe(200);
    });
});

describe('the key file', () => {
    it('is made once, for its owner only, and read again', async () => {
        const file = path('log-sm2.pem');
        expect(await openSm2Key(file)).toBeUndefined();
        const made = await makeSm2Key(file);
        expect(statSync(file).mode & 0o777).toBe(0o600);
        chmodSync(file, 0o644);
        const again = await openSm2Key(file);
        expect(again === undefined ? [] : [again.keyId, toHex(again.publicKey)]).toEqual([made.keyId, toHex(made.publicKey)]);
        expect(statSync(file).mode & 0o777).toBe(0o600);
        expect(verifySm2(made.publicKey, MESSAGE, again?.sign(MESSAGE) ?? new Uint8Array())).toBe(true);
    });

    it.each([
        ['nothing', ''],
        ['half a key', sm2Pem(newSm2Key()).slice(0, 100)],
        ['the number 0', sm2PemOf('00'.repeat(32))],
        ['a number too large', sm2Pem('fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122')],
    ])('with %s is refused and stays as it is', async (_, text) => {
        const file = path('other.pem');
        writeFileSync(file, text);
        await expect(openSm2Key(file)).rejects.toThrow('does not hold an SM2 key');
        expect(readFileSync(file, 'utf8')).toBe(text);
    });

    it('with the public key of another is refused', async () => {
        const [one, two] = [Buffer.from(pkcs8(newSm2Key())), Buffer.from(pkcs8(newSm2Key()))];
        const file = path('mixed.pem');
        writeFileSync(file, pemOf(Buffer.concat([one.subarray(0, 68), two.subarray(68)])));
        await expect(openSm2Key(file)).rejects.toThrow('does not hold an SM2 key');
    });

    it('of another curve is refused', async () => {
        openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'p256.pem');
        await expect(openSm2Key(path('p256.pem'))).rejects.toThrow('does not hold an SM2 key');
    });

    it('of OpenSSL is read: it has the same form', async () => {
        openssl('ecparam', '-name', 'SM2', '-genkey', '-noout', '-out', 'openssl.pem');
        const signer = await openSm2Key(path('openssl.pem'));
        const spki = openssl('ec', '-in', 'openssl.pem', '-pubout', '-outform', 'DER');
        expect(toHex(signer?.publicKey ?? new Uint8Array())).toBe(toHex(spki.subarray(-65)));
    });
});

/** Why node:crypto is not used for SM2. Where one of these fails, Node has changed, and the reason is to be looked at again. */
describe('SM2 by node:crypto', () => {
    it('signs with no user id, so nobody who follows the standard verifies it', () => {
        const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
        const key = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-65));
        const signature = new Uint8Array(sign('sm3', MESSAGE, privateKey));
        expect(verify('sm3', MESSAGE, publicKey, signature)).toBe(true);
        expect(verifySm2(key, MESSAGE, signature)).toBe(false);
    });

    it('refuses a correct signature', () => {
        const key = newSm2Key();
        writeFileSync(path('key.pem'), sm2Pem(key));
        openssl('ec', '-in', 'key.pem', '-pubout', '-out', 'public.pem');
        const signature = sm2Signer(key).sign(MESSAGE);
        writeFileSync(path('message'), MESSAGE);
        writeFileSync(path('signature'), signature);
        expect(verifiedByOpenssl()).toBe(true);
        expect(verify('sm3', MESSAGE, createPublicKey(readFileSync(path('public.pem'))), signature)).toBe(false);
    });
});

function pkcs8(key: string): Buffer {
    return Buffer.from(sm2Pem(key).split('\n').slice(1, -2).join(''), 'base64');
}

function pemOf(bytes: Buffer): string {
    const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
    return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
}

/** A file that says this number is the key, with somebody's public key. */
function sm2PemOf(key: string): string {
    const other = pkcs8(newSm2Key());
    return pemOf(Buffer.concat([other.subarray(0, 36), Buffer.from(key, 'hex'), other.subarray(68)]));
}
