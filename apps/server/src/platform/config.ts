import { resolve } from 'node:path';
import { DAY, DomainError, HOUR, MINUTE, type ScrubPace, SECOND } from '@liuhen/domain';
import { z } from 'zod';
import type { TokenConfig } from './token-key.ts';

/** Everything that can be set from outside, with its default; read once at start. */
export type Config = {
    /** Folder of everything this installation keeps: database, objects, keys, staging. */
    readonly dataFolder: string;
    readonly host: string;
    readonly port: number;
    /** Role that may migrate; without it the embedded PostgreSQL is used. */
    readonly databaseUrl: string | undefined;
    /** Login of the application when it is not made by the migration (several nodes, no superuser at hand). */
    readonly databaseAppUrl: string | undefined;
    readonly databaseWorkerUrl: string | undefined;
    readonly databasePool: number;
    readonly https: boolean;
    /** How many proxies stand in front and are believed about the client's address; 0 for none. */
    readonly trustProxy: number;
    readonly demo: boolean;
    readonly logLevel: string;
    readonly requestsPerMinute: number;
    readonly sessionIdleMs: number;
    readonly sessionAbsoluteMs: number;
    readonly uploadExpiryMs: number;
    /** Bytes that uploads never fill: the log must always find room. */
    readonly storageFloorBytes: bigint;
    /** Beginning of the names of logs, a place of one's own (C2SP: a URL without scheme); undefined: one made of the installation's id. */
    readonly logName: string | undefined;
    /** Token (PKCS #11) in which new keys of the logs are made; undefined: in files of the data folder. */
    readonly logToken: TokenConfig | undefined;
    /** A clock that goes forward or back by more than that, or differs so much from others, is not trusted. */
    readonly clockJumpMs: number;
    /** How often new entries of the logs are signed. */
    readonly checkpointMs: number;
    /** Policy file (C2SP tlog-policy) of the witnesses that new checkpoints are handed to; undefined for none. */
    readonly witnessFile: string | undefined;
    /** The same of the mirrors that every entry is handed to. */
    readonly mirrorFile: string | undefined;
    /** Folder of the second disk on which every log is kept as well; undefined for none. */
    readonly secondDisk: string | undefined;
    /** Whether the bodies of entries (names, values, free text) go there too. */
    readonly secondDiskBodies: boolean;
    /** Where time-stamps are asked for (RFC 3161), and the PEM file of the certificates that are believed; undefined: nowhere. */
    readonly timeStampAuthority: { readonly url: string; readonly rootsFile: string } | undefined;
    /** What is stamped: the last checkpoint of each day, or the newest of each hour as well. */
    readonly stampEvery: 'day' | 'hour';
    /** What a disc holds where others than DVD and BD of one layer are written; undefined for what those hold. */
    readonly discBytes: number | undefined;
    readonly jobConcurrency: number;
    /** Pictures and copies are made so long after a file was inspected: what comes in at once comes first. */
    readonly derivedAfterMs: number;
    /** A program for speech recognition, called as `listen.ts` says; undefined: none. */
    readonly speechProgram: string | undefined;
    /** How soon everything that is stored is read once more, and what that may cost each store. */
    readonly scrub: ScrubPace;
    /** The store is told to refuse letting go of recordings before their time is over. Nobody can take that back. */
    readonly lockKept: boolean;
    /** A bucket in which new content is kept; without it content lies in the data folder. The secret stands in a file. */
    readonly bucket: BucketConfig | undefined;
    /** Set-up is asked for a code from the console unless the server is reachable from this machine only. */
    readonly setupCodeNeeded: boolean;
};

export type BucketConfig = {
    readonly endpoint: string | undefined;
    readonly region: string;
    readonly bucket: string;
    readonly accessKeyId: string;
    readonly secretFile: string;
};

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

const flag = z
    .enum(['0', '1'])
    .default('0')
    .transform((value) => value === '1');
const environment = z.object({
    LIUHEN_DATA: z.string().min(1).optional(),
    LIUHEN_HOST: z.string().min(1).default('127.0.0.1'),
    LIUHEN_PORT: z.coerce.number().int().min(0).max(65_535).default(8042),
    DATABASE_URL: z.string().min(1).optional(),
    DATABASE_APP_URL: z.string().min(1).optional(),
    DATABASE_WORKER_URL: z.string().min(1).optional(),
    LIUHEN_DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(20),
    LIUHEN_HTTPS: flag,
    LIUHEN_TRUST_PROXY: z.coerce.number().int().min(0).max(5).default(0),
    LIUHEN_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
    LIUHEN_REQUESTS_PER_MINUTE: z.coerce.number().int().min(10).default(1200),
    LIUHEN_SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).max(480).default(30),
    LIUHEN_SESSION_HOURS: z.coerce.number().int().min(1).max(24).default(10),
    LIUHEN_UPLOAD_EXPIRY_HOURS: z.coerce.number().int().min(1).max(720).default(72),
    LIUHEN_STORAGE_FLOOR_MIB: z.coerce.number().int().min(0).default(1024),
    LIUHEN_LOG_NAME: z
        .string()
        .regex(/^[\w.:-]+(?:\/[\w.-]+)*$/)
        .max(100)
        .optional(),
    LIUHEN_PKCS11_MODULE: z.string().min(1).optional(),
    LIUHEN_PKCS11_TOKEN: z.string().min(1).max(32).optional(),
    LIUHEN_PKCS11_PIN_FILE: z.string().min(1).optional(),
    LIUHEN_CLOCK_JUMP_SECONDS: z.coerce.number().int().min(2).max(3_600).default(60),
    LIUHEN_CHECKPOINT_SECONDS: z.coerce.number().int().min(1).max(3_600).default(10),
    LIUHEN_WITNESSES: z.string().min(1).optional(),
    LIUHEN_MIRRORS: z.string().min(1).optional(),
    LIUHEN_SECOND_DISK: z.string().min(1).optional(),
    LIUHEN_SECOND_DISK_BODIES: flag,
    LIUHEN_TSA_URL: z.url({ protocol: /^https?$/ }).optional(),
    LIUHEN_TSA_ROOTS: z.string().min(1).optional(),
    LIUHEN_TSA_EVERY: z.enum(['day', 'hour']).default('day'),
    LIUHEN_DISC_MIB: z.coerce.number().int().min(4).max(120_000).optional(),
    LIUHEN_JOBS: z.coerce.number().int().min(1).max(16).default(2),
    LIUHEN_DERIVED_AFTER_SECONDS: z.coerce.number().int().min(0).max(86_400).default(30),
    LIUHEN_SPEECH_PROGRAM: z.string().min(1).optional(),
    LIUHEN_SCRUB_DAYS: z.coerce.number().int().min(1).max(365).default(30),
    LIUHEN_SCRUB_MIB_PER_SECOND: z.coerce.number().int().min(1).max(10_000).default(16),
    LIUHEN_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
    LIUHEN_S3_REGION: z.string().min(1).default('us-east-1'),
    LIUHEN_S3_BUCKET: z.string().min(3).max(63).optional(),
    LIUHEN_S3_ACCESS_KEY_ID: z.string().min(1).optional(),
    LIUHEN_S3_LOCK: flag,
    LIUHEN_S3_SECRET_FILE: z.string().min(1).optional(),
});

/** Reads the configuration; throws `config.invalid` with the name of the setting, never its value. */
export function readConfig(
    env: Readonly<Record<string, string | undefined>>,
    options: { demo?: boolean; dataFolder?: string } = {},
): Config {
    const parsed = environment.safeParse(env);
    if (!parsed.success) throw new DomainError('config.invalid', { name: String(parsed.error.issues[0]?.path[0] ?? '') });
    const given = parsed.data;
    const demo = options.demo ?? false;
    return {
        dataFolder: resolve(options.dataFolder ?? given.LIUHEN_DATA ?? (demo ? 'data-demo' : 'data')),
        host: given.LIUHEN_HOST,
        port: given.LIUHEN_PORT,
        databaseUrl: given.DATABASE_URL,
        databaseAppUrl: given.DATABASE_APP_URL,
        databaseWorkerUrl: given.DATABASE_WORKER_URL,
        databasePool: given.LIUHEN_DATABASE_POOL,
        https: given.LIUHEN_HTTPS,
        trustProxy: given.LIUHEN_TRUST_PROXY,
        demo,
        logLevel: given.LIUHEN_LOG_LEVEL,
        requestsPerMinute: given.LIUHEN_REQUESTS_PER_MINUTE,
        sessionIdleMs: given.LIUHEN_SESSION_IDLE_MINUTES * MINUTE,
        sessionAbsoluteMs: given.LIUHEN_SESSION_HOURS * HOUR,
        uploadExpiryMs: given.LIUHEN_UPLOAD_EXPIRY_HOURS * HOUR,
        storageFloorBytes: BigInt(given.LIUHEN_STORAGE_FLOOR_MIB) << 20n,
        logName: given.LIUHEN_LOG_NAME,
        clockJumpMs: given.LIUHEN_CLOCK_JUMP_SECONDS * SECOND,
        logToken: tokenOf(given),
        checkpointMs: given.LIUHEN_CHECKPOINT_SECONDS * SECOND,
        witnessFile: given.LIUHEN_WITNESSES,
        mirrorFile: given.LIUHEN_MIRRORS,
        secondDisk: given.LIUHEN_SECOND_DISK === undefined ? undefined : resolve(given.LIUHEN_SECOND_DISK),
        secondDiskBodies: given.LIUHEN_SECOND_DISK_BODIES,
        timeStampAuthority: authorityOf(given),
        stampEvery: given.LIUHEN_TSA_EVERY,
        discBytes: given.LIUHEN_DISC_MIB === undefined ? undefined : given.LIUHEN_DISC_MIB * 2 ** 20,
        jobConcurrency: given.LIUHEN_JOBS,
        derivedAfterMs: given.LIUHEN_DERIVED_AFTER_SECONDS * SECOND,
        speechProgram: given.LIUHEN_SPEECH_PROGRAM === undefined ? undefined : resolve(given.LIUHEN_SPEECH_PROGRAM),
        scrub: { periodMs: given.LIUHEN_SCRUB_DAYS * DAY, mostPerSecond: BigInt(given.LIUHEN_SCRUB_MIB_PER_SECOND) << 20n },
        lockKept: given.LIUHEN_S3_LOCK,
        bucket: bucketOf(given),
        // Behind a proxy every visitor looks like this machine.
        setupCodeNeeded: !LOOPBACK.has(given.LIUHEN_HOST) || given.LIUHEN_HTTPS || given.LIUHEN_TRUST_PROXY > 0,
    };
}

/** An authority that nobody can verify is worth nothing. */
function authorityOf({
    LIUHEN_TSA_URL: url,
    LIUHEN_TSA_ROOTS: rootsFile,
}: z.infer<typeof environment>): Config['timeStampAuthority'] {
    if (url === undefined) return undefined;
    if (rootsFile === undefined) throw new DomainError('config.invalid', { name: 'LIUHEN_TSA_ROOTS' });
    return { url, rootsFile: resolve(rootsFile) };
}

/** All of it or nothing: keys that were meant for a token must not end in files. */
function tokenOf(given: z.infer<typeof environment>): TokenConfig | undefined {
    const { LIUHEN_PKCS11_MODULE: module, LIUHEN_PKCS11_TOKEN: label, LIUHEN_PKCS11_PIN_FILE: pinFile } = given;
    if (module === undefined && label === undefined && pinFile === undefined) return undefined;
    if (module === undefined) throw new DomainError('config.invalid', { name: 'LIUHEN_PKCS11_MODULE' });
    if (label === undefined) throw new DomainError('config.invalid', { name: 'LIUHEN_PKCS11_TOKEN' });
    if (pinFile === undefined) throw new DomainError('config.invalid', { name: 'LIUHEN_PKCS11_PIN_FILE' });
    return { module, label, pinFile: resolve(pinFile) };
}

/** All of it or nothing: a bucket without its key is a mistake that must not end in content lying somewhere else. */
function bucketOf(given: z.infer<typeof environment>): BucketConfig | undefined {
    const { LIUHEN_S3_BUCKET: bucket, LIUHEN_S3_ACCESS_KEY_ID: accessKeyId, LIUHEN_S3_SECRET_FILE: secretFile } = given;
    if (bucket === undefined && accessKeyId === undefined && secretFile === undefined) {
        // Locks that nobody would set must not be believed in.
        if (given.LIUHEN_S3_LOCK) throw new DomainError('config.invalid', { name: 'LIUHEN_S3_LOCK' });
        return undefined;
    }
    if (bucket === undefined) throw new DomainError('config.invalid', { name: 'LIUHEN_S3_BUCKET' });
    if (accessKeyId === undefined) throw new DomainError('config.invalid', { name: 'LIUHEN_S3_ACCESS_KEY_ID' });
    if (secretFile === undefined) throw new DomainError('config.invalid', { name: 'LIUHEN_S3_SECRET_FILE' });
    return { endpoint: given.LIUHEN_S3_ENDPOINT, region: given.LIUHEN_S3_REGION, bucket, accessKeyId, secretFile };
}
