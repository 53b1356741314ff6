import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromHex, parseSm2Signature, toHex, utf8Bytes } from '@liuhen/domain';
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sm2Identity, verifySm2 } from './sm2.ts';
import { sm3 } from './sm3.ts';
import { verifyWithKey } from './verify-with-key.ts';

/** The example of GB/T 32918.5-2017, annex A.2: signature on the recommended curve. */
const STANDARD = {
    message: 'message digest',
    x: '09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020',
    y: 'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
    z: 'b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3',
    e: 'f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640',
    k: '59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21',
    x1: '04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73',
    r: 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3',
    s: 'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
};
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const publicKey = fromHex(`04${STANDARD.x}${STANDARD.y}`);
const message = utf8Bytes(STANDARD.message);

/** DER of two numbers, by its rules. */
function der(r: bigint, s: bigint): Uint8Array {
    const integer = (number: bigint) => {
        const hex = number.toString(16);
        const even = hex.length % 2 === 0 ? hex : `0${hex}`;
        const bytes = Number.parseInt(even.slice(0, 2), 16) >= 0x80 ? `00${even}` : even;
        return `02${(bytes.length / 2).toString(16).padStart(2, '0')}${bytes}`;
    };
    const body = integer(r) + integer(s);
    return fromHex(`30${(body.length / 2).toString(16).padStart(2, '0')}${body}`);
}
const [r, s] = [BigInt(`0x${STANDARD.r}`), BigInt(`0x${STANDARD.s}`)];
const signature = der(r, s);

describe('SM2 by the example of GB/T 32918.5', () => {
    it('has its Z, its e and its point', () => {
        expect(toHex(sm2Identity(publicKey, '1234567812345678'))).toBe(STANDARD.z);
        expect(toHex(sm3(fromHex(STANDARD.z + toHex(message))))).toBe(STANDARD.e);
        const x1 = (BigInt(`0x${STANDARD.r}`) - BigInt(`0x${STANDARD.e}`) + N) % N;
        expect(x1.toString(16).padStart(64, '0')).toBe(STANDARD.x1);
        const p = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
        const curve = weierstrass({
            p,
            a: p - 3n,
            b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
            n: N,
            h: 1n,
            Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
            Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
        });
        expect(curve.BASE.multiply(BigInt(`0x${STANDARD.k}`)).toAffine().x).toBe(BigInt(`0x${STANDARD.x1}`));
    });

    it('verifies', () => {
        expect(verifySm2(publicKey, message, signature)).toBe(true);
        expect(verifyWithKey('sm2', publicKey, message, signature)).toBe(true);
        expect(verifyWithKey('ed25519', publicKey.subarray(1, 33), message, signature)).toBe(false);
    });

    it('does not with another message, user id, key, or number', () => {
        expect(verifySm2(publicKey, utf8Bytes('message digests'), signature)).toBe(false);
        expect(verifySm2(publicKey, message, signature, '')).toBe(false);
        expect(verifySm2(publicKey, message, signature, 'ALICE123@YAHOO.COM')).toBe(false);
        expect(verifySm2(publicKey.with(64, 0x12), message, signature)).toBe(false);
        expect(verifySm2(publicKey.with(0, 0x05), message, signature)).toBe(false);
        expect(verifySm2(publicKey.subarray(0, 64), message, signature)).toBe(false);
        expect(verifySm2(fromHex(`02${STANDARD.x}`), message, signature)).toBe(false);
        for (const [one, other] of [
            [s, r],
            [r, N - s],
            [0n, s],
            [r, 0n],
            [N, s],
            [r, N],
            [r + N, s],
            [r, s + N],
            [r, N - r],
        ] as const)
            expect(verifySm2(publicKey, message, der(one, other))).toBe(false);
    });

    it('does not with any bit of the signature changed', () => {
        for (let bit = 0; bit < signature.length * 8; bit += 1) {
            const changed = signature.with(bit >> 3, (signature[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
            expect(verifySm2(publicKey, message, changed), String(bit)).toBe(false);
        }
    });
});

describe('the DER of a signature', () => {
    it('is read', () => {
        expect(parseSm2Signature(signature)).toEqual({ r, s });
        expect(parseSm2Signature(fromHex('3006020101020102'))).toEqual({ r: 1n, s: 2n });
        expect(parseSm2Signature(fromHex('300702020080020102'))).toEqual({ r: 128n, s: 2n });
    });

    it.each([
        ['', 'nothing'],
        ['30', 'no length'],
        ['3106020101020102', 'a set'],
        ['3006030101020102', 'a bit string'],
        ['3007020101020102', 'a length too long'],
        ['3005020101020102', 'a length too short'],
        ['300602010102010200', 'a byte behind'],
        ['3007020101020102ff', 'a byte behind within'],
        ['30060201ff020102', 'a negative number'],
        ['300702020001020102', 'a zero before'],
        ['308106020101020102', 'a length in two bytes'],
        ['300702810101020102', 'a number whose length is in two bytes'],
        ['3005020002010201', 'a number of no bytes'],
        ['3006020201020102', 'a number that takes the next one in'],
        ['3006020101020502', 'a number longer than what is left'],
        ['3003020101', 'one number'],
        ['3080020101020102', 'no definite length'],
    ])('%s is none: %s', (hex) => {
        expect(parseSm2Signature(fromHex(hex))).toBeUndefined();
    });

    it('of numbers longer than any can be is none', () => {
        const long = '01'.repeat(34);
        expect(parseSm2Signature(fromHex(`30270222${long}020102`))).toBeUndefined();
    });
});

describe('SM2 by OpenSSL', () => {
    let folder: string;
    const openssl = (...words: readonly string[]) =>
        execFileSync('openssl', words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    beforeAll(() => {
        folder = mkdtempSync(join(tmpdir(), 'liuhen-sm2-'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('verifies here, twenty signatures of as many keys; one with another user id does not', () => {
        for (let at = 0; at < 20; at += 1) {
            openssl('ecparam', '-name', 'SM2', '-genkey', '-noout', '-out', 'key.pem');
            openssl('ec', '-in', 'key.pem', '-pubout', '-outform', 'DER', '-out', 'public.der');
            const text = utf8Bytes(`留痕 ${at}\n`.repeat(at + 1));
            writeFileSync(join(folder, 'message'), text);
            const sign = (id: string) =>
                openssl(
                    ...[
                        'pkeyutl',
                        '-sign',
                        '-inkey',
                        'key.pem',
                        '-rawin',
                        '-digest',
                        'sm3',
                        '-in',
                        'message',
                        '-out',
                        'signature',
                    ],
                    ...['-pkeyopt', `distid:${id}`],
                );
            const key = new Uint8Array(readFileSync(join(folder, 'public.der')).subarray(-65));
            const read = () => new Uint8Array(readFileSync(join(folder, 'signature')));
            sign('1234567812345678');
            expect(verifySm2(key, text, read())).toBe(true);
            expect(verifySm2(key, utf8Bytes('another'), read())).toBe(false);
            sign('somebody else');
            expect(verifySm2(key, text, read())).toBe(false);
            expect(verifySm2(key, text, read(), 'somebody else')).toBe(true);
        }
    });
});
