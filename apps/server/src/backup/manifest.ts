import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DomainError } from '@liuhen/domain';
import { z } from 'zod';
import { isMissing, syncFolder } from '../platform/storage/durable.ts';

/**
 * What one backup holds, a line for each thing: first what it is of, then folders and files, at last how many lines there were and their
 * SHA-256. It has its name only when it is whole.
 */
const FORMAT = 'liuhen-backup/1';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const size = z.string().regex(/^(0|[1-9][0-9]{0,18})$/);
/** Below the data folder; never out of it. */
const path = z.string().refine((text) => /^[\w.-]+(\/[\w.-]+)*$/.test(text) && !text.split('/').includes('..'));
const mode = z.number().int().min(0).max(0o777);

const headLine = z.object({
    format: z.literal(FORMAT),
    /** When it was begun, milliseconds since 1970. */
    at: z.number().int(),
    storeId: z.string(),
    postgres: z.string(),
    /** What each log held at least, when it was begun. */
    logs: z.array(z.object({ org: z.string(), size, chain: sha256 })),
});
const fileLine = z.object({ path, sha256, size, mode });
const folderLine = z.object({ folder: path, mode });
const endLine = z.object({ end: z.literal(true), lines: z.number().int(), sha256 });

export type BackupHead = Omit<z.infer<typeof headLine>, 'format'>;
export type BackupFile = z.infer<typeof fileLine>;
export type BackupFolder = z.infer<typeof folderLine>;

/** Writes the lines of a backup as they come. */
export class ManifestWriter {
    readonly #file: FileHandle;
    readonly #temp: string;
    readonly #path: string;
    readonly #folder: string;
    readonly #hash: Hash = createHash('sha256');
    #lines = 0;

    private constructor(file: FileHandle, folder: string, name: string) {
        this.#file = file;
        this.#folder = folder;
        this.#path = join(folder, `${name}.jsonl`);
        this.#temp = `${this.#path}.tmp`;
    }

    static async begin(folder: string, name: string, head: BackupHead): Promise<ManifestWriter> {
        const temp = join(folder, `${name}.jsonl.tmp`);
        await rm(temp, { force: true });
        const writer = new ManifestWriter(await open(temp, 'wx', 0o600), folder, name);
        await writer.#write({ format: FORMAT, ...head });
        return writer;
    }

    add(line: BackupFile | BackupFolder): Promise<void> {
        return this.#write(line);
    }

    /** From now on the backup is there. */
    async finish(): Promise<void> {
        const end = { end: true, lines: this.#lines, sha256: this.#hash.copy().digest('hex') };
        await this.#file.writeFile(`${JSON.stringify(end)}\n`);
        await this.#file.sync();
        await this.#file.close();
        await rename(this.#temp, this.#path);
        await syncFolder(this.#folder);
    }

    async giveUp(): Promise<void> {
        await this.#file.close();
        await rm(this.#temp, { force: true });
    }

    async #write(line: object): Promise<void> {
        const text = `${JSON.stringify(line)}\n`;
        this.#hash.update(text);
        this.#lines += 1;
        await this.#file.writeFile(text);
    }
}

/** Names of the backups in a folder, oldest first. */
export async function backupNames(folder: string): Promise<string[]> {
    try {
        return (await readdir(folder))
            .filter((name) => name.endsWith('.jsonl'))
            .map((name) => name.slice(0, -'.jsonl'.length))
            .sort();
    } catch (error) {
        if (isMissing(error)) return [];
        throw error;
    }
}

/** What a backup is of. Throws `backup.damaged`. */
export async function backupHead(folder: string, name: string): Promise<BackupHead> {
    for await (const line of lines(folder, name)) return parsed(headLine, line, name);
    throw damaged(name);
}

/**
 * Reads a backup's folders and files. Throws `backup.damaged` where a line is none of its own, or at the end where lines are not those
 * that were written: so read it through before anything is made of it.
 */
export async function* backupLines(folder: string, name: string): AsyncGenerator<BackupFile | BackupFolder> {
    const hash = createHash('sha256');
    let count = 0;
    let ended = false;
    for await (const line of lines(folder, name)) {
        if (ended) throw damaged(name);
        if (line.startsWith('{"end":')) {
            const end = parsed(endLine, line, name);
            if (end.lines !== count || end.sha256 !== hash.digest('hex')) throw damaged(name);
            ended = true;
            continue;
        }
        hash.update(`${line}\n`);
        count += 1;
        if (count === 1) parsed(headLine, line, name);
        else yield parsed(z.union([fileLine, folderLine]), line, name);
    }
    if (!ended) throw damaged(name);
}

async function* lines(folder: string, name: string): AsyncGenerator<string> {
    const file = join(folder, `${name}.jsonl`);
    if (!(await backupNames(folder)).includes(name)) throw new DomainError('backup.notFound', { name });
    yield* createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
}

function parsed<T>(shape: z.ZodType<T>, line: string, name: string): T {
    try {
        return shape.parse(JSON.parse(line));
    } catch (cause) {
        throw new DomainError('backup.damaged', { name }, { cause });
    }
}

const damaged = (name: string): DomainError => new DomainError('backup.damaged', { name });
