import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DomainError, type HeadHash, type Id, type Instant } from '@liuhen/domain';
import { z } from 'zod';
import { isMissing, syncFolder, writeDurable } from '../../../platform/storage/durable.ts';

/** A checkpoint as it was signed. */
export type Signed = { readonly size: bigint; readonly at: Instant; readonly root: Uint8Array; readonly note: Uint8Array };

export type SignedHead = Signed & { readonly org: Id; readonly head: HeadHash };

const bytes = z.base64().transform((text): Uint8Array => Buffer.from(text, 'base64'));
const shape = z.object({
    size: z.string().regex(/^[1-9][0-9]{0,18}$/),
    at: z.number().int(),
    root: bytes,
    note: bytes,
});

/**
 * What was signed last, in a file outside the database. It is written before a checkpoint is published, so that a signer that crashed in
 * between publishes the very same one again; and it remembers when the database is put back to yesterday.
 */
export class SignedState {
    readonly #folder: string;

    constructor(keyFolder: string) {
        this.#folder = join(keyFolder, 'signed');
    }

    /**
     * What was signed last of every log, under the names that are used. `unreadable` names files that are none of these notes; whoever
     * signs throws there, whoever verifies says so.
     */
    async all(): Promise<{ readonly signed: readonly SignedHead[]; readonly unreadable: readonly string[] }> {
        const signed: SignedHead[] = [];
        const unreadable: string[] = [];
        const names = await readdir(this.#folder).catch((error: unknown) => {
            if (isMissing(error)) return [];
            throw error;
        });
        for (const name of names.sort()) {
            const [, org, head] = /^([0-9a-f-]{36})-(sha256|sm3)\.json$/.exec(name) ?? [];
            if (org === undefined || head === undefined) continue;
            const known = await this.read(org, head as HeadHash).catch((error: unknown) => {
                if (!(error instanceof DomainError)) throw error;
                unreadable.push(name);
            });
            if (known !== undefined) signed.push({ org, head: head as HeadHash, ...known });
        }
        return { signed, unreadable };
    }

    /** Throws `installation.damaged` for a file that cannot be read: going on without it could sign a second root. */
    async read(orgId: Id, head: HeadHash): Promise<Signed | undefined> {
        const file = this.#fileOf(orgId, head);
        let text: string;
        try {
            text = await readFile(file, 'utf8');
        } catch (error) {
            if (isMissing(error)) return undefined;
            throw error;
        }
        const parsed = shape.safeParse(jsonOf(text));
        if (!parsed.success) throw new DomainError('installation.damaged', { file: `keys/signed/${basename(file)}` });
        return { ...parsed.data, size: BigInt(parsed.data.size) };
    }

    async write(orgId: Id, head: HeadHash, { size, at, root, note }: Signed): Promise<void> {
        await mkdir(this.#folder, { recursive: true, mode: 0o700 });
        const base64 = (value: Uint8Array) => Buffer.from(value).toString('base64');
        const text = JSON.stringify({ size: String(size), at, root: base64(root), note: base64(note) });
        const file = this.#fileOf(orgId, head);
        await writeDurable(file, `${file}.tmp`, Buffer.from(`${text}\n`), 0o600);
    }

    /** What was signed under a name that is not used any more is kept beside, and asked no longer. */
    async setAside(orgId: Id, head: HeadHash, { size }: Signed): Promise<void> {
        const file = this.#fileOf(orgId, head);
        await rename(file, file.replace(/\.json$/, `.until-${size}.json`));
        await syncFolder(this.#folder);
    }

    #fileOf(orgId: Id, head: HeadHash): string {
        return join(this.#folder, `${orgId}-${head}.json`);
    }
}

function jsonOf(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
