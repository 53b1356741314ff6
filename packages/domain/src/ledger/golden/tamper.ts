import { utf8Bytes, utf8Text } from '../../kernel/bytes.ts';
import { fromHex, toHex } from '../../kernel/hex.ts';
import type { UnsignedEntry } from '../entry.ts';
import { entryBytes, parseEntry, unsignedEntryBytes } from '../entry.ts';
import type { GoldenEntry, GoldenRow, GoldenTamper } from './format.ts';
import type { Tools } from './log.ts';
import { chained, columns, headOf, signEntry, signMembers, uuid } from './log.ts';

type Row = GoldenRow;
type Found = GoldenTamper['expect'];

/** Every way the examples are spoilt, with what a verifier must say: no more and no less. */
export function goldenTampers(tools: Tools, log: readonly GoldenEntry[]): GoldenTamper[] {
    const plain: Row[] = log.map(({ name: _, unsigned: __, bodyHash: ___, ...row }) => row);
    const at = (idx: number): Row => plain[idx] as Row;
    const text = (idx: number): string => utf8Text(fromHex(at(idx).entry)) ?? '';
    const hexOf = (source: string): string => toHex(utf8Bytes(source));
    const flip = (hex: string): string => (hex.startsWith('0') ? '1' : '0') + hex.slice(1);
    const unsigned = (idx: number): UnsignedEntry => {
        const { sig: _, ...rest } = parseEntry(fromHex(at(idx).entry));
        return rest;
    };
    /** Changes one row and nothing else. */
    const one = (idx: number, change: Partial<Row>): Row[] => plain.map((row) => (row.idx === idx ? { ...row, ...change } : row));
    /** Changes rows as a database owner would: leaf and chain of everything after are made to fit. */
    const rewritten = (rows: readonly Row[]): Row[] => {
        const done: Row[] = [];
        for (const [idx, row] of rows.entries()) done.push(chained(tools, done, { ...row, idx }));
        return done;
    };
    const resigned = (idx: number, change: Partial<UnsignedEntry>): Row[] => {
        const entry = { ...unsigned(idx), ...change };
        return rewritten(one(idx, { ...columns(idx, entry), entry: toHex(entryBytes(signEntry(tools, entry))) }));
    };
    const members = (idx: number, change: Readonly<Record<string, unknown>>): Row[] =>
        rewritten(one(idx, { entry: toHex(signMembers(tools, { ...unsigned(idx), ...change })) }));
    const spoilt = (name: string, rows: readonly Row[], expect: Found, head = headOf(rows)): GoldenTamper => ({
        name,
        rows: rows.map(difference),
        head,
        expect,
    });
    const difference = (row: Row): GoldenTamper['rows'][number] => {
        const of = plain.findIndex((each) => each.commandId === row.commandId);
        const original = Object.entries(plain[Math.max(of, 0)] ?? {});
        const changed = Object.entries(row).filter(([name, value]) => !original.some(([n, v]) => n === name && v === value));
        return { of: Math.max(of, 0), ...Object.fromEntries(changed) };
    };
    const found = (idx: number, ...codes: string[]): Found => codes.map((code) => ({ code: `log.${code}`, idx }));

    const resized = hexOf(text(2).replace('"size":"9007199254740993"', '"size":"9007199254740994"'));
    const otherSignature = hexOf(text(3).replace(/"sig":"(.)/, (_, first: string) => `"sig":"${first === '0' ? '1' : '0'}`));
    const [first, second] = [unsigned(1).rows[0], unsigned(1).rows[1]];
    const last = plain.length - 1;
    const conflicting = unsigned(2).content.map((content) => ({ ...content, size: '1' }));
    const withoutContext = toHex(entryBytes(signEntry(tools, unsigned(3), unsignedEntryBytes(unsigned(3)))));
    const skipped = unsigned(4).rows.map((row) => ({ ...row, version: 4 }));
    const repeated = unsigned(4).rows.map((row) => ({ ...row, version: 1 }));
    const prevChanged = unsigned(3).objects.map((object) => ({ ...object, prev: flip(object.prev ?? '') }));

    // What entry 1 did is not known when it cannot be read: it shows once at each object and row that goes on.
    const lost = [...found(2, 'objectSequence'), ...found(4, 'objectSequence', 'rowVersionGap')];

    return [
        spoilt('signed bytes changed', one(2, { entry: resized }), found(2, 'leafMismatch', 'badSignature')),
        spoilt(
            'signed bytes and leaf changed',
            one(2, { entry: resized, leaf: chained(tools, [], { entry: resized }).leaf }),
            found(2, 'chainMismatch', 'badSignature'),
        ),
        spoilt(
            'signed bytes changed and the whole log made to fit',
            rewritten(one(2, { entry: resized })),
            found(2, 'badSignature'),
        ),
        spoilt('signature changed', one(3, { entry: otherSignature }), found(3, 'leafMismatch', 'badSignature')),
        spoilt('signed without the context line', rewritten(one(3, { entry: withoutContext })), found(3, 'badSignature')),
        spoilt('bytes formatted anew, as jsonb would', one(1, { entry: hexOf(text(1).replaceAll(',', ', ')) }), [
            ...found(1, 'leafMismatch', 'notCanonical'),
            ...found(4, 'rowVersionGap'),
        ]),
        spoilt('a member repeated', rewritten(one(1, { entry: hexOf(text(1).replace('"v":1', '"v":1,"v":1')) })), [
            ...found(1, 'notCanonical'),
            ...lost,
        ]),
        spoilt('bytes cut off', one(0, { entry: at(0).entry.slice(0, -2) }), found(0, 'leafMismatch', 'notCanonical')),
        spoilt('a member too many, signed', members(1, { extra: 1 }), [...found(1, 'malformedEntry'), ...lost]),
        spoilt('a later format, signed', members(1, { v: 2 }), [...found(1, 'malformedEntry'), ...lost]),
        spoilt('rows out of order, signed', members(1, { rows: [second, first] }), [...found(1, 'malformedEntry'), ...lost]),
        spoilt('leaf changed', one(2, { leaf: flip(at(2).leaf) }), found(2, 'leafMismatch')),
        spoilt('chain value changed', one(2, { chain: flip(at(2).chain) }), found(2, 'chainMismatch')),
        spoilt('last chain value changed', one(last, { chain: flip(at(last).chain) }), found(last, 'chainMismatch')),
        spoilt('kind column changed', one(3, { kind: 'recording.viewingClosed' }), found(3, 'columnMismatch')),
        spoilt('time column changed', one(3, { at: at(3).at + 1 }), found(3, 'columnMismatch')),
        spoilt('actor column changed', one(3, { actor: uuid(0x202) }), found(3, 'columnMismatch')),
        spoilt('body changed', one(1, { body: at(1).body?.replace('张三', '王五') ?? '' }), found(1, 'bodyMismatch')),
        spoilt('salt changed', one(1, { salt: flip(at(1).salt ?? '') }), found(1, 'bodyMismatch')),
        spoilt('salt of another length', one(1, { salt: at(1).salt?.slice(2) ?? '' }), found(1, 'bodyMismatch')),
        spoilt(
            'entry removed',
            plain.filter((row) => row.idx !== 3),
            found(4, 'indexGap'),
            headOf(plain),
        ),
        spoilt('entry removed and the log made to fit', rewritten(plain.filter((row) => row.idx !== 2)), [
            ...found(2, 'objectSequence'),
            ...found(3, 'objectSequence'),
        ]),
        spoilt(
            'entry repeated',
            [...plain.slice(0, 4), at(3), ...plain.slice(4)],
            found(3, 'indexGap', 'objectSequence'),
            headOf(plain),
        ),
        spoilt(
            'two entries swapped',
            [at(0), at(2), at(1), ...plain.slice(3)],
            [...found(2, 'indexGap', 'objectSequence'), ...found(1, 'indexGap', 'objectSequence'), ...found(3, 'indexGap')],
            headOf(plain),
        ),
        spoilt('tail removed', plain.slice(0, 4), found(4, 'headMismatch'), headOf(plain)),
        spoilt('head changed', plain, found(plain.length, 'headMismatch'), {
            size: plain.length,
            chain: flip(headOf(plain).chain),
        }),
        spoilt('entry of another organisation, signed', resigned(5, { org: uuid(0x101) }), found(5, 'wrongOrg')),
        spoilt('key nobody knows', resigned(5, { app: 'golden-other' }), found(5, 'unknownKey')),
        spoilt('another predecessor, signed', resigned(3, { objects: prevChanged }), found(3, 'objectLink')),
        spoilt('row version skipped, signed', resigned(4, { rows: skipped }), found(4, 'rowVersionGap')),
        spoilt('row version repeated, signed', resigned(4, { rows: repeated }), found(4, 'duplicateRowVersion')),
        spoilt('same content with another size, signed', resigned(5, { content: conflicting }), found(5, 'contentConflict')),
    ];
}
