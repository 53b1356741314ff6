import { HASH_LENGTH } from '../../ledger/digest.ts';

/**
 * A root as it stands on paper: 13 groups of five characters. Four of each are Base32 of RFC 4648, without padding; the fifth is
 * a check of its group and of the group's place. So a slip of the finger is found, and in which group it is.
 */
export const ROOT_GROUPS = 13;
export const ROOT_GROUP_LENGTH = 5;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BITS = 5;

/** What is wrong with a group: its length, a character that occurs in none, or its check. */
export type GroupFault = { readonly group: number; readonly fault: 'length' | 'character' | 'check' };

/** `groups` is how many there are, when that is not 13; `faults` are by group, counted from 1. */
export type ReadGroups =
    | { readonly root: Uint8Array }
    | { readonly root: undefined; readonly groups: number; readonly faults: readonly GroupFault[] };

/** The groups of a root of 32 bytes. */
export function rootGroups(root: Uint8Array): string[] {
    if (root.length !== HASH_LENGTH) throw new RangeError('a root has 32 bytes');
    const values = valuesOf(root);
    return Array.from({ length: ROOT_GROUPS }, (_, index) => {
        const four = values.slice(index * 4, index * 4 + 4);
        return [...four, checkOf(index + 1, four)].map((value) => ALPHABET[value]).join('');
    });
}

/**
 * Reads groups that somebody typed. Small letters, full width, hyphens and line ends are fine, and so are 0, 1 and 8, which stand in no
 * group, for O, I and B. Without any space between them they are cut after every fifth character.
 */
export function readRootGroups(text: string): ReadGroups {
    const groups = groupsIn(text);
    const faults = groups.flatMap((group, index): GroupFault[] => {
        const fault = faultOf(group, index + 1);
        return fault === undefined ? [] : [{ group: index + 1, fault }];
    });
    if (faults.length > 0 || groups.length !== ROOT_GROUPS) return { root: undefined, groups: groups.length, faults };
    const values = groups.flatMap((group) => symbolsOf(group.slice(0, -1)));
    const root = bytesOf(values);
    // The last four bits stand for nothing: a root has one spelling.
    if (root === undefined) return { root: undefined, groups: ROOT_GROUPS, faults: [{ group: ROOT_GROUPS, fault: 'character' }] };
    return { root };
}

function groupsIn(text: string): string[] {
    const clean = text.normalize('NFKC').toUpperCase();
    const groups = clean.split(/[\s\-–—_.,;:、，。·|]+/).filter((group) => group !== '');
    const [only = ''] = groups;
    if (groups.length !== 1 || only.length <= ROOT_GROUP_LENGTH) return groups;
    return only.match(/.{1,5}/gu) ?? [];
}

function faultOf(group: string, place: number): GroupFault['fault'] | undefined {
    if ([...group].length !== ROOT_GROUP_LENGTH) return 'length';
    const values = symbolsOf(group);
    if (values.includes(-1)) return 'character';
    return values[4] === checkOf(place, values.slice(0, 4)) ? undefined : 'check';
}

const LIKE: Readonly<Record<string, string>> = { '0': 'O', '1': 'I', '8': 'B' };
const symbolsOf = (group: string): number[] => [...group].map((sign) => ALPHABET.indexOf(LIKE[sign] ?? sign));

/**
 * A sum over the field of 32 elements in which each place weighs otherwise: one wrong character, two that changed places, and a group that
 * stands where another belongs always change it.
 */
function checkOf(place: number, values: readonly number[]): number {
    let sum = place;
    for (const value of values) sum = doubled(sum) ^ value;
    return doubled(sum);
}

/** Times x, modulo x⁵ + x² + 1. */
const doubled = (value: number): number => (value & 16 ? (value << 1) ^ 0b100101 : value << 1);

function valuesOf(bytes: Uint8Array): number[] {
    const values: number[] = [];
    let [held, bits] = [0, 0];
    for (const byte of bytes) {
        held = (held << 8) | byte;
        for (bits += 8; bits >= BITS; ) {
            bits -= BITS;
            values.push((held >> bits) & 31);
        }
        held &= (1 << bits) - 1;
    }
    if (bits > 0) values.push((held << (BITS - bits)) & 31);
    return values;
}

/** `undefined` where the bits that are left over are not zero. */
function bytesOf(values: readonly number[]): Uint8Array | undefined {
    const bytes: number[] = [];
    let [held, bits] = [0, 0];
    for (const value of values) {
        held = (held << BITS) | value;
        bits += BITS;
        if (bits < 8) continue;
        bits -= 8;
        bytes.push(held >> bits);
        held &= (1 << bits) - 1;
    }
    return held === 0 ? Uint8Array.from(bytes) : undefined;
}
