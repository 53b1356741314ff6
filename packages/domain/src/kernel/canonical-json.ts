import { utf8Bytes, utf8Text } from './bytes.ts';
import { DomainError } from './domain-error.ts';

/**
 * Restricted RFC 8785 (JCS): one value has exactly one byte form, in every language and for decades.
 * Left out of JSON on purpose: null (a missing member says the same in one way only), fractions and exponents (number
 * printing is the hard part of JCS), integers beyond 2^53-1 and -0 (readers disagree), text that is not NFC (looks
 * equal, hashes differently) and lone surrogates (no UTF-8 form).
 */
export type CanonicalValue =
    | string
    | number
    | boolean
    | readonly CanonicalValue[]
    | { readonly [member: string]: CanonicalValue };

/** Every code this file throws. Those of the value carry `path`, a JSON path such as `$.rows[2].id`. */
export type CanonicalErrorCode =
    | 'canonical.null'
    | 'canonical.undefined'
    | 'canonical.unsupportedType'
    | 'canonical.notInteger'
    | 'canonical.integerRange'
    | 'canonical.negativeZero'
    | 'canonical.notNfc'
    | 'canonical.loneSurrogate'
    | 'canonical.tooDeep'
    | 'canonical.notUtf8'
    | 'canonical.notJson'
    | 'canonical.notCanonical';

/** Deepest nesting of arrays and objects that is written or read. */
export const CANONICAL_DEPTH = 64;

/** The canonical text of `value`; throws a `CanonicalErrorCode` naming the path of the first thing that has none. */
export const canonicalJson = (value: unknown): string => write(value, []);

/** The canonical text as UTF-8: the bytes that are hashed and signed. */
export const canonicalBytes = (value: unknown): Uint8Array => utf8Bytes(canonicalJson(value));

/**
 * Reads bytes that are their own canonical form, and nothing else. Parsing, writing again and comparing refuses repeated
 * members, blanks, other escapes, other spellings of a number and other member orders without a parser of our own:
 * all of them are lost in between. Member names come as own properties, `__proto__` included.
 */
export function parseCanonical(bytes: Uint8Array): CanonicalValue {
    const text = utf8Text(bytes);
    if (text === undefined) throw new DomainError('canonical.notUtf8');
    const value = parseJson(text);
    const canonical = canonicalJson(value);
    if (canonical !== text) throw new DomainError('canonical.notCanonical', { offset: firstDifference(canonical, text) });
    return value as CanonicalValue;
}

/** Whether `text` can be a canonical string as it stands. */
export const isCanonicalText = (text: string): boolean =>
    PLAIN.test(text) || (text.isWellFormed() && text === text.normalize('NFC'));

type Path = (string | number)[];

/** Printable ASCII without `"` and `\`: needs no escape, is NFC. Almost every string of an entry. */
const PLAIN = /^[ !#-[\]-~]*$/;

/**
 * Characters of which any text is well-formed and NFC as it stands (all from the blank to U+02FF, the unified ideographs, marks of Chinese
 * typography, full-width forms): none of them is ever composed or decomposed, so that there is nothing to normalise.
 */
const SETTLED = /^[ -\u02ff\u3001-\u3029\u4e00-\u9fff\uff01-\uff60]*$/;

function write(value: unknown, path: Path): string {
    switch (typeof value) {
        case 'string':
            return writeText(value, path);
        case 'number':
            return writeInteger(value, path);
        case 'boolean':
            return value ? 'true' : 'false';
        case 'undefined':
            return refuse('canonical.undefined', path);
        case 'object':
            return value === null ? refuse('canonical.null', path) : writeContainer(value, path);
        default:
            return refuse('canonical.unsupportedType', path, { type: typeof value });
    }
}

function writeContainer(value: object, path: Path): string {
    if (path.length >= CANONICAL_DEPTH) return refuse('canonical.tooDeep', path, { limit: CANONICAL_DEPTH });
    if (Array.isArray(value)) return `[${writeElements(value, path)}]`;
    if (isPlainObject(value)) return `{${writeMembers(value, path)}}`;
    return refuse('canonical.unsupportedType', path, { type: value.constructor?.name ?? 'object' });
}

function writeElements(value: readonly unknown[], path: Path): string {
    let text = '';
    // By index, so that a hole is met as undefined and refused instead of skipped.
    for (let at = 0; at < value.length; at++) {
        path.push(at);
        text += at === 0 ? write(value[at], path) : `,${write(value[at], path)}`;
        path.pop();
    }
    return text;
}

function writeMembers(value: Readonly<Record<string, unknown>>, path: Path): string {
    let text = '';
    // RFC 8785 §3.2.3: by UTF-16 code units, which is what the default sort compares.
    for (const member of inOrder(Object.keys(value))) {
        path.push(member);
        text += `${text === '' ? '' : ','}${writeText(member, path)}:${write(value[member], path)}`;
        path.pop();
    }
    return text;
}

/** Most objects have a handful of members: putting each in its place is then several times faster than `sort`. */
const FEW_MEMBERS = 24;

function inOrder(members: string[]): string[] {
    if (members.length > FEW_MEMBERS) return members.sort();
    for (let from = 1; from < members.length; from++) {
        const member = members[from] as string;
        let at = from;
        for (; at > 0 && (members[at - 1] as string) > member; at--) members[at] = members[at - 1] as string;
        members[at] = member;
    }
    return members;
}

function writeText(value: string, path: Path): string {
    if (PLAIN.test(value)) return `"${value}"`;
    if (!SETTLED.test(value)) {
        if (!value.isWellFormed()) return refuse('canonical.loneSurrogate', path);
        if (value !== value.normalize('NFC')) return refuse('canonical.notNfc', path);
    }
    // RFC 8785 §3.2.2.2 takes its escapes from ECMAScript, so this is the rule itself.
    return JSON.stringify(value);
}

function writeInteger(value: number, path: Path): string {
    if (!Number.isInteger(value)) return refuse('canonical.notInteger', path);
    if (!Number.isSafeInteger(value)) return refuse('canonical.integerRange', path);
    if (Object.is(value, -0)) return refuse('canonical.negativeZero', path);
    return String(value);
}

/** An object literal or what JSON.parse makes; not a Date, a Map, bytes or an instance of a class. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
    if (typeof value !== 'object' || value === null) return false;
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null;
}

function parseJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        // Without the cause: its message quotes the text, which may be personal.
        throw new DomainError('canonical.notJson');
    }
}

function refuse(code: CanonicalErrorCode, path: Path, more: Record<string, string | number> = {}): never {
    throw new DomainError(code, { path: pathText(path), ...more });
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const LONGEST_STEP = 60;

const pathText = (path: Path): string =>
    path.reduce<string>((text, step) => {
        if (typeof step === 'number') return `${text}[${step}]`;
        const name = step.slice(0, LONGEST_STEP);
        return IDENTIFIER.test(name) ? `${text}.${name}` : `${text}[${JSON.stringify(name)}]`;
    }, '$');

function firstDifference(a: string, b: string): number {
    let at = 0;
    while (at < a.length && a[at] === b[at]) at++;
    return at;
}
