import { type Id, SYSTEM_ID } from '../../kernel/ids.ts';

/** An entry, by whose log it is in and its place there, from 0. The log's name (origin) stands in its proof. */
export type EntryRef = { readonly org: Id; readonly index: number };

/**
 * Where each file of an evidence package (证据包) lies. Paths have slashes, are relative to the folder or ZIP, and are ASCII: every
 * medium, system and program writes them alike.
 */
export const PACKAGE_PATHS = {
    manifest: 'manifest.json',
    readme: 'README.txt',
    policy: 'policy.txt',
    statement: 'statement.pdf',
    chart: 'chart.pdf',
    verifier: 'verify.html',
    /** Bytes of an item; equal bytes of several items lie here once. `extension` in lower case, without a dot, 1 to 10 letters. */
    content: (sha256: string, extension: string) => `content/${sha256}.${extension}`,
    /** A paper beside the items, for example the pages of a document made anew. */
    document: (name: string) => `documents/${name}`,
    /** The stored bytes of an entry. */
    entry: ({ org, index }: EntryRef) => `entries/${org}/${index}.json`,
    /** The salt (32 bytes), then the body: SHA-256 of the file is `bodyHash` of the entry. */
    body: ({ org, index }: EntryRef) => `bodies/${org}/${index}.body`,
    /** C2SP tlog-proof under the first head (SHA-256), and under the second (SM3 and SM2), which need not be there. */
    proof: ({ org, index }: EntryRef) => `proofs/${org}/${index}.tlog-proof`,
    smProof: ({ org, index }: EntryRef) => `proofs/${org}/${index}.sm.tlog-proof`,
    /** A signed checkpoint that stands alone. */
    checkpoint: (name: string) => `checkpoints/${name}.txt`,
    /** Proof that this checkpoint and that of the proofs are of one log that only grew (body of add-checkpoint, C2SP tlog-witness). */
    growth: (name: string) => `checkpoints/${name}.growth`,
    /** RFC 3161 time-stamp (the answer of the authority) over the bytes of the checkpoint of this name. */
    timestamp: (name: string) => `tsa/${name}.tsr`,
    /** How the issuing of the package was entered: not in the manifest, because it names the digest of the manifest. */
    receiptEntry: 'receipt/entry.json',
    receiptProof: 'receipt/entry.tlog-proof',
    /** Of a package on several discs, in each folder: not in the manifest, like `volume.json`. */
    segments: 'segments.json',
    volume: 'volume.json',
} as const;

/** Files that the manifest cannot list; each may be missing. */
export const PACKAGE_UNLISTED: readonly string[] = [
    PACKAGE_PATHS.manifest,
    PACKAGE_PATHS.receiptEntry,
    PACKAGE_PATHS.receiptProof,
    PACKAGE_PATHS.segments,
    PACKAGE_PATHS.volume,
];

/** Files that the manifest lists and that stand on each of several discs, so that each can be read and checked for itself. */
export const PACKAGE_ON_EVERY_DISC: readonly string[] = [PACKAGE_PATHS.readme, PACKAGE_PATHS.verifier];

/** What desktops of Windows and macOS write into folders that somebody looks at. */
const OF_DESKTOP = /(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini)$/i;

/** Whether a file beside those of a package was put there by a desktop, by its name; it is named as a stranger that proves nothing. */
export const isOfDesktop = (path: string): boolean => OF_DESKTOP.test(path);

/** The log of the system itself, where application keys are introduced. */
export const KEY_LOG = SYSTEM_ID;

/** Most characters of a path. */
export const PACKAGE_MAX_PATH = 200;

const PATH = /^[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*(?:\/[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*)*$/;
/** Names that Windows keeps for itself, with any ending. */
const RESERVED = /(?:^|\/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\/|$)/i;

/**
 * Whether `path` may be one of a package: parts of letters, digits, `_`, `-` and single dots in between. So nothing leads out of the
 * folder, is absolute, or means another file on another system.
 */
export const isPackagePath = (path: string): boolean =>
    path.length <= PACKAGE_MAX_PATH && PATH.test(path) && !RESERVED.test(path);
