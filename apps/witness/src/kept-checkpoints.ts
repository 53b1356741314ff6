import { createHash } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checkpoint, originHash, parseCheckpoint, parseNote, type VerifierKey, verifyNote } from '@liuhen/domain';
import { verifierDigest } from '@liuhen/verify/digest';
import { verifyWithKey } from '@liuhen/verify/signatures';
import { makeFolder, readIfThere, replaceFile, syncFolder, writeSynced } from './durable.ts';
import { Refusal } from './refusal.ts';

const LATEST = 'latest.note';
const KEPT = 'kept.jsonl';
const EVIDENCE = 'evidence';
/** Signed notes that do not follow, of one log and for one reason: more of them prove nothing more. */
const MOST_EVIDENCE = 1_000;

export type Latest = Pick<Checkpoint, 'size' | 'root'>;

/**
 * What the witness cosigned of each log, in a folder per origin: `latest.note`, the largest, as it was signed by both; `kept.jsonl`, every
 * one there was; `evidence`, what the log signed and did not show to follow. `latest.note` alone decides what is cosigned next.
 */
export class KeptCheckpoints {
    readonly #folder: string;
    readonly #key: VerifierKey;

    constructor(folder: string, key: VerifierKey) {
        this.#folder = join(folder, 'logs');
        this.#key = key;
    }

    /** The last of each origin. Throws `Refusal` for what the witness did not cosign itself: to go on from there could roll it back. */
    async readAll(): Promise<Map<string, Latest>> {
        await makeFolder(this.#folder);
        const all = new Map<string, Latest>();
        for (const name of await readdir(this.#folder)) {
            const found = await this.#read(join(this.#folder, name));
            if (found !== undefined) all.set(found.origin, found);
        }
        return all;
    }

    async #read(folder: string): Promise<Checkpoint | undefined> {
        const file = join(folder, LATEST);
        const bytes = (await readIfThere(file)) ?? (await firstKept(folder, file));
        if (bytes === undefined) return undefined;
        try {
            const note = parseNote(bytes);
            await verifyNote(note, [this.#key], verifyWithKey);
            return parseCheckpoint(note.text);
        } catch {
            throw new Refusal('damaged', { file });
        }
    }

    /**
     * Keeps a cosigned checkpoint; when it returns, a power cut does not lose it. Into the list first: one that stands there only was told
     * to nobody.
     */
    async keep(origin: string, note: Uint8Array, time: bigint): Promise<void> {
        const folder = this.#folderOf(origin);
        await makeFolder(folder);
        await this.#append(folder, `${JSON.stringify({ time: String(time), note: Buffer.from(note).toString() })}\n`);
        await replaceFile(join(folder, LATEST), note);
    }

    /** The last checkpoint of the log whose origin has this SHA-256, as both signed it; undefined where none was cosigned. */
    latest(originHash: string): Promise<Uint8Array | undefined> {
        return readIfThere(join(this.#folder, originHash, LATEST));
    }

    /** A line that a power cut left unfinished is ended first, so that it spoils no other. */
    async #append(folder: string, line: string): Promise<void> {
        const path = join(folder, KEPT);
        const start = (await lastByte(path)) ?? 0x0a;
        await writeSynced(path, start === 0x0a ? line : `\n${line}`, 'a');
        await syncFolder(folder);
    }

    /**
     * Keeps what a log signed and did not show to follow, each text once, however it is signed; whether it is new. Roots that contradict and
     * proofs that lead nowhere are counted apart: the second anybody can send who has a checkpoint of the log.
     */
    async keepEvidence(origin: string, reason: 'root' | 'proof', note: Uint8Array): Promise<boolean> {
        const folder = this.#folderOf(origin);
        const evidence = join(folder, EVIDENCE);
        await makeFolder(folder);
        await makeFolder(evidence);
        const names = (await readdir(evidence)).filter((name) => name.startsWith(`${reason}-`));
        const name = `${reason}-${createHash('sha256').update(parseNote(note).text).digest('hex')}.note`;
        if (names.includes(name) || names.length >= MOST_EVIDENCE) return false;
        await replaceFile(join(evidence, name), note);
        return true;
    }

    /** Origins hold what file names cannot. */
    #folderOf(origin: string): string {
        return join(this.#folder, originHash(verifierDigest.sha256, origin));
    }
}

/** The power may have gone between the list and `latest.note` of the first one; of more than one `latest.note` was taken away. */
async function firstKept(folder: string, latest: string): Promise<Uint8Array | undefined> {
    const lines = Buffer.from((await readIfThere(join(folder, KEPT))) ?? [])
        .toString()
        .split('\n')
        .slice(0, -1);
    if (lines.length > 1) throw new Refusal('damaged', { file: latest });
    return lines[0] === undefined ? undefined : Buffer.from((JSON.parse(lines[0]) as { note: string }).note);
}

async function lastByte(path: string): Promise<number | undefined> {
    const file = await open(path, 'a+', 0o600);
    try {
        const { size } = await file.stat();
        const { bytesRead, buffer } = await file.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
        return bytesRead === 0 ? undefined : buffer[0];
    } finally {
        await file.close();
    }
}
