import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { inspectFile } from './inspect-file.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let files = 0;
beforeAll(async () => {
    folder = await temporaryFolder('text-log');
});
afterAll(() => folder.remove());

async function inspected(bytes: Uint8Array | string, namedLog = false) {
    files += 1;
    const file = join(folder.path, `${files}.log`);
    await writeFile(file, bytes);
    const { container, log, findings } = await inspectFile(file, { namedLog });
    return { container, log, codes: findings.map((each) => each.code) };
}

/** 2026-10-05 09:30:00 开机 and 关机, with line feeds, in GBK. */
const GBK = Buffer.from(
    '323032362d31302d30352030393a33303a303020bfaabbfa0a323032362d31302d30352031303a33303a303020b9d8bbfa0a',
    'hex',
);

describe('a recorder’s log is known by what it holds', () => {
    it.each([
        ['a date and a time', '2026-10-05 09:30:00 power on\r\n2026-10-05 09:31:00 REC start\r\n\r\n', 'timed', 'utf-8', 2],
        [
            'in brackets, messages of several lines',
            '[2026/10/05 09:30:00] on\n  detail\n[2026/10/05 09:31:00] off\n',
            'timed',
            'utf-8',
            3,
        ],
        ['fourteen digits', '20261005093000,POWER,ON\n20261005093100,REC,START\n', 'timed', 'utf-8', 2],
        ['a time of day', '09:30:00.123 on\n09:31:00.456 off\n', 'timed', 'utf-8', 2],
        ['Chinese dates', '2026年10月5日 09:30:00 开机\n2026年10月5日 09时31分00秒 录像\n', 'timed', 'utf-8', 2],
        ['a byte order mark', '\ufeff2026-10-05 09:30:00 开机\n2026-10-05 09:31:00 关机\n', 'timed', 'utf-8', 2],
        ['GB18030', GBK, 'timed', 'gb18030', 2],
        ['UTF-16', Buffer.from('\ufeff2026-10-05 09:30:00 开机\n2026-10-05 09:31:00 关机\n', 'utf16le'), 'timed', 'utf-16le', 2],
        ['key=value', '[device]\nid=A00001\nuser=210001\n# left by the maker\nversion = 1.2\n', 'keyed', 'utf-8', 5],
    ])('by %s', async (_, bytes, form, encoding, lines) => {
        expect(await inspected(bytes)).toEqual({ container: 'log', log: { form, encoding, lines }, codes: ['media.log'] });
    });

    it('by its beginning alone, however long it is, and though a character is cut in two there', async () => {
        const line = '2026-10-05 09:30:00 录像开始\n';
        const bytes = Buffer.from(`x${line.repeat(200_000)}`);
        const { log, codes } = await inspected(bytes);
        expect(codes).toEqual(['media.log']);
        expect(log).toMatchObject({ form: 'timed', cut: true });
        expect(log?.lines).toBeLessThanOrEqual(2_000);
    });

    it('text of another kind is one only where a profile names it so', async () => {
        const text = 'start 9 abcdef\nstop\n';
        expect((await inspected(text)).codes).toEqual(['media.notMedia']);
        expect(await inspected(text, true)).toMatchObject({ container: 'text', codes: ['media.log'] });
        // One line with a time may be anybody's note.
        expect((await inspected('2026-10-05 09:30:00 lunch\n')).codes).toEqual(['media.notMedia']);
    });

    it.each([
        ['a page', '<html><script>alert(1)</script>\n2026-10-05 09:30:00 a\n2026-10-05 09:31:00 b\n'],
        ['a page behind blanks', '\n\n  <!doctype html>\n2026-10-05 09:30:00 a\n2026-10-05 09:31:00 b\n'],
        ['a program', '#!/bin/sh\n# 2026-10-05 09:30:00\n# 2026-10-05 09:31:00\n'],
        ['data', '{"at":"2026-10-05 09:30:00",\n"to":"2026-10-05 09:31:00"}\n'],
        ['a letter', 'From a@example.org\nDate: 2026-10-05 09:30:00\nDate: 2026-10-05 09:31:00\n'],
        ['what steers a terminal', '2026-10-05 09:30:00 \u001b[2J\n2026-10-05 09:31:00 b\n'],
        ['bytes among text', Buffer.from('2026-10-05 09:30:00 a\0\n2026-10-05 09:31:00 b\n')],
        ['noise', Buffer.from(Array.from({ length: 4_000 }, (_, at) => (at * 7_919 + 13 * (at >> 3)) & 0xff))],
        ['a line without end', `2026-10-05 09:30:00 ${'x'.repeat(5_000)}\n2026-10-05 09:31:00 b\n`],
        ['nothing but blank lines', '\n\r\n  \n'],
    ])('%s is none, whatever it is named', async (_, bytes) => {
        expect((await inspected(bytes, true)).codes).toEqual(['media.notMedia']);
    });
});
