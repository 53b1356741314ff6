import { expect, it } from 'vitest';
import { printCode, readPrintCode } from './print-code.ts';

it('says the print and the digest, and is read again', () => {
    const print = '0198c0de-7000-7abc-8def-0123456789ab';
    const { payload } = printCode(print, new Uint8Array(32).fill(0xa5));
    expect(payload).toMatch(/^[0-9A-Z:]+$/);
    expect(readPrintCode(` ${payload}\n`)).toEqual({ print, digest: 'a5'.repeat(32) });
    expect(readPrintCode('https://example.test')).toBeUndefined();
    expect(readPrintCode(payload.slice(0, -1))).toBeUndefined();
});
