import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorText, fill } from '@liuhen/contract';
import type { RecorderProfile } from '@liuhen/domain';
import { EXIT, type Io, UsageError } from '../io.ts';
import { serverAddress } from '../options.ts';
import { uploadState } from '../upload-state.ts';
import { cliWords } from '../words.ts';
import { readCredentials } from './credentials.ts';
import type { DockConfig } from './dock-config.ts';
import { contentKey, type DockContext } from './dock-context.ts';
import { dockVolume } from './dock-volume.ts';
import { eraseFiles, forgetStays, settleHalfErased } from './erase-files.ts';
import { Glances } from './glance.ts';
import { fileHasher } from './hash-files.ts';
import { holdState } from './hold-state.ts';
import { JournalUnwritable, openJournal } from './journal.ts';
import { Lanes } from './lanes.ts';
import { inTurn, ServerLink } from './server-link.ts';
import { serverWork } from './server-work.ts';
import { openSpool } from './spool.ts';
import { findVolumes, isTakenOut, SYSTEM_FILES, type Volume } from './volumes.ts';
import { dockWords, reasonText } from './words-dock.ts';

/** How long `--once` waits for receipts of what it handed in. */
const RECEIPTS_WITHIN = 60_000;

/** Docks until told to stop, or with `once` until everything that is there was dealt with. Gives the exit code. */
export async function runDock(config: DockConfig, profiles: readonly RecorderProfile[], once: boolean, io: Io): Promise<number> {
    const words = dockWords[io.language];
    if (config.watch.length === 0) throw new UsageError(words.nothingToWatch);
    for (const { profile } of config.watch)
        if (profile !== undefined && !profiles.some((each) => each.id === profile))
            throw new UsageError(fill(words.profileMissing, { id: profile }));
    if (config.credentials === undefined) throw new UsageError(words.needCredentials);
    const credentials = await readCredentials(config.credentials, words);
    const server = serverAddress(config.server, cliWords[io.language]);
    const letGo = await holdState(config.state, words);
    const journal = await openJournal(config.state);
    const hasher = fileHasher(2 * config.parallel);
    try {
        if (journal.tornBytes > 0) io.err(fill(words.journalTorn, { bytes: journal.tornBytes }));
        if (journal.badLines > 0) io.err(fill(words.journalBad, { count: journal.badLines }));
        const now = Date.now;
        const state = inTurn(uploadState(join(config.state, 'uploads.json')));
        const link = new ServerLink(
            server,
            credentials,
            state,
            {
                onUp: () => io.err(fill(words.reachable, { server: server.origin })),
                onDown: () => io.err(fill(words.unreachable, { server: server.origin })),
                onRefused: (error) =>
                    io.err(
                        fill(words.refused, {
                            reason: errorText(io.language, error.code, { requestId: error.requestId, ...error.params }),
                        }),
                    ),
            },
            now,
        );
        const spool = config.spool === undefined ? undefined : await openSpool(config.spool, hasher);
        const tally = { taken: 0, known: 0, spooled: 0, left: 0, erased: 0 };
        const context: DockContext = {
            config,
            io,
            words,
            journal,
            hasher,
            spool,
            link,
            lanes: new Lanes(config.parallel),
            tally,
            contents: new Map(),
            now,
        };
        for (const each of journal.book.files.values())
            if (each.recording !== undefined) context.contents.set(contentKey(each.sha256, each.facts), each.file);
        await sweepSpool(context);
        try {
            return await new Agent(context, profiles, once).run();
        } finally {
            await link.close();
        }
    } finally {
        io.progress('');
        await journal.close();
        await hasher.close();
        letGo();
    }
}

async function sweepSpool({ spool, config, journal, io, words }: DockContext): Promise<void> {
    if (spool === undefined || config.spool === undefined) return;
    const waiting = [...journal.book.files.values()].filter((each) => each.state === 'spooled' || each.state === 'sent');
    const { foreign } = await spool.sweep(new Set(waiting.map((each) => each.sha256)));
    if (foreign) io.err(fill(words.spoolForeign, { folder: config.spool.folder }));
}

/** A volume as this run knows it. */
type Seen = { state: string; left: number; triedAt: number; running: Promise<void> | undefined; readonly said: Set<string> };

/** What could not be taken though the server is there is tried again after this. */
const AGAIN_AFTER = 60_000;

class Agent {
    readonly #of: DockContext;
    readonly #profiles: readonly RecorderProfile[];
    readonly #once: boolean;
    readonly #seen = new Map<string, Seen>();
    readonly #glances = new Glances();
    readonly #own = { said: new Set<string>() };
    /** Our own disk takes no lines. */
    #stuck = false;
    #done = 0;
    #all = 0;

    constructor(of: DockContext, profiles: readonly RecorderProfile[], once: boolean) {
        this.#of = of;
        this.#profiles = profiles;
        this.#once = once;
    }

    async run(): Promise<number> {
        const { io, config, tally, words } = this.#of;
        const { signal } = io;
        let failed: unknown;
        const until = Date.now() + RECEIPTS_WITHIN;
        while (!signal.aborted) {
            try {
                await this.#waitForRoom();
                const volumes = await findVolumes(config.watch, SYSTEM_FILES, (folder) =>
                    this.#sayOnce(fill(words.unnameable, { folder })),
                );
                this.#forget(volumes);
                for (const volume of volumes)
                    this.#begin(volume, signal, (error) => {
                        failed ??= error;
                    });
                if (this.#once) await this.#allDone();
                const waiting = await serverWork(this.#of, signal);
                if (failed !== undefined) throw failed;
                if (this.#once && (await this.#isOver(volumes, waiting, until))) break;
                await sleep(this.#once ? 300 : config.pollMs, undefined, { signal }).catch(() => undefined);
            } catch (error) {
                failed = undefined;
                if (error instanceof JournalUnwritable) {
                    io.err(fill(words.journalFull, { folder: config.state, reason: reasonText(words, error.reason) }));
                    this.#stuck = true;
                    if (this.#once) break;
                } else if (!signal.aborted) throw error;
            }
        }
        await this.#allDone();
        if (signal.aborted) return EXIT.ok;
        tally.left = [...this.#seen.values()].reduce((sum, each) => sum + each.left, 0);
        io.err(fill(words.summary, { ...tally }));
        // Also what an earlier run put there.
        const spooled = [...this.#of.journal.book.files.values()].some((each) => each.state === 'spooled');
        if (this.#stuck) return EXIT.failed;
        if (tally.left === 0 && !spooled) return EXIT.ok;
        return this.#of.link.isUp ? EXIT.failed : EXIT.unreachable;
    }

    /** A volume that is gone is looked at anew when it comes back. */
    #forget(volumes: readonly Volume[]): void {
        const there = new Set(volumes.map((each) => each.path));
        for (const [path, seen] of this.#seen) {
            if (there.has(path) || seen.running !== undefined) continue;
            this.#seen.delete(path);
            this.#glances.forget(path);
            forgetStays(path, this.#of);
        }
    }

    #begin(volume: Volume, signal: AbortSignal, onError: (error: unknown) => void): void {
        const seen = this.#seen.get(volume.path) ?? { state: '', left: 0, triedAt: 0, running: undefined, said: new Set() };
        this.#seen.set(volume.path, seen);
        if (seen.running !== undefined) return;
        seen.running = this.#visit(volume, seen, signal)
            .catch((error: unknown) => {
                const { code } = error as { code?: string };
                if (signal.aborted) return undefined;
                if (code === undefined) onError(error);
                return code === undefined ? undefined : this.#sayFailed(volume, seen, code);
            })
            .finally(() => {
                seen.running = undefined;
            });
    }

    /** Taken out while it was read, or damaged: the next look finds it gone, or back, and the others go on. */
    async #sayFailed(volume: Volume, seen: Seen, code: string): Promise<void> {
        const { words } = this.#of;
        seen.left = 1;
        const out = await isTakenOut({ volume, root: undefined }, code);
        const reason = reasonText(words, code);
        this.#sayOnce(fill(out ? words.removed : words.volumeFailed, { volume: volume.name, reason, count: 1 }), seen);
    }

    /** While our own disk is full nothing is begun: reading recorders would be in vain. */
    async #waitForRoom(): Promise<void> {
        const { io, words, config, journal } = this.#of;
        if (!this.#stuck) return;
        while (!io.signal.aborted && !(await journal.isWritable()))
            await sleep(config.pollMs, undefined, { signal: io.signal }).catch(() => undefined);
        this.#stuck = false;
        if (!io.signal.aborted) io.err(words.journalAgain);
    }

    /** What would be said at every look is said once, or once for as long as a volume is there. */
    #sayOnce(sentence: string, { said }: Pick<Seen, 'said'> = this.#own): void {
        if (said.has(sentence)) return;
        said.add(sentence);
        this.#of.io.err(sentence);
    }

    async #visit(volume: Volume, seen: Seen, signal: AbortSignal): Promise<void> {
        const of = this.#of;
        const card = await this.#glances.look(volume, this.#profiles, of, { signal });
        const first = seen.state === '';
        const todo = this.#hasWork(card.items);
        // What could not be taken is tried again when something changed, or when the server is back.
        const again = todo && (card.state !== seen.state || (await this.#mayTryAgain(seen)));
        if (first || again) {
            this.#all += card.items.length;
            const up = of.link.isUp;
            const docked = await dockVolume(card, first, of, signal, (name) => this.#show(name));
            seen.left = docked.left;
            // One that was left because the server was away is taken as soon as it is back.
            seen.triedAt = up && of.link.isUp ? of.now() : 0;
        }
        seen.state = card.state;
        await settleHalfErased(card, of);
        if (this.#mayErase(card.items)) await eraseFiles(card, of, signal);
    }

    #hasWork(items: readonly { file: string }[]): boolean {
        return items.some(({ file }) => {
            const state = this.#of.journal.book.files.get(file)?.state;
            return state === undefined || state === 'read' || state === 'erased';
        });
    }

    async #mayTryAgain({ triedAt }: Seen): Promise<boolean> {
        return this.#of.now() - triedAt > AGAIN_AFTER && (await this.#of.link.ready());
    }

    /** Also what was begun and is not wanted any more has to be looked at: it is not being erased then. */
    #mayErase(items: readonly { file: string }[]): boolean {
        const { link, journal } = this.#of;
        if (link.settings === undefined) return false;
        const { erase } = link.settings;
        return items.some(({ file }) => {
            const state = journal.book.files.get(file)?.state;
            return state === 'erasing' || (erase && state === 'receipted');
        });
    }

    #show(name: string): void {
        const { io, words } = this.#of;
        this.#done += 1;
        const volumes = [...this.#seen.values()].filter((each) => each.running !== undefined).length;
        io.progress(fill(words.progress, { volumes, done: this.#done, all: this.#all, name }));
    }

    async #allDone(): Promise<void> {
        await Promise.all([...this.#seen.values()].map((each) => each.running));
    }

    /** All that can be done now is done: files are in and receipted, or they cannot be. */
    async #isOver(volumes: readonly Volume[], waiting: { receipts: number; spooled: number }, until: number): Promise<boolean> {
        const { link } = this.#of;
        if (!link.isUp) return true;
        if (waiting.receipts > 0 && Date.now() < until) return false;
        // What was receipted just now is erased in one more round, and what the server has lost is sent in one more.
        for (const volume of volumes) {
            const card = await this.#glances.look(volume, this.#profiles, this.#of, { signal: this.#of.io.signal, anew: true });
            const seen = this.#seen.get(volume.path);
            const erases = card.source === 'recorder' && this.#mayErase(card.items);
            const lost = seen?.left === 0 && this.#hasWork(card.items);
            if (seen === undefined || !(erases || lost) || this.#tries(volume.path) >= 2) continue;
            seen.triedAt = 0;
            return false;
        }
        return true;
    }

    readonly #tried = new Map<string, number>();
    #tries(path: string): number {
        const tried = this.#tried.get(path) ?? 0;
        this.#tried.set(path, tried + 1);
        return tried;
    }
}
