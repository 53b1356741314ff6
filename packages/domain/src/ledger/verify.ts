import { DomainError } from '../kernel/domain-error.ts';
import { fromHex, toHex } from '../kernel/hex.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import type { Digest, VerifySignature } from './digest.ts';
import type { Entry } from './entry.ts';
import { bodyHash, entrySigningMessage, parseEntry, SALT_LENGTH } from './entry.ts';
import type { LogFinding, LogFindingCode, Report } from './findings.ts';
import { createCompactRange } from './merkle.ts';
import type { ChainLink } from './verify-chain.ts';
import { createChainCheck } from './verify-chain.ts';
import type { KnownContent, KnownRow, Standing } from './verify-state.ts';
import { createContentCheck, createObjectCheck, createRowCheck } from './verify-state.ts';

export type { KnownContent, KnownRow } from './verify-state.ts';

/** One log row as stored: the signed bytes, and the columns beside them that only serve searching. */
export type LoggedEntry = ChainLink & {
    readonly kind: string;
    readonly at: Instant;
    readonly commandId: Id;
    readonly actor?: Id;
    /** Absent: not at hand, not checked. `'destroyed'`: lawfully destroyed; salt and body are gone, the entry stands. */
    readonly body?: { readonly salt: Uint8Array; readonly body: Uint8Array } | 'destroyed';
};

/** Result for a whole log. It is sound when `total` is 0. */
export type LogVerdict = {
    /** Number of entries read, and the RFC 6962 SHA-256 root over their stored bytes: to be compared with a checkpoint. */
    readonly size: bigint;
    readonly root: Uint8Array;
    /** The first findings, at most `keep`; `counts` has them all. */
    readonly findings: readonly LogFinding[];
    readonly total: number;
    readonly counts: ReadonlyMap<LogFindingCode, number>;
    /** `checked` includes those that did not fit. */
    readonly bodies: { readonly checked: number; readonly destroyed: number; readonly absent: number };
};

export type LogVerifier = {
    /** Takes the next entry in index order, after the call before has settled. Gives the findings about it. */
    next(logged: LoggedEntry): Promise<readonly LogFinding[]>;
    /** Compares with the stored head and closes the account; gives the findings about the head inside the verdict. */
    finish(head: { size: bigint; chain: Uint8Array }): LogVerdict;
    /** What the log says of one state row, or of all: to be compared with the tables by `compareRow`. */
    row(table: string, id: string): KnownRow | undefined;
    rows(): IterableIterator<KnownRow>;
    /** The content the log vouches for. */
    content(sha256: string): KnownContent | undefined;
    contents(): IterableIterator<KnownContent>;
};

/**
 * Verifies one log from its first entry in one pass. Memory grows with the number of objects, rows and contents, not of
 * entries. What is wrong with the log becomes a finding and never an exception; a bad entry is named and the check goes on
 * from what is stored, so the good entries after it stay good. An entry that is missing or unreadable shows once more at
 * each object and row it was about, where their sequence goes on. Exceptions are failures of the check itself.
 */
export function createLogVerifier(options: {
    digest: Digest;
    verifySignature: VerifySignature;
    org: Id;
    keep?: number;
    /** Which signatures are checked; without it all. An entry whose signature is not checked stands as long as its leaf does. */
    wantsSignature?: (idx: bigint) => boolean;
}): LogVerifier {
    const { digest } = options;
    const chain = createChainCheck(digest);
    const tree = createCompactRange(digest.sha256);
    const objects = createObjectCheck();
    const rows = createRowCheck();
    const contents = createContentCheck();
    const account = createAccount(options.keep ?? 1_000);
    const bodies = { checked: 0, destroyed: 0, absent: 0 };

    return {
        async next(logged) {
            const { found, report } = account.about(logged.idx);
            const { leaf, leafHolds } = chain.next(logged, report);
            tree.append(leaf);

            const entry = readEntry(logged.entry, report);
            const standing = entry === undefined ? 'doubtful' : await standingOf(entry, logged.idx, leafHolds, report);
            if (standing === 'doubtful') objects.excuse(logged.leaf, leaf);
            if (entry === undefined) return found;

            checkColumns(logged, entry, report);
            checkOrg(entry, report);
            checkBody(logged.body, entry, report);
            objects.next(entry.objects, leaf, standing, report);
            rows.next(entry.rows, logged.idx, standing, report);
            contents.next(entry.content, logged.idx, standing, report);
            return found;
        },
        finish(head) {
            chain.finish(head, account.about(tree.size()).report);
            return { size: tree.size(), root: tree.root(), ...account.close(), bodies };
        },
        row: rows.get,
        rows: rows.all,
        content: contents.get,
        contents: contents.all,
    };

    async function standingOf(entry: Entry, idx: bigint, leafHolds: boolean, report: Report): Promise<Standing> {
        if (options.wantsSignature?.(idx) === false) return leafHolds ? 'sound' : 'doubtful';
        return checkSignature(entry, leafHolds, report);
    }

    /** With a key nobody knows, an entry stands as long as its leaf does. */
    async function checkSignature(entry: Entry, leafHolds: boolean, report: Report): Promise<Standing> {
        try {
            if (await options.verifySignature(entry.app, entrySigningMessage(entry), fromHex(entry.sig))) return 'sound';
        } catch (error) {
            if (!(error instanceof DomainError) || error.code !== 'log.unknownKey') throw error;
            report('log.unknownKey', { key: entry.app });
            return leafHolds ? 'sound' : 'doubtful';
        }
        report('log.badSignature', { key: entry.app });
        return 'doubtful';
    }

    function checkOrg(entry: Entry, report: Report): void {
        if (entry.org !== options.org) report('log.wrongOrg', { expected: options.org, found: entry.org });
    }

    function checkBody(body: LoggedEntry['body'], entry: Entry, report: Report): void {
        if (body === undefined) {
            bodies.absent++;
        } else if (body === 'destroyed') {
            bodies.destroyed++;
        } else {
            bodies.checked++;
            const computed = body.salt.length === SALT_LENGTH ? toHex(bodyHash(digest, body.salt, body.body)) : '';
            if (computed !== entry.bodyHash) report('log.bodyMismatch', { stated: entry.bodyHash, computed });
        }
    }
}

function readEntry(bytes: Uint8Array, report: Report): Entry | undefined {
    try {
        return parseEntry(bytes);
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        const { code, params } = error;
        if (code.startsWith('entry.')) report('log.malformedEntry', { reason: code, path: params.path ?? '$' });
        else report('log.notCanonical', { reason: code });
        return undefined;
    }
}

function checkColumns(logged: LoggedEntry, entry: Entry, report: Report): void {
    for (const column of ['kind', 'at', 'commandId', 'actor'] as const) {
        const stored = logged[column];
        if (stored === undefined || stored === entry[column]) continue;
        report('log.columnMismatch', { column, stored, signed: entry[column] });
    }
}

/** Counts every finding and keeps the first `keep`, so that a log of millions with one wrong key still fits in memory. */
function createAccount(keep: number) {
    const findings: LogFinding[] = [];
    const counts = new Map<LogFindingCode, number>();
    let total = 0;
    return {
        about(idx: bigint): { found: LogFinding[]; report: Report } {
            const found: LogFinding[] = [];
            const report: Report = (code, params) => {
                const finding = { code, idx, params };
                found.push(finding);
                if (findings.length < keep) findings.push(finding);
                counts.set(code, (counts.get(code) ?? 0) + 1);
                total++;
            };
            return { found, report };
        },
        close: () => ({ findings, counts, total }),
    };
}
