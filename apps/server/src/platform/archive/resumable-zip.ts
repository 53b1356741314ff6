import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { isMissing, syncFolder } from '../storage/durable.ts';
import { directory, localHeader, type ZipMember } from './zip-records.ts';

/** A member that lies whole on the disk, and the digest of its content in hex. */
export type PackedMember = ZipMember & { readonly sha256: string };

const journalLine = z.object({
    name: z.string(),
    offset: z.string().transform(BigInt),
    size: z.string().transform(BigInt),
    crc: z.number(),
    sha256: z.string(),
});

/**
 * An archive written member by member into `folder`. A member counts once its bytes and then its line of the journal are on the disk; what
 * a crash left behind the last such member is cut off, and the writing goes on from there. The same members with the same content, added in
 * the same order, make the same bytes.
 */
export class ResumableZip {
    static readonly FILE = 'package.zip';
    readonly path: string;
    readonly #file: FileHandle;
    readonly #journal: FileHandle;
    readonly #members: Map<string, PackedMember>;
    #end: bigint;

    private constructor(path: string, file: FileHandle, journal: FileHandle, members: readonly PackedMember[]) {
        this.path = path;
        this.#file = file;
        this.#journal = journal;
        this.#members = new Map(members.map((each) => [each.name, each]));
        this.#end = endOf(members.at(-1));
    }

    static async open(folder: string): Promise<ResumableZip> {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const path = join(folder, ResumableZip.FILE);
        const journalPath = join(folder, 'journal');
        const journalled = await readJournal(journalPath);
        // The archive itself may have gone on its way already: then it is written anew.
        const members = (await sizeOf(path)) < endOf(journalled.at(-1)) ? [] : journalled;
        const [file, journal] = [await openOrMake(path), await openOrMake(journalPath)];
        await file.truncate(Number(endOf(members.at(-1))));
        await journal.truncate(0);
        // Without a place given, so that later lines follow these.
        await journal.writeFile(members.map(lineOf).join(''));
        await journal.datasync();
        await syncFolder(folder);
        return new ResumableZip(path, file, journal, members);
    }

    get members(): readonly PackedMember[] {
        return [...this.#members.values()];
    }

    /** Adds a member unless it lies there already; `onBytes` is told of each piece that was written. */
    async add(
        name: string,
        content: () => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>,
        onBytes: (length: number) => Promise<void> | void = () => undefined,
    ): Promise<PackedMember> {
        const known = this.#members.get(name);
        if (known !== undefined) return known;
        const offset = this.#end;
        const blank = localHeader({ name, size: 0n, crc: 0 });
        await this.#write(blank, offset);
        let at = offset + BigInt(blank.length);
        const sum = createHash('sha256');
        let crc = 0;
        for await (const piece of await content()) {
            await this.#write(piece, at);
            sum.update(piece);
            crc = crc32(piece, crc);
            at += BigInt(piece.length);
            await onBytes(piece.length);
        }
        const size = at - offset - BigInt(blank.length);
        await this.#write(localHeader({ name, size, crc }), offset);
        await this.#file.datasync();
        const member = { name, offset, size, crc, sha256: sum.digest('hex') };
        await this.#journal.appendFile(lineOf(member));
        await this.#journal.datasync();
        this.#members.set(name, member);
        this.#end = at;
        return member;
    }

    /** Writes the directory; the file is an archive from then on. May be done again. */
    async finish(): Promise<void> {
        const end = directory(this.members, this.#end);
        await this.#write(end, this.#end);
        await this.#file.truncate(Number(this.#end) + end.length);
        await this.#file.datasync();
    }

    async close(): Promise<void> {
        await this.#file.close();
        await this.#journal.close();
    }

    async #write(bytes: Uint8Array, at: bigint): Promise<void> {
        for (let done = 0; done < bytes.length; ) {
            const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, Number(at) + done);
            done += bytesWritten;
        }
    }
}

const endOf = (member: ZipMember | undefined): bigint =>
    member === undefined ? 0n : member.offset + BigInt(localHeader(member).length) + member.size;

async function sizeOf(path: string): Promise<bigint> {
    try {
        return (await stat(path, { bigint: true })).size;
    } catch (error) {
        if (isMissing(error)) return -1n;
        throw error;
    }
}

const lineOf = ({ name, offset, size, crc, sha256 }: PackedMember): string =>
    `${JSON.stringify({ name, offset: String(offset), size: String(size), crc, sha256 })}\n`;

/** Lines up to the first that a crash left torn. */
async function readJournal(path: string): Promise<PackedMember[]> {
    let text: string;
    try {
        text = await readFile(path, 'utf8');
    } catch (error) {
        if (isMissing(error)) return [];
        throw error;
    }
    const members: PackedMember[] = [];
    for (const line of text.split('\n').slice(0, -1)) {
        const read = journalLine.safeParse(parsed(line));
        if (!read.success) break;
        members.push(read.data);
    }
    return members;
}

function parsed(line: string): unknown {
    try {
        return JSON.parse(line);
    } catch {
        return undefined;
    }
}

/** For reading and writing anywhere, kept as it is when it is there. */
async function openOrMake(path: string): Promise<FileHandle> {
    try {
        return await open(path, 'r+', 0o600);
    } catch (error) {
        if (!isMissing(error)) throw error;
        return open(path, 'w+', 0o600);
    }
}
