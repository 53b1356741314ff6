import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { join } from 'node:path';
import { RequestError } from '@liuhen/contract';
import { receiptMessage, receiptText, SHIPPED_PROFILES, SHIPPED_SECRET_RULES } from '@liuhen/domain';
import type { OpenedFile } from '../opened-file.ts';
import type { DockConfig } from './dock-config.ts';
import type { DockContext } from './dock-context.ts';
import { dockVolume } from './dock-volume.ts';
import { eraseFiles } from './erase-files.ts';
import { fileHasher } from './hash-files.ts';
import { openJournal } from './journal.ts';
import { Lanes } from './lanes.ts';
import { type Card, readCard } from './read-card.ts';
import { openSpool } from './spool.ts';
import type { Volume } from './volumes.ts';
import { walkVolume } from './walk.ts';
import { dockWords } from './words-dock.ts';

const ID = '0198f0a0-0000-7000-8000-';

/** The parts of a docking computer with a server that takes, compares and keeps; what happens between is the test's. */
export type LoneDock = {
    readonly of: DockContext;
    /** Contents the server has, in the order in which they came, by digest. */
    readonly taken: { readonly name: string; readonly sha256: string; readonly bytes: Buffer }[];
    readonly said: string[];
    readonly progress: string[];
    /** Whether the server is there. */
    up: boolean;
    /** Before the server reads a file that it is being sent. */
    onSend: (name: string) => Promise<void>;
    see(volume?: Partial<Volume>): Promise<Card>;
    /** Looks and takes; `appeared` unless said otherwise. */
    take(volume?: Partial<Volume>, appeared?: boolean): Promise<number>;
    /** Signs a receipt for whatever was sent. */
    receipts(): Promise<void>;
    erase(card: Card): Promise<void>;
    close(): Promise<void>;
};

export async function loneDock(folder: string, media: string, withSpool = false): Promise<LoneDock> {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const serverKey = Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url');
    const [said, progress, taken]: [string[], string[], LoneDock['taken']] = [[], [], []];
    const hasher = fileHasher(2);
    const spoolFolder = { folder: join(folder, 'spool'), mostBytes: 1e9, keepFreeBytes: 0 };
    const signal = new AbortController().signal;
    const recordings = new Map<string, string>();
    const send = async ({
        file,
        name,
        sha256,
        dock,
    }: {
        file: OpenedFile;
        name: Buffer;
        sha256: string;
        dock: { key: string };
    }) => {
        await lone.onSend(name.toString('latin1'));
        const bytes = await file.read(0, file.size);
        if (createHash('sha256').update(bytes).digest('hex') !== sha256)
            throw new RequestError(422, { code: 'upload.hashMismatch', params: {}, requestId: 'r' });
        const known = recordings.get(dock.key + sha256);
        if (known !== undefined) return known;
        const id = ID + String(taken.length).padStart(12, '0');
        taken.push({ name: name.toString('latin1'), sha256, bytes });
        recordings.set(dock.key + sha256, id);
        return id;
    };
    const link = {
        ready: async () => lone.up,
        send,
        failed: () => undefined,
        get settings() {
            return { erase: true, heardAt: Date.now() };
        },
    };
    const of = {
        config: { state: folder, station: 's', serverKey, settleMs: 0, driver: undefined } as unknown as DockConfig,
        io: {
            language: 'en',
            signal,
            out: (line: string) => said.push(line),
            err: (line: string) => said.push(line),
            progress: (line: string) => progress.push(line),
        } as unknown as DockContext['io'],
        words: dockWords.en,
        journal: await openJournal(join(folder, 'state')),
        hasher,
        spool: withSpool ? await openSpool(spoolFolder, hasher) : undefined,
        link: link as unknown as DockContext['link'],
        lanes: new Lanes(2),
        tally: { taken: 0, known: 0, spooled: 0, left: 0, erased: 0 },
        contents: new Map<string, string>(),
        now: Date.now,
    };
    const plain: Volume = {
        path: media,
        name: 'card',
        watch: {
            path: media,
            parent: false,
            mountsOnly: false,
            source: undefined,
            profile: undefined,
            device: undefined,
            devices: {},
        },
        serial: '1A2B-3C4D',
        mount: '36 /dev/sdb1',
        twin: undefined,
    };
    const lone: LoneDock = {
        of,
        taken,
        said,
        progress,
        up: true,
        onSend: async () => undefined,
        async see(volume = {}) {
            const asked = { ...plain, ...volume };
            const how = { profiles: SHIPPED_PROFILES, secret: SHIPPED_SECRET_RULES, station: 's', now: Date.now() };
            return readCard(asked, await walkVolume(asked.path, signal), how);
        },
        async take(volume = {}, appeared = true) {
            return (await dockVolume(await lone.see(volume), appeared, of, signal, (name) => progress.push(name))).left;
        },
        async receipts() {
            for (const { file, state, recording, sha256, facts } of [...of.journal.book.files.values()]) {
                if (state !== 'sent' || recording === undefined) continue;
                const receipt = {
                    ...{ v: 1, org: `${ID}999999999999`, recording, sha256, sm3: sha256, size: facts.size },
                    ...{ verifiedAt: 1, issuedAt: 2, app: '0123456789abcdef' },
                } as Parameters<typeof receiptMessage>[0];
                const signature = sign(null, receiptMessage(receipt), privateKey).toString('hex');
                const line = { of: 'file', step: 'receipted', file, at: Date.now() } as const;
                await of.journal.write({ ...line, receipt: receiptText(receipt), signature });
            }
        },
        erase: (card) => eraseFiles(card, of, signal),
        async close() {
            await of.journal.close();
            await hasher.close();
        },
    };
    return lone;
}
