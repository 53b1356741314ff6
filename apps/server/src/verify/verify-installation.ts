import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';
import { SignedState } from '../features/ledger/checkpoint/signed-state.ts';
import { verifyLedger } from '../features/ledger/verify-ledger.ts';
import type { LedgerReport } from '../features/ledger/verify-report.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import type { BucketConfig } from '../platform/config.ts';
import { hashPool } from '../platform/hashing/hash-pool.ts';
import type { Cert } from '../platform/time-stamp/read-token.ts';
import { openBucketCopies } from './bucket-copies.ts';
import { checkCommands } from './check-commands.ts';
import { checkFiles } from './check-files.ts';
import { type InstallationFolder, readInstallationFolder } from './installation-folder.ts';
import { openEmbedded } from './open-database.ts';
import { type Account, type FileSummary, type InstallationReport, openAccount, type Progress } from './report.ts';
import { sampler } from './sampling.ts';
import { openSnapshot, openVerifiedDatabase, type VerifiedDatabase } from './snapshot.ts';
import { readTrustedKeys, type TrustedKeys } from './trusted-keys.ts';

export type VerifyInstallationOptions = {
    readonly dataFolder: string;
    /** Of a superuser or of the tables' owner; without it the embedded database of the data folder is used. */
    readonly databaseUrl?: string;
    /** Time-stamp authorities that are believed; without them tokens are checked and their authorities are not. */
    readonly anchors?: readonly Cert[] | undefined;
    /** Where content lies in a bucket: without it what lies there is named as not looked at. */
    readonly bucket?: BucketConfig | undefined;
    /** Public keys kept outside this installation (PEM, or 64 hex digits). */
    readonly keyFiles?: readonly string[];
    /** Part of the stored files whose every byte is read, 0 to 1; default all. */
    readonly sample?: number;
    readonly onProgress?: (progress: Progress) => void;
    readonly log?: (line: string) => void;
    /** Ends early; the report then says what was found so far and that it is not everything. */
    readonly signal?: AbortSignal;
    readonly clock?: Pick<Clock, 'now'>;
    /** A number in [0, 1), for the sample. */
    readonly random?: () => number;
};

/**
 * Re-computes every log, compares every row and every stored file with it, and changes nothing. Works beside a running
 * server and without one. What is wrong becomes a finding, what cannot be looked at a gap; thrown is only what keeps the
 * whole installation from being read: `verify.noDataFolder`, `verify.noDatabase`, `verify.databaseUnreachable`,
 * `verify.databaseRights`, `verify.schemaMissing`, `verify.keyFileInvalid`, and `postgres.*` of the embedded server.
 */
export async function verifyInstallation(options: VerifyInstallationOptions): Promise<InstallationReport> {
    const clock = options.clock ?? systemClock();
    const startedAt = clock.now();
    const dataFolder = resolve(options.dataFolder);
    const folder = await readInstallationFolder(dataFolder);
    const trusted = await readTrustedKeys({ installation: folder.keyFile, given: options.keyFiles ?? [] });
    const account = openAccount();
    const files: FileSummary = {
        contents: 0,
        copies: 0,
        hashed: 0,
        bytes: 0n,
        quarantined: 0,
        unreferenced: { count: 0, bytes: 0n, first: [] },
    };
    const ledger = await untilEnd(account, options.signal, () =>
        withDatabase(options, folder, (database) =>
            verifyAll({ options, dataFolder, folder, trusted, account, files, database }),
        ),
    );
    return {
        startedAt,
        endedAt: clock.now(),
        keys: { ids: (trusted.keys ?? []).map((key) => key.keyId), sources: trusted.sources },
        logs: ledger?.logs ?? [],
        tables: ledger?.tables ?? [],
        files,
        sample: options.sample ?? 1,
        ...account.close(),
    };
}

async function withDatabase<T>(
    options: VerifyInstallationOptions,
    folder: InstallationFolder,
    work: (database: VerifiedDatabase) => Promise<T>,
): Promise<T> {
    const embedded =
        options.databaseUrl === undefined
            ? await openEmbedded(folder.postgresFolder, options.log ?? (() => undefined), options.signal)
            : undefined;
    try {
        const database = await openVerifiedDatabase(embedded?.url ?? options.databaseUrl ?? '');
        try {
            return await work(database);
        } finally {
            await database.close();
        }
    } finally {
        await embedded?.stop();
    }
}

type Parts = {
    options: VerifyInstallationOptions;
    dataFolder: string;
    folder: InstallationFolder;
    trusted: TrustedKeys;
    account: Account;
    files: FileSummary;
    database: VerifiedDatabase;
};

/**
 * The snapshot of rows and files is taken first, so that the logs, read after it, know every entry its rows came with:
 * what is handed in while the check runs makes no false finding.
 */
async function verifyAll(parts: Parts): Promise<LedgerReport> {
    const { options, database, account, trusted } = parts;
    const { signal, onProgress = () => undefined, random = () => randomInt(2 ** 32) / 2 ** 32 } = options;
    const hashes = hashPool({ workers: Math.min(4, Math.max(2, availableParallelism())) });
    // A large file may take minutes: an interruption does not wait for it.
    const stopHashing = () => void hashes.close();
    signal?.addEventListener('abort', stopHashing);
    // Before anything of the log is read: what is signed meanwhile is of entries that are not read.
    const { signed, unreadable } = await new SignedState(dirname(parts.folder.keyFile)).all();
    for (const file of unreadable) account.gap('gap.signedUnreadable', { file });
    const snapshot = await openSnapshot(database);
    try {
        const ledger = await verifyLedger({
            pool: database.pool,
            ...(trusted.keys === undefined ? {} : { trustedKeys: trusted.keys }),
            anchors: options.anchors,
            signed,
            onProgress: ({ org, step, read, size }) => {
                signal?.throwIfAborted();
                onProgress({ step, org, read: BigInt(read), size: BigInt(size) });
            },
        });
        for (const finding of ledger.findings) account.find(finding);
        account.addUnnamed(ledger.total - ledger.findings.length);
        await checkCommands(snapshot, account);
        const inSample = sampler(options.sample ?? 1, random);
        const bucket = await openBucketCopies(parts.folder.bucketId, options.bucket);
        await checkFiles({ ...parts, bucket, contents: ledger.contents, snapshot, hashes, inSample, onProgress, signal }).finally(
            () => bucket?.close(),
        );
        return ledger;
    } finally {
        signal?.removeEventListener('abort', stopHashing);
        await snapshot.close();
        await hashes.close();
    }
}

/** Integrity failures of PostgreSQL itself, and values that no command can have written. */
const DAMAGED = new Set(['XX001', 'XX002', '58P01']);
const LOST = new Set(['57P01', '57P02', '57P03', '08000', '08003', '08006', 'ECONNRESET', 'EPIPE', 'ECONNREFUSED']);

/** What ends the check early becomes part of the report: it must not hide what was found before. */
async function untilEnd<T>(account: Account, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T | undefined> {
    try {
        return await work();
    } catch (error) {
        const code = (error as { code?: string }).code ?? '';
        if (signal?.aborted === true) account.gap('gap.interrupted');
        else if (DAMAGED.has(code) || error instanceof RangeError)
            account.find({ about: 'database', code: 'database.damaged', params: { reason: code === '' ? 'value' : code } });
        else if (LOST.has(code) || /Connection terminated/.test(String(error))) account.gap('gap.databaseLost');
        else throw error;
        return undefined;
    }
}
