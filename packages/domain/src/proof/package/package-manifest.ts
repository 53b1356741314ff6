import { canonicalBytes, isCanonicalText, isPlainObject, parseCanonical } from '../../kernel/canonical-json.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { type Id, isId } from '../../kernel/ids.ts';
import { type Instant, isInstant } from '../../kernel/instant.ts';
import { createShapes } from '../../kernel/shape.ts';
import { HASH_LENGTH } from '../../ledger/digest.ts';
import { type EntryRef, isPackagePath, PACKAGE_PATHS, PACKAGE_UNLISTED } from './package-paths.ts';

/** `size` in bytes, as decimal text because it may pass 2^53, as in entries. */
export type PackageFile = { readonly path: string; readonly size: string; readonly sha256: string };

export const PACKAGE_ITEM_KINDS = ['recording', 'document'] as const;

/** One recording or document. */
export type PackageItem = {
    /** The object that the entries are about. */
    readonly id: Id;
    readonly kind: (typeof PACKAGE_ITEM_KINDS)[number];
    /** For people: file name, or title and number. */
    readonly name: string;
    /** Of the bytes; one of `files`. */
    readonly path: string;
    readonly size: string;
    readonly sha256: string;
    readonly sm3: string;
    /** The entry that vouches for the bytes: among its `objects` is `id`, among its `content` these digests and this size. */
    readonly entry: EntryRef;
    /** More entries about the item, for example that it was marked as evidence. */
    readonly also: readonly EntryRef[];
};

/** A public key by which entries of the package are signed, and the entry of the system's log that introduced it (with its body). */
export type PackageKey = { readonly app: string; readonly publicKey: string; readonly entry: EntryRef };

/**
 * What a package says it consists of. Nobody signs a manifest: what it says of items is checked against their entries, and what it says
 * of people and reasons holds by the receipt only (`PACKAGE_PATHS.receiptEntry`), whose entry has the manifest as its content.
 */
export type PackageManifest = {
    readonly type: 'liuhen/evidence-package';
    readonly v: 1;
    /** Of the package (the retrieval it answers). */
    readonly id: Id;
    readonly madeAt: Instant;
    /** Whose records these are. */
    readonly issuer: { readonly org: Id; readonly name: string };
    /** 制作人 */
    readonly maker: string;
    readonly recipient: string;
    readonly purpose: string;
    /** Legal basis, number of a case or letter; may be empty. */
    readonly basis: string;
    /** The entry by which the head of the institution consented. */
    readonly consent: EntryRef;
    readonly items: readonly PackageItem[];
    /** Every entry of the package, each with its file and its proof; sorted by log, then place. */
    readonly entries: readonly EntryRef[];
    readonly keys: readonly PackageKey[];
    /** Every file but those of `PACKAGE_UNLISTED`, sorted by path. */
    readonly files: readonly PackageFile[];
};

export type ManifestErrorCode =
    | 'manifest.version'
    | 'manifest.tooLong'
    | 'manifest.missingMember'
    | 'manifest.surplusMember'
    | 'manifest.wrongValue'
    | 'manifest.order'
    | 'manifest.unlistedEntry'
    | 'manifest.unlistedFile';

/** Largest manifest that is read, in bytes, and the most files and items of one. */
export const MANIFEST_MAX_BYTES = 64_000_000;
export const MANIFEST_MAX_FILES = 100_000;
export const MANIFEST_MAX_ITEMS = 10_000;

const refuse = (code: ManifestErrorCode, path: string): never => {
    throw new DomainError(code, { path });
};
const { such, text, integer, hex, oneOf, list, record } = createShapes((breach, path) => refuse(`manifest.${breach}`, path));

const id = such(isId);
const digest = hex(HASH_LENGTH);
const size = text(/^(?:0|[1-9][0-9]{0,18})$/);
const path = such((value) => typeof value === 'string' && isPackagePath(value));
/** Text for people: of one line, without control characters or marks that turn its direction. */
const words = (least: number) =>
    such(
        (value) =>
            typeof value === 'string' &&
            value.length >= least &&
            value.length <= 2000 &&
            isCanonicalText(value) &&
            !/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u.test(value),
    );
const entry = record({ org: id, index: integer(0) });

const MANIFEST = record({
    type: such((value) => value === 'liuhen/evidence-package'),
    v: such((value) => value === 1),
    id,
    madeAt: such(isInstant),
    issuer: record({ org: id, name: words(1) }),
    maker: words(1),
    recipient: words(1),
    purpose: words(1),
    basis: words(0),
    consent: entry,
    items: list(
        record({
            id,
            kind: oneOf(...PACKAGE_ITEM_KINDS),
            name: words(1),
            path,
            size,
            sha256: digest,
            sm3: digest,
            entry,
            also: list(entry, MANIFEST_MAX_ITEMS),
        }),
        MANIFEST_MAX_ITEMS,
    ),
    entries: list(entry, MANIFEST_MAX_FILES),
    keys: list(record({ app: text(/^[!-~]{1,200}$/), publicKey: hex(32), entry }), 100),
    files: list(record({ path, size, sha256: digest }), MANIFEST_MAX_FILES),
});

/** The bytes of `manifest.json`: canonical JSON. Throws `manifest.*` or `canonical.*` rather than write what no reader takes. */
export function formatManifest(manifest: PackageManifest): Uint8Array {
    check(manifest);
    const bytes = canonicalBytes(manifest);
    if (bytes.length > MANIFEST_MAX_BYTES) return refuse('manifest.tooLong', '$');
    return bytes;
}

/** Reads a manifest strictly. Throws `manifest.version` for a newer format, else `manifest.*` or `canonical.*`, with a `path`. */
export function parseManifest(bytes: Uint8Array): PackageManifest {
    if (bytes.length > MANIFEST_MAX_BYTES) refuse('manifest.tooLong', '$');
    const value = parseCanonical(bytes);
    if (isPlainObject(value) && Number.isSafeInteger(value.v) && value.v !== 1) refuse('manifest.version', '$.v');
    check(value);
    return value as PackageManifest;
}

/** Names an entry in maps and messages. */
export const entryKey = ({ org, index }: EntryRef): string => `${org}/${index}`;

/** `entries` in the order a manifest wants, each once. */
export const sortEntryRefs = (entries: readonly EntryRef[]): EntryRef[] =>
    [...new Map(entries.map((each) => [entryKey(each), each])).values()].sort(compareRefs);

/** `files` in the order a manifest wants. */
export const sortPackageFiles = (files: readonly PackageFile[]): PackageFile[] =>
    [...files].sort((a, b) => compareText(a.path, b.path));

// By code unit; all of it is ASCII, so this is also the order of the bytes.
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const compareRefs = (a: EntryRef, b: EntryRef): number => compareText(a.org, b.org) || a.index - b.index;

function check(value: unknown): void {
    MANIFEST(value, '$');
    const manifest = value as PackageManifest;
    inOrder(manifest.entries, compareRefs, '$.entries');
    inOrder(manifest.files, (a, b) => compareText(a.path, b.path), '$.files');
    // Where a system does not tell capitals apart, two paths would be one file.
    if (new Set(manifest.files.map((file) => file.path.toLowerCase())).size !== manifest.files.length)
        refuse('manifest.order', '$.files');
    for (const [at, { path: file }] of manifest.files.entries())
        if (PACKAGE_UNLISTED.includes(file)) refuse('manifest.wrongValue', `$.files[${at}].path`);
    checkReferences(manifest);
}

function inOrder<T>(list: readonly T[], compare: (a: T, b: T) => number, at: string): void {
    list.forEach((each, index) => {
        const before = list[index - 1];
        if (before !== undefined && compare(before, each) >= 0) refuse('manifest.order', `${at}[${index}]`);
    });
}

/** Nothing is pointed at that is not listed: an entry has its two files, and an item its file with the same digest and size. */
function checkReferences({ items, entries, keys, files, consent }: PackageManifest): void {
    const listed = new Set(entries.map(entryKey));
    const byPath = new Map(files.map((file) => [file.path, file]));
    const known = (ref: EntryRef, at: string) => {
        if (!listed.has(entryKey(ref))) refuse('manifest.unlistedEntry', at);
    };
    known(consent, '$.consent');
    keys.forEach((key, at) => {
        known(key.entry, `$.keys[${at}].entry`);
    });
    entries.forEach((ref, at) => {
        if (!byPath.has(PACKAGE_PATHS.entry(ref)) || !byPath.has(PACKAGE_PATHS.proof(ref)))
            refuse('manifest.unlistedFile', `$.entries[${at}]`);
    });
    items.forEach((item, at) => {
        known(item.entry, `$.items[${at}].entry`);
        item.also.forEach((ref, more) => {
            known(ref, `$.items[${at}].also[${more}]`);
        });
        const file = byPath.get(item.path);
        if (file === undefined || file.sha256 !== item.sha256 || file.size !== item.size)
            refuse('manifest.unlistedFile', `$.items[${at}].path`);
    });
}
