import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { readCertificate, readTimeStamp, timeStampResponse, verifyTimeStamp, writeDer } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificatesIn, tokenOfResponse } from '../../server/src/platform/time-stamp/read-token.ts';
import { timeStampRequest } from '../../server/src/platform/time-stamp/time-stamp-request.ts';
import { verifyToken } from '../../server/src/platform/time-stamp/verify-token.ts';
import { TSA_EXTENSIONS, timeStampAuthority } from '../../server/src/testing/time-stamp-authority.ts';
import { certificateCrypto } from './certificate-crypto.ts';

const MESSAGE = new TextEncoder().encode('liuhen.invalid/a\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n');
let authority: Awaited<ReturnType<typeof timeStampAuthority>>;
let response: Uint8Array;
let token: Uint8Array;
let anchors: ReturnType<typeof readCertificate>[];

beforeAll(async () => {
    authority = await timeStampAuthority();
    response = await authority.reply(timeStampRequest(MESSAGE).bytes);
    token = tokenOfResponse(response);
    anchors = [await certificateOf('root')];
}, 60_000);
afterAll(() => authority.remove());

const certificateOf = async (name: string) =>
    readCertificate(new Uint8Array(new X509Certificate(await readFile(`${authority.path}/${name}.pem`)).raw));
const check = (bytes: Uint8Array, believed = anchors, message = MESSAGE) =>
    verifyTimeStamp(bytes, { message, anchors: believed }, certificateCrypto);
const signedBy = async (name: string, more?: string[]) => timeStampResponse(await authority.signedBy(token, name, more));
const refusedAs = (bytes: Uint8Array, code: string) =>
    expect(check(bytes), code).rejects.toMatchObject({ code: `timeStamp.${code}` });
const KEYS: Readonly<Record<string, string[]>> = {
    ec: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
    ec384: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
    rsa3: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:3072'],
};

describe('a time-stamp, by the verifier for others', () => {
    it('that OpenSSL answered is believed, and says the same as to the server', async () => {
        const says = await check(response);
        const server = await verifyToken(token, { message: MESSAGE, anchors: certificatesIn(await authority.rootPem()) });
        expect(says).toEqual({ ...server, believed: true });
        expect(await check(timeStampResponse(token))).toEqual(says);
        expect(await check(response, [await certificateOf('tsa')])).toEqual(says);
        expect(await check(response, [])).toEqual({ ...says, believed: false });
    });

    it('is believed whatever sound key signed it', async () => {
        for (const [name, key] of Object.entries(KEYS)) {
            await authority.certificate(name, { extensions: TSA_EXTENSIONS, key });
            expect(await check(await signedBy(name)), name).toMatchObject({ authority: `${name} of a test`, believed: true });
        }
        for (const more of [
            ['-keyopt', 'rsa_padding_mode:pss'],
            ['-md', 'sha512'],
            ['-md', 'sha384'],
        ])
            expect(await check(await signedBy('rsa3', ['-cades', ...more])), more.join()).toMatchObject({ believed: true });
    }, 60_000);

    it('leads to a believed authority over others in between, when those may issue', async () => {
        const issuing = 'keyUsage=critical,keyCertSign\n';
        await authority.certificate('middle', { extensions: `basicConstraints=critical,CA:true\n${issuing}` });
        await authority.certificate('below', { extensions: TSA_EXTENSIONS }, 'middle');
        const over = (name: string) => ['-cades', '-certfile', `${name}.pem`];
        expect(await check(await signedBy('below', over('middle')))).toMatchObject({ believed: true });
        expect(await check(await signedBy('below'))).toMatchObject({ believed: false });
        const bad = {
            noAuthority: issuing,
            mayNotSign: 'basicConstraints=critical,CA:true\nkeyUsage=critical,digitalSignature\n',
            otherwise: `basicConstraints=critical,CA:true\n${issuing}extendedKeyUsage=codeSigning\n`,
            unknown: `basicConstraints=critical,CA:true\n${issuing}1.2.3.4=critical,ASN1:NULL\n`,
        };
        for (const [name, extensions] of Object.entries(bad)) {
            await authority.certificate(name, { extensions });
            await authority.certificate(`under-${name}`, { extensions: TSA_EXTENSIONS }, name);
            expect(await check(await signedBy(`under-${name}`, over(name))), name).toMatchObject({ believed: false });
        }
        await authority.certificate('short', { extensions: `basicConstraints=critical,CA:true,pathlen:0\n${issuing}` });
        await authority.certificate('second', { extensions: `basicConstraints=critical,CA:true\n${issuing}` }, 'short');
        await authority.certificate('third', { extensions: TSA_EXTENSIONS }, 'second');
        const both = ['-cades', '-certfile', 'both.pem'];
        const { writeFile } = await import('node:fs/promises');
        const pems = await Promise.all(['short', 'second'].map((name) => readFile(`${authority.path}/${name}.pem`, 'utf8')));
        await writeFile(`${authority.path}/both.pem`, pems.join('\n'));
        expect(await check(await signedBy('third', both))).toMatchObject({ believed: false });
    }, 120_000);

    it('is not believed of an authority of the same name with another key', async () => {
        const real = anchors;
        await authority.root('impostor');
        await authority.certificate('theirs', { extensions: TSA_EXTENSIONS }, 'impostor');
        const theirs = await signedBy('theirs', ['-cades', '-certfile', 'impostor.pem']);
        expect(await check(theirs, real)).toMatchObject({ believed: false });
        const [root] = real;
        const impostor = await certificateOf('impostor');
        // The believed certificate under the impostor's name: its key did not sign.
        expect(await check(theirs, root === undefined ? [] : [{ ...root, subject: impostor.subject }])).toMatchObject({
            believed: false,
        });
    }, 60_000);

    it('about other bytes is refused', async () => {
        await expect(check(response, anchors, new Uint8Array([...MESSAGE, 1]))).rejects.toMatchObject({
            code: 'timeStamp.otherImprint',
        });
    });

    it('with any byte changed is refused, or says the same', async () => {
        const says = await check(response);
        let accepted = 0;
        for (let at = 0; at < response.length; at++) {
            const changed = Uint8Array.from(response);
            changed[at] = (changed[at] ?? 0) ^ 0x01;
            const now = await check(changed).catch((error: { code?: string }) => {
                expect(error.code, `byte ${at}`).toMatch(/^timeStamp\./);
                return undefined;
            });
            if (now === undefined) continue;
            accepted += 1;
            // What nobody signs: the version and the list of digests of the envelope; the root that came with it.
            expect({ ...now, believed: true }, `byte ${at}`).toEqual(says);
        }
        expect(accepted).toBeLessThan(response.length / 2);
    }, 120_000);

    it('by a certificate that is for something else, or not critically for time-stamps, is refused', async () => {
        const purposes = {
            none: '',
            other: 'extendedKeyUsage=critical,codeSigning\n',
            two: 'extendedKeyUsage=critical,timeStamping,codeSigning\n',
            mild: 'extendedKeyUsage=timeStamping\n',
            usage: 'extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,keyEncipherment\n',
        };
        for (const [name, extensions] of Object.entries(purposes)) {
            await authority.certificate(name, { extensions });
            await refusedAs(await signedBy(name), 'purpose');
        }
    }, 60_000);

    it('from outside the time of its certificate, without it, or not naming it, is refused', async () => {
        await authority.certificate('old', { extensions: TSA_EXTENSIONS, until: '20210101000000Z' });
        await refusedAs(await signedBy('old'), 'expired');
        await authority.certificate('young', { extensions: TSA_EXTENSIONS, from: '20900101000000Z' });
        await refusedAs(await signedBy('young'), 'notYetValid');
        await refusedAs(await signedBy('tsa', []), 'otherCertificate');
        await refusedAs(await signedBy('tsa', ['-cades', '-nocerts']), 'certificateMissing');
    }, 60_000);

    it('is not read from what is none: cut, longer, of open length, huge, refused by its authority', async () => {
        const none = await authority.reply(new Uint8Array([0x30, 0x00]));
        await refusedAs(none, 'refused');
        const open = new Uint8Array([0x30, 0x80, ...response.subarray(4), 0, 0]);
        const nested = Array.from({ length: 5_000 }).reduce<Uint8Array>((inner) => writeDer(0x30, inner), new Uint8Array(0));
        for (const bytes of [
            new Uint8Array(0),
            token,
            response.subarray(0, -1),
            new Uint8Array([...response, 0]),
            new Uint8Array(300_000),
            new Uint8Array(100),
            open,
            nested,
        ])
            await refusedAs(bytes, 'unreadable');
        for (let length = 0; length < response.length; length += 7) await refusedAs(response.subarray(0, length), 'unreadable');
        expect(() => readTimeStamp(new Uint8Array([0x30, 0x83, 0, 0, 1, 0]))).toThrow('timeStamp.unreadable');
    });
});
