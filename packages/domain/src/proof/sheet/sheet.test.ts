import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../kernel/hex.ts';
import { formatCheckpoint } from '../checkpoint.ts';
import { readSheet } from './read-sheet.ts';
import { readRootGroups, rootGroups } from './root-groups.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const aRoot = fc.uint8Array({ minLength: 32, maxLength: 32 });
const ROOT = fromHex('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');

describe('groups of a root', () => {
    it('are Base32 of RFC 4648 with a check behind every four', () => {
        const groups = rootGroups(ROOT);
        expect(groups).toHaveLength(13);
        // printf of the same bytes | base32
        expect(groups.map((group) => group.slice(0, 4)).join('')).toBe('4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ');
        expect(groups).toMatchInlineSnapshot(`
          [
            "4OYM6",
            "IQUYF",
            "7QOBC",
            "JGX3A",
            "6TEJJ",
            "S35Z4",
            "EQT2S",
            "4QPE3",
            "MSNZU",
            "GTFEY",
            "SWMRZ",
            "W6CSZ",
            "XBKQO",
          ]
        `);
    });

    it('are read back, however they are typed', () => {
        fc.assert(
            fc.property(aRoot, fc.constantFrom(' ', '-', '\n', '　', ' · ', ', '), fc.boolean(), (root, between, small) => {
                const text = rootGroups(root).join(between);
                expect(readRootGroups(` ${small ? text.toLowerCase() : text} `)).toEqual({ root });
            }),
        );
        expect(readRootGroups(rootGroups(ROOT).join(''))).toEqual({ root: ROOT });
        const asDigits = rootGroups(ROOT).join(' ').replaceAll('O', '0').replaceAll('I', '1').replaceAll('B', '8');
        expect(readRootGroups(asDigits)).toEqual({ root: ROOT });
    });

    it('name the group of any one wrong character', () => {
        fc.assert(
            fc.property(aRoot, fc.nat(12), fc.nat(4), fc.constantFrom(...ALPHABET), (root, group, place, other) => {
                const groups = rootGroups(root);
                const right = groups[group] ?? '';
                fc.pre(right[place] !== other);
                groups[group] = right.slice(0, place) + other + right.slice(place + 1);
                expect(readRootGroups(groups.join(' '))).toMatchObject({ faults: [{ group: group + 1, fault: 'check' }] });
            }),
        );
    });

    it('name the group in which two neighbours changed places, and groups that stand where another belongs', () => {
        fc.assert(
            fc.property(aRoot, fc.nat(12), fc.nat(3), (root, group, place) => {
                const groups = rootGroups(root);
                const signs = [...(groups[group] ?? '')];
                fc.pre(signs[place] !== signs[place + 1]);
                signs.splice(place, 2, signs[place + 1] ?? '', signs[place] ?? '');
                groups[group] = signs.join('');
                expect(readRootGroups(groups.join(' '))).toMatchObject({ faults: [{ group: group + 1, fault: 'check' }] });
            }),
        );
        fc.assert(
            fc.property(aRoot, fc.nat(12), fc.nat(12), (root, one, two) => {
                fc.pre(one < two);
                const groups = rootGroups(root);
                [groups[one], groups[two]] = [groups[two] ?? '', groups[one] ?? ''];
                expect(readRootGroups(groups.join(' '))).toMatchObject({
                    faults: [
                        { group: one + 1, fault: 'check' },
                        { group: two + 1, fault: 'check' },
                    ],
                });
            }),
        );
    });

    it('say what else is wrong', () => {
        const groups = rootGroups(ROOT);
        const changed = (at: number, group: string) => groups.map((each, index) => (index === at ? group : each)).join(' ');
        expect(readRootGroups(changed(4, 'ABC'))).toMatchObject({ groups: 13, faults: [{ group: 5, fault: 'length' }] });
        expect(readRootGroups(changed(6, 'AB9CD'))).toMatchObject({ faults: [{ group: 7, fault: 'character' }] });
        expect(readRootGroups(groups.slice(0, 12).join(' '))).toEqual({ root: undefined, groups: 12, faults: [] });
        expect(readRootGroups('')).toEqual({ root: undefined, groups: 0, faults: [] });
    });

    it('have one spelling: bits that stand for nothing are zero', () => {
        const roots: string[] = [];
        // Of all 32 fourth characters of the last group only two are a root, with their own check.
        const groups = rootGroups(ROOT);
        const start = (groups[12] ?? '').slice(0, 3);
        for (const fourth of ALPHABET)
            for (const check of ALPHABET) {
                const read = readRootGroups([...groups.slice(0, 12), start + fourth + check].join(' '));
                if (read.root !== undefined) roots.push(toHex(read.root));
            }
        expect(roots).toHaveLength(2);
    });
});

describe('what is read from a sheet', () => {
    const text = formatCheckpoint({ origin: 'liuhen.invalid/a', size: 7n, root: ROOT });
    const note = `${text}\n— liuhen.invalid/a ${Buffer.alloc(68, 1).toString('base64')}\n`;

    it('is a root, or the checkpoint in the code', () => {
        expect(readSheet(rootGroups(ROOT).join(' '))).toEqual({ kind: 'root', root: ROOT });
        // A scanner may leave the last line end out, or write those of Windows.
        for (const scanned of [note, note.trim(), note.replaceAll('\n', '\r\n')])
            expect(readSheet(scanned)).toMatchObject({ kind: 'note', note, checkpoint: { size: 7n, root: ROOT } });
    });

    it('is told apart from what is neither', () => {
        expect(readSheet(' \n')).toEqual({ kind: 'empty' });
        expect(readSheet('ABCDE')).toMatchObject({ kind: 'wrongGroups', groups: 1 });
        expect(readSheet(note.replace('\n7\n', '\n07\n'))).toEqual({ kind: 'wrongNote' });
        fc.assert(fc.property(fc.string({ unit: 'binary' }), (any) => typeof readSheet(any).kind === 'string'));
    });
});
