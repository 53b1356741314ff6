import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TSA_EXTENSIONS, timeStampAuthority, timeStampServer } from '../../testing/time-stamp-authority.ts';
import { httpTimeStamper } from './http-time-stamper.ts';
import { type Cert, certificatesIn, tokenOfResponse } from './read-token.ts';
import { timeStampRequest } from './time-stamp-request.ts';
import { verifyToken } from './verify-token.ts';

const MESSAGE = new TextEncoder().encode('liuhen.invalid/a\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n');
let authority: Awaited<ReturnType<typeof timeStampAuthority>>;
let anchors: Cert[];
let nonce: Uint8Array;
let response: Uint8Array;
let token: Uint8Array;

beforeAll(async () => {
    authority = await timeStampAuthority();
    anchors = certificatesIn(await authority.rootPem());
    const request = timeStampRequest(MESSAGE);
    nonce = request.nonce;
    response = await authority.reply(request.bytes);
    token = tokenOfResponse(response);
}, 60_000);
afterAll(() => authority.remove());

const check = (bytes: Uint8Array) => verifyToken(bytes, { message: MESSAGE, anchors });
const refusedAs = (bytes: Uint8Array, code: string) => expect(check(bytes)).rejects.toMatchObject({ code: `timeStamp.${code}` });

describe('a token', () => {
    it('that OpenSSL made about these bytes is accepted, here as there', async () => {
        const says = await verifyToken(token, { message: MESSAGE, nonce, anchors });
        expect(says).toMatchObject({ accuracyMs: 1_000, serial: '02', authority: 'tsa of a test' });
        expect(Math.abs(says.at - Date.now())).toBeLessThan(600_000);
        expect(await authority.opensslAccepts(token, MESSAGE)).toBe(true);
    });

    it('is accepted whatever sound key signed it', async () => {
        const keys = {
            ec: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
            ec384: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
            rsa3: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:3072'],
        };
        for (const [name, key] of Object.entries(keys)) {
            await authority.certificate(name, { extensions: TSA_EXTENSIONS, key });
            const signed = await authority.signedBy(token, name);
            expect(await authority.opensslAccepts(signed, MESSAGE), name).toBe(true);
            expect(await check(signed)).toMatchObject({ authority: `${name} of a test` });
        }
        const pss = await authority.signedBy(token, 'rsa3', ['-cades', '-keyopt', 'rsa_padding_mode:pss']);
        expect(await check(pss)).toMatchObject({ authority: 'rsa3 of a test' });
    }, 60_000);

    it('leads to a believed authority over others in between', async () => {
        await authority.certificate('middle', {
            extensions: 'basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign\n',
        });
        await authority.certificate('below', { extensions: TSA_EXTENSIONS }, 'middle');
        const signed = await authority.signedBy(token, 'below', ['-cades', '-certfile', 'middle.pem']);
        expect(await check(signed)).toMatchObject({ authority: 'below of a test' });
        await refusedAs(await authority.signedBy(token, 'below'), 'notTrusted');
        await authority.certificate('noAuthority', { extensions: 'keyUsage=critical,keyCertSign\n' });
        await authority.certificate('under', { extensions: TSA_EXTENSIONS }, 'noAuthority');
        await refusedAs(await authority.signedBy(token, 'under', ['-cades', '-certfile', 'noAuthority.pem']), 'notTrusted');
    }, 60_000);

    it('about other bytes, or with another nonce, is refused', async () => {
        const other = verifyToken(token, { message: new Uint8Array([...MESSAGE, 1]), anchors });
        await expect(other).rejects.toMatchObject({ code: 'timeStamp.otherImprint' });
        const replayed = verifyToken(token, { message: MESSAGE, nonce: timeStampRequest(MESSAGE).nonce, anchors });
        await expect(replayed).rejects.toMatchObject({ code: 'timeStamp.otherNonce' });
    });

    it('with any byte changed is refused', async () => {
        const accepted: number[] = [];
        for (let at = 0; at < token.length; at++) {
            const changed = Uint8Array.from(token);
            changed[at] = (changed[at] ?? 0) ^ 0x01;
            const says = await check(changed).catch((error: { code?: string }) => {
                expect(error.code, `byte ${at}`).toMatch(/^timeStamp\./);
                return undefined;
            });
            if (says !== undefined) accepted.push(at);
        }
        // What nobody signs: the version and the list of digests of the envelope, the root beside the certificate, parameters that are empty.
        expect(accepted.length).toBeLessThan(token.length / 2);
        for (const at of accepted) {
            const changed = Uint8Array.from(token);
            changed[at] = (changed[at] ?? 0) ^ 0x01;
            expect(await check(changed)).toEqual(await check(token));
        }
    }, 120_000);

    it('by a certificate that is for something else too, or not critically for time-stamps, is refused', async () => {
        const purposes = {
            none: '',
            other: 'extendedKeyUsage=critical,codeSigning\n',
            two: 'extendedKeyUsage=critical,timeStamping,codeSigning\n',
            mild: 'extendedKeyUsage=timeStamping\n',
        };
        for (const [name, extensions] of Object.entries(purposes)) {
            await authority.certificate(name, { extensions });
            await refusedAs(await authority.signedBy(token, name), 'purpose');
        }
    }, 60_000);

    it('from outside the time of its certificate is refused', async () => {
        await authority.certificate('old', { extensions: TSA_EXTENSIONS, until: '20210101000000Z' });
        await refusedAs(await authority.signedBy(token, 'old'), 'expired');
        await authority.certificate('young', { extensions: TSA_EXTENSIONS, from: '20900101000000Z' });
        await refusedAs(await authority.signedBy(token, 'young'), 'notYetValid');
    }, 60_000);

    it('of an authority that nobody believes is refused, and checked as far as it goes where nobody is asked', async () => {
        await authority.root('stranger');
        await authority.certificate('theirs', { extensions: TSA_EXTENSIONS }, 'stranger');
        const theirs = await authority.signedBy(token, 'theirs');
        await refusedAs(theirs, 'notTrusted');
        expect(await verifyToken(theirs, { message: MESSAGE })).toMatchObject({ authority: 'theirs of a test' });
    }, 60_000);

    it('that does not name its certificate, or not this one, is refused', async () => {
        await refusedAs(await authority.signedBy(token, 'tsa', []), 'otherCertificate');
        await refusedAs(await authority.signedBy(token, 'tsa', ['-cades', '-nocerts']), 'certificateMissing');
    });

    it('is not read from what is none', async () => {
        for (const bytes of [
            new Uint8Array(0),
            response,
            token.subarray(0, 50),
            new Uint8Array([...token, 0]),
            new Uint8Array(100),
        ])
            await refusedAs(bytes, 'unreadable');
    });
});

describe('an authority over HTTP', () => {
    const stamper = (url: string, now = Date.now) => httpTimeStamper({ url, anchors, now, patienceMs: 5_000 });

    it('is asked as the standard says, and its answer verified', async () => {
        const server = await timeStampServer(async (request) => ({ body: await authority.reply(request) }));
        const { token: kept, says } = await stamper(server.url).stamp(MESSAGE);
        expect(server.asked).toEqual(['POST application/timestamp-query']);
        expect(await check(kept)).toEqual(says);
        expect(await authority.opensslAccepts(kept, MESSAGE)).toBe(true);
        // A clock that is an hour off, of the one or of the other.
        await expect(stamper(server.url, () => Date.now() + 3_600_000).stamp(MESSAGE)).rejects.toMatchObject({
            code: 'timeStamp.clock',
        });
        await server.close();
        await expect(stamper(server.url).stamp(MESSAGE)).rejects.toMatchObject({ code: 'timeStamp.unavailable' });
    });

    it('is refused when it says no, repeats an old answer, or answers something else', async () => {
        const none = await authority.reply(new Uint8Array([0x30, 0x00]));
        const answers = [
            [{ body: none }, 'refused'],
            [{ body: response }, 'otherNonce'],
            [{ body: new Uint8Array(7) }, 'unreadable'],
            [{ body: response, status: 500 }, 'unavailable'],
            [{ body: response, type: 'text/html' }, 'unavailable'],
            [{ body: new Uint8Array(300_000) }, 'unavailable'],
        ] as const;
        for (const [answer, code] of answers) {
            const server = await timeStampServer(async () => answer);
            await expect(stamper(server.url).stamp(MESSAGE), code).rejects.toMatchObject({ code: `timeStamp.${code}` });
            await server.close();
        }
    });
});
