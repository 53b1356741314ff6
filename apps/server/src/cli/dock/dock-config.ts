import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { fill } from '@liuhen/contract';
import { type ProfileRule, RECORDING_SOURCES, type RecordingSource, readRules, SHIPPED_SECRET_RULES } from '@liuhen/domain';
import { z } from 'zod';
import { UsageError } from '../io.ts';
import type { DockWords } from './words-dock.ts';

const count = z.number().int().positive();
const source = z.enum(RECORDING_SOURCES);
const place = {
    source: source.optional(),
    /** Takes this profile instead of the one with the best score. */
    profile: z.string().optional(),
    /** The number of the device that everything here is of: the camera of a room. */
    device: z.string().optional(),
    /** From the numbers in names, such as the channels of a video recorder, to those of the register. */
    devices: z.record(z.string(), z.string()).optional(),
};
const watch = z.union([
    z.strictObject({ folder: z.string(), ...place }),
    z.strictObject({ parent: z.string(), mountsOnly: z.boolean().optional(), ...place }),
]);

const shape = z.strictObject({
    server: z.string().optional(),
    credentials: z.string().optional(),
    serverKey: z.string().optional(),
    state: z.string().optional(),
    station: z.string().min(1).max(100).optional(),
    profiles: z.string().optional(),
    watch: z.array(watch).optional(),
    spool: z.strictObject({ folder: z.string(), mostMiB: count, keepFreeMiB: count.optional() }).optional(),
    driver: z
        .strictObject({
            command: z.array(z.string()).min(1),
            setClock: z.boolean().optional(),
            timeoutSeconds: count.max(600).optional(),
        })
        .optional(),
    secret: z.array(z.unknown()).optional(),
    parallel: count.max(64).optional(),
    pollSeconds: count.max(3600).optional(),
    walkSeconds: count.max(86_400).optional(),
    settleMs: z.number().int().min(0).max(600_000).optional(),
});

export type Watch = {
    readonly path: string;
    /** Whether its folders are the volumes, and not itself. */
    readonly parent: boolean;
    readonly mountsOnly: boolean;
    readonly source: RecordingSource | undefined;
    readonly profile: string | undefined;
    readonly device: string | undefined;
    readonly devices: Readonly<Record<string, string>>;
};

export type DockConfig = {
    readonly server: string | undefined;
    readonly credentials: string | undefined;
    /** Raw Ed25519 key, or undefined: then no receipt is believed. */
    readonly serverKey: Uint8Array | undefined;
    readonly state: string;
    readonly station: string;
    readonly profiles: string | undefined;
    readonly watch: readonly Watch[];
    readonly spool: { readonly folder: string; readonly mostBytes: number; readonly keepFreeBytes: number } | undefined;
    readonly driver: { readonly command: readonly string[]; readonly setClock: boolean; readonly timeoutMs: number } | undefined;
    readonly secret: readonly ProfileRule[];
    readonly parallel: number;
    readonly pollMs: number;
    /** After this every name on a volume is read anew, though no folder of it changed. */
    readonly walkMs: number;
    readonly settleMs: number;
};

/** What the command line says; it has the last word. */
export type DockOptions = {
    readonly config?: string | undefined;
    readonly server?: string | undefined;
    readonly credentials?: string | undefined;
    readonly state?: string | undefined;
    readonly profiles?: string | undefined;
    readonly source?: string | undefined;
    readonly parents: readonly string[];
    readonly folders: readonly string[];
};

const MIB = 1024 * 1024;

/** The configuration with what the command line adds. Throws UsageError with one line that names the place at fault. */
export async function readDockConfig(options: DockOptions, stateHome: string, words: DockWords): Promise<DockConfig> {
    const file = options.config;
    const given = file === undefined ? {} : await readShape(file, words);
    const from = sourceOf(options.source, words);
    const named = (path: string, parent: boolean): Watch => ({
        path: resolve(path),
        parent,
        mountsOnly: false,
        source: from,
        profile: undefined,
        device: undefined,
        devices: {},
    });
    const configured = (given.watch ?? []).map(
        (each): Watch => ({
            path: resolve('folder' in each ? each.folder : each.parent),
            parent: 'parent' in each,
            mountsOnly: 'parent' in each && each.mountsOnly === true,
            source: each.source ?? from,
            profile: each.profile,
            device: each.device,
            devices: each.devices ?? {},
        }),
    );
    const { spool, driver } = given;
    return {
        server: options.server ?? given.server,
        credentials: options.credentials ?? given.credentials,
        serverKey: given.serverKey === undefined ? undefined : await keyOf(given.serverKey, words),
        state: options.state ?? given.state ?? join(stateHome, 'dock'),
        station: (given.station ?? hostname()).normalize('NFC').slice(0, 100),
        profiles: options.profiles ?? given.profiles,
        watch: [
            ...options.parents.map((path) => named(path, true)),
            ...options.folders.map((path) => named(path, false)),
            ...configured,
        ],
        spool:
            spool === undefined
                ? undefined
                : { folder: spool.folder, mostBytes: spool.mostMiB * MIB, keepFreeBytes: (spool.keepFreeMiB ?? 512) * MIB },
        driver:
            driver === undefined
                ? undefined
                : {
                      command: driver.command,
                      setClock: driver.setClock === true,
                      timeoutMs: (driver.timeoutSeconds ?? 20) * 1_000,
                  },
        secret: secretOf(given.secret, file ?? '', words),
        parallel: given.parallel ?? 8,
        pollMs: (given.pollSeconds ?? 5) * 1_000,
        walkMs: (given.walkSeconds ?? 60) * 1_000,
        settleMs: given.settleMs ?? 2_000,
    };
}

async function readShape(file: string, words: DockWords): Promise<z.infer<typeof shape>> {
    let text: string;
    try {
        text = await readFile(file, 'utf8');
    } catch (error) {
        throw new UsageError(fill(words.configUnreadable, { file, reason: (error as { code?: string }).code ?? '' }));
    }
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch (error) {
        throw new UsageError(fill(words.configNotJson, { file, reason: (error as Error).message }));
    }
    const parsed = shape.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new UsageError(faultIn(parsed.error.issues[0], file, words));
}

/** One line about the first thing that is wrong, in the user's language: the library's own sentences are English. */
function faultIn(issue: z.core.$ZodIssue | undefined, file: string, words: DockWords): string {
    const path = (issue?.path ?? []).map(String).join('.');
    if (issue?.code === 'unrecognized_keys')
        return fill(words.configUnknown, { file, path: [...(path === '' ? [] : [path]), issue.keys[0] ?? ''].join('.') });
    return fill(words.configWrong, { file, path: path === '' ? '$' : path, expected: words.expected[expectedIn(issue, path)] });
}

function expectedIn(issue: z.core.$ZodIssue | undefined, path: string): keyof DockWords['expected'] {
    if (issue?.code === 'invalid_union' || /^watch\.\d+$/.test(path)) return 'watch';
    if (issue?.code === 'invalid_value') return 'source';
    if (issue?.code === 'too_small' || issue?.code === 'too_big') return issue.origin === 'string' ? 'text' : 'positive';
    if (issue?.code !== 'invalid_type') return 'other';
    const names: Partial<Record<string, keyof DockWords['expected']>> = {
        string: 'text',
        number: 'number',
        int: 'positive',
        array: 'list',
        object: 'object',
        record: 'object',
        boolean: 'yesNo',
    };
    return names[issue.expected] ?? 'other';
}

function sourceOf(given: string | undefined, words: DockWords): RecordingSource | undefined {
    if (given === undefined) return undefined;
    const found = RECORDING_SOURCES.find((each) => each === given);
    if (found === undefined)
        throw new UsageError(fill(words.configWrong, { file: '--source', path: given, expected: words.expected.source }));
    return found;
}

function secretOf(given: readonly unknown[] | undefined, file: string, words: DockWords): readonly ProfileRule[] {
    if (given === undefined) return SHIPPED_SECRET_RULES;
    const read = readRules(given);
    if ('rules' in read) return read.rules;
    const [fault] = read.faults;
    const code = fault?.code ?? 'profile.shape';
    throw new UsageError(fill(words.profileWrong, { file: `${file} secret`, rule: fault?.at ?? 0, fault: words.faults[code] }));
}

/** The key itself, or a file that holds it. */
async function keyOf(given: string, words: DockWords): Promise<Uint8Array> {
    const text = /^[0-9a-f]{64}$/i.test(given) ? given : (await readFile(given, 'utf8').catch(() => '')).trim();
    if (!/^[0-9a-f]{64}$/i.test(text)) throw new UsageError(fill(words.keyWrong, { file: given }));
    return Buffer.from(text, 'hex');
}
