import { createHash } from 'node:crypto';

/** Bytes of a session's token: opaque, random, only their SHA-256 is stored. */
export const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export const tokenText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** With TLS the prefix makes browsers refuse the cookie from a neighbouring host or over plain HTTP (RFC 6265bis 4.1.3.2). */
export const cookieName = (https: boolean): string => (https ? '__Host-liuhen_session' : 'liuhen_session');

/** Ends with the browser; the server's limits end it earlier. */
export const sessionCookie = (token: string, https: boolean): string =>
    `${cookieName(https)}=${token}; Path=/; HttpOnly; SameSite=Strict${https ? '; Secure' : ''}`;

export const endedCookie = (https: boolean): string => `${sessionCookie('', https)}; Max-Age=0`;

/** The token in a Cookie header; anything that cannot be one counts as none. */
export function tokenOf(header: string | undefined, https: boolean): string | undefined {
    const prefix = `${cookieName(https)}=`;
    for (const part of header?.split(';') ?? []) {
        const cookie = part.trim();
        if (cookie.startsWith(prefix) && TOKEN.test(cookie.slice(prefix.length))) return cookie.slice(prefix.length);
    }
    return undefined;
}
