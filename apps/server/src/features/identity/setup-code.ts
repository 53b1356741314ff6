import { createHash, timingSafeEqual } from 'node:crypto';
import { READABLE_SECRET_BYTES, readableSecret } from '@liuhen/domain';
import type { Clock } from '../../platform/clock.ts';

/** Shown in the server's console: whoever reads it is at the machine. New at each start. */
export type SetupCode = { readonly text: string; matches(given: string | undefined): boolean };

export function createSetupCode(clock: Clock): SetupCode {
    const text = readableSecret(clock.randomBytes(READABLE_SECRET_BYTES));
    const right = digest(text);
    return { text, matches: (given) => given !== undefined && timingSafeEqual(digest(given.trim().toLowerCase()), right) };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
