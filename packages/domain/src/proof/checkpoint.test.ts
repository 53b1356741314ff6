import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '../kernel/base64.ts';
import { utf8Bytes } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { toHex } from '../kernel/hex.ts';
import { merkleEmptyRoot } from '../ledger/merkle.ts';
import { CHECKPOINT_MAX_SIZE, formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { parseNote } from './note.ts';

/** The example of c2sp.org/tlog-checkpoint. */
const SOFA = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
`;
const ROOT = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';

function reasonOf(run: () => unknown): unknown {
    try {
        run();
    } catch (error) {
        if (error instanceof DomainError && error.code === 'checkpoint.malformed') return error.params.reason;
        throw error;
    }
    return undefined;
}

describe('a checkpoint', () => {
    it('is read as its text says and written the same', () => {
        const { text } = parseNote(utf8Bytes(SOFA));
        const checkpoint = parseCheckpoint(text);
        expect(checkpoint).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163n, extensions: [] });
        expect(toBase64(checkpoint.root)).toBe(ROOT);
        expect(formatCheckpoint(checkpoint)).toBe(text);
    });

    it.each(['sha256', 'sm3'])('of an empty log has size 0 and the %s of nothing', (name) => {
        const root = merkleEmptyRoot((bytes) => new Uint8Array(createHash(name).update(bytes).digest()));
        const text = formatCheckpoint({ origin: 'example.org/log', size: 0n, root });
        expect(text).toBe(`example.org/log\n0\n${createHash(name).digest('base64')}\n`);
        expect(toHex(parseCheckpoint(text).root)).toBe(toHex(root));
    });

    it.each([
        ['no final newline', `log\n1\n${ROOT}`, 'end'],
        ['nothing', '', 'end'],
        ['an empty origin', `\n1\n${ROOT}\n`, 'origin'],
        ['a leading zero', `log\n01\n${ROOT}\n`, 'size'],
        ['two zeroes', `log\n00\n${ROOT}\n`, 'size'],
        ['a sign', `log\n+1\n${ROOT}\n`, 'size'],
        ['a minus', `log\n-1\n${ROOT}\n`, 'size'],
        ['a blank', `log\n1 \n${ROOT}\n`, 'size'],
        ['other digits', `log\n\u0661\n${ROOT}\n`, 'size'],
        ['hexadecimal', `log\n0x1\n${ROOT}\n`, 'size'],
        ['no size', `log\n\n${ROOT}\n`, 'size'],
        ['a size too large', `log\n9223372036854775808\n${ROOT}\n`, 'size'],
        ['a size of a million digits', `log\n${'9'.repeat(1_000_000)}\n${ROOT}\n`, 'size'],
        ['no root', 'log\n1\n', 'root'],
        ['an empty root', 'log\n1\n\n', 'root'],
        ['a short root', 'log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jx\n', 'root'],
        ['a root with unused bits', `log\n1\n${ROOT.replace('I=', 'J=')}\n`, 'root'],
        ['a root in base64url', `log\n1\n${ROOT.replace('/', '_')}\n`, 'root'],
        ['an empty extension line', `log\n1\n${ROOT}\n\n`, 'extension'],
        ['an empty line between extension lines', `log\n1\n${ROOT}\na\n\nb\n`, 'extension'],
    ])('with %s is refused', (_, text, reason) => {
        expect(reasonOf(() => parseCheckpoint(text))).toBe(reason);
    });

    it.each([
        ['an empty origin', { origin: '' }, 'origin'],
        ['an origin of two lines', { origin: 'a\nb' }, 'origin'],
        ['a negative size', { size: -1n }, 'size'],
        ['a size too large', { size: CHECKPOINT_MAX_SIZE + 1n }, 'size'],
        ['a short root', { root: new Uint8Array(31) }, 'root'],
        ['an empty extension', { extensions: [''] }, 'extension'],
        ['an extension of two lines', { extensions: ['a\nb'] }, 'extension'],
    ])('with %s is not written', (_, change, reason) => {
        const sound = { origin: 'log', size: 1n, root: new Uint8Array(32) };
        expect(reasonOf(() => formatCheckpoint({ ...sound, ...change }))).toBe(reason);
    });

    it('comes back as it was written, and has one text', () => {
        const line = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\n'));
        const checkpoint = fc.record({
            origin: line,
            size: fc.bigInt({ min: 0n, max: CHECKPOINT_MAX_SIZE }),
            root: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new Uint8Array(bytes)),
            extensions: fc.array(line, { maxLength: 3 }),
        });
        fc.assert(
            fc.property(checkpoint, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (each, at, letter) => {
                const text = formatCheckpoint(each);
                expect(parseCheckpoint(text)).toEqual(each);
                const changed = text.slice(0, at % text.length) + letter + text.slice((at % text.length) + 1);
                const reason = reasonOf(() => expect(formatCheckpoint(parseCheckpoint(changed))).toBe(changed));
                if (reason === undefined && changed !== text) expect(parseCheckpoint(changed)).not.toEqual(each);
            }),
            { numRuns: 500 },
        );
    });
});
