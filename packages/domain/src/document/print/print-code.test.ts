import { expect, it } from 'vitest';
import { pageCode, printCode, readPrintCode } from './print-code.ts';

const print = '0198c0de-7000-7abc-8def-0123456789ab';

it('says the print, the digest and the page, and is read again', () => {
    const code = pageCode(printCode(print, new Uint8Array(32).fill(0xa5)).payload, 12);
    expect(code).toMatch(/^[0-9A-Z:]+$/);
    expect(readPrintCode(` ${code}\n`)).toEqual({ print, digest: 'a5'.repeat(32), page: 12 });
});

it('is read from papers that do not say their page', () => {
    const old = printCode(print, new Uint8Array(32).fill(0xa5)).payload.replace('LH2', 'LH1');
    expect(readPrintCode(old)).toEqual({ print, digest: 'a5'.repeat(32), page: null });
});

it('is none of ours when anything differs', () => {
    const { payload } = printCode(print, new Uint8Array(32).fill(0xa5));
    for (const other of [
        'https://example.test',
        payload,
        pageCode(payload, 0),
        `${pageCode(payload, 1)}0000`,
        payload.slice(0, -1),
    ])
        expect(readPrintCode(other)).toBeUndefined();
});
