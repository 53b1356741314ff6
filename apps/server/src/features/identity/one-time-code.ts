import { timingSafeEqual } from 'node:crypto';
import { acceptedStep, CODE_STEP, type Instant } from '@liuhen/domain';
import { HOTP, Secret, TOTP } from 'otpauth';
import { toString as qrCode } from 'qrcode';

/** RFC 4226 section 4 recommends 160 bits. */
export const CODE_SECRET_BYTES = 20;
const FORM = { algorithm: 'SHA1', digits: 6 } as const;
const ISSUER = 'Liuhen';

/** The time step in which `code` is right and not yet used, or undefined (RFC 6238). */
export function stepOfCode(secret: Uint8Array, code: string, now: Instant, lastStep: number | null): number | undefined {
    const key = secretOf(secret);
    const given = Buffer.from(code);
    return acceptedStep(now, lastStep, (step) => {
        const right = Buffer.from(HOTP.generate({ ...FORM, secret: key, counter: step }));
        return right.length === given.length && timingSafeEqual(right, given);
    });
}

/** What the authenticator app needs, as text, as address and as picture. */
export async function describeSecret(secret: Uint8Array, login: string): Promise<{ secret: string; uri: string; qrSvg: string }> {
    const key = secretOf(secret);
    const uri = new TOTP({ ...FORM, issuer: ISSUER, label: login, secret: key, period: CODE_STEP / 1000 }).toString();
    return { secret: key.base32, uri, qrSvg: await qrCode(uri, { type: 'svg', margin: 2 }) };
}

/** A copy: the library wants a buffer of its own. */
const secretOf = (bytes: Uint8Array): Secret => new Secret({ buffer: Uint8Array.from(bytes).buffer });
