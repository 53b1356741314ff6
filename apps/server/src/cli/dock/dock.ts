import { join } from 'node:path';
import { fill, RequestError } from '@liuhen/contract';
import type { CardReading } from '@liuhen/domain';
import { formatBytes } from '../../verify/format-bytes.ts';
import { connectTo } from '../client.ts';
import { EXIT, type Io, UsageError } from '../io.ts';
import { readOptions, serverAddress } from '../options.ts';
import { stateFile } from '../upload-state.ts';
import { cliWords } from '../words.ts';
import { runDock } from './agent.ts';
import { enrol, readCredentials } from './credentials.ts';
import { type DockConfig, readDockConfig } from './dock-config.ts';
import { fileHasher } from './hash-files.ts';
import { readBook } from './journal.ts';
import { allProfiles } from './own-profiles.ts';
import { printable } from './printable.ts';
import { type Card, readCard } from './read-card.ts';
import { openSpool } from './spool.ts';
import { findVolumes } from './volumes.ts';
import { walkVolume } from './walk.ts';
import { dockWords } from './words-dock.ts';

const OPTIONS = {
    config: { type: 'string' },
    server: { type: 'string' },
    credentials: { type: 'string' },
    state: { type: 'string' },
    parent: { type: 'string', multiple: true },
    profiles: { type: 'string' },
    source: { type: 'string' },
    login: { type: 'string' },
    once: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
} as const;

/** `liuhen dock`: docks recorders, or says how that stands. */
export async function dock(args: readonly string[], io: Io): Promise<number> {
    const words = dockWords[io.language];
    const { values, positionals } = readOptions(args, OPTIONS, cliWords[io.language]);
    const [first] = positionals;
    const command = first === 'status' || first === 'enrol' || first === 'key' ? first : undefined;
    const options = {
        ...values,
        parents: values.parent ?? [],
        folders: command === undefined ? positionals : positionals.slice(1),
    };
    const config = await readDockConfig(options, join(stateFile(io.env), '..'), words);
    const server = () => serverAddress(config.server, cliWords[io.language]);
    if (command === 'status') return status(config, values.json === true, io);
    if (command === 'enrol') return enrol(server(), config.credentials, values.login, io);
    if (command === 'key') return showKey(config, server(), io);
    const profiles = await allProfiles(config.profiles, words);
    if (values['dry-run'] !== true) return runDock(config, profiles, values.once === true, io);
    if (config.watch.length === 0) throw new UsageError(words.nothingToWatch);
    const cards: Card[] = [];
    for (const volume of await findVolumes(config.watch)) {
        const walked = await walkVolume(volume.path, io.signal);
        const { secret, station } = config;
        cards.push(readCard(volume, walked, { profiles, secret, station, now: Date.now() }));
    }
    const { book } = await readBook(config.state);
    const isKnown = (file: string) => (book.files.get(file)?.state ?? 'read') !== 'read';
    if (values.json === true) io.out(JSON.stringify(cards.map((card) => plainCard(card, isKnown))));
    else for (const card of cards) sayCard(card, isKnown, io);
    return EXIT.ok;
}

/** What would be taken and how each name was read; nothing that is marked secret is named. */
function sayCard(card: Card, isKnown: (file: string) => boolean, io: Io): void {
    const words = dockWords[io.language];
    const { name: volume, serial } = card.volume;
    const of = { volume, serial: serial === undefined ? words.noSerial : ` (${serial})` };
    const nameOf = (profile: NonNullable<Card['profile']>) => (io.language === 'en' ? profile.en : profile.zh);
    const [best] = card.scores;
    if (card.profile === undefined) io.out(fill(words.dryNone, of));
    else io.out(fill(words.dryHead, { ...of, profile: nameOf(card.profile), score: best?.score ?? 0 }));
    for (const { profile, score } of card.scores.slice(card.profile === undefined ? 0 : 1))
        if (score > 0) io.out(fill(words.dryScore, { profile: nameOf(profile), score }));
    for (const { entry, file, facts, reading } of card.items) {
        const path = printable(entry.text);
        if (isKnown(file)) io.out(fill(words.dryKnown, { path }));
        else io.out(fill(words.dryFile, { path, kind: words.kinds[facts.kind], reading: readingText(reading, facts.bound, io) }));
    }
    for (const path of card.ignored) io.out(fill(words.dryIgnored, { path: printable(path) }));
    if (card.secret > 0) {
        io.out(fill(words.drySecret, { count: card.secret }));
        io.err(fill(words.secret, { volume, count: card.secret }));
    }
}

function readingText(reading: CardReading | undefined, bound: string | undefined, io: Io): string {
    const words = dockWords[io.language];
    const parts = [
        [words.readDevice, bound ?? reading?.device],
        [words.readOfficer, reading?.officer],
        [words.readStart, reading?.start?.text],
        [words.readSegment, reading?.segment],
        [words.readKey, reading?.marks.length ? reading.marks.map((each) => words.marks[each]).join('+') : undefined],
        [words.readBeside, reading?.besides],
    ] as const;
    const said = parts.flatMap(([sentence, text]) =>
        text === undefined ? [] : [fill(sentence, { text: printable(String(text)) })],
    );
    return said.length === 0 ? '' : `  ${said.join(io.language === 'en' ? ', ' : '，')}`;
}

const plainCard = (card: Card, isKnown: (file: string) => boolean) => ({
    volume: card.volume.path,
    serial: card.volume.serial ?? null,
    profile: card.profile?.id ?? null,
    source: card.source,
    scores: card.scores.map(({ profile, score }) => ({ profile: profile.id, score })),
    device: card.device ?? null,
    secret: card.secret,
    ignored: card.ignored,
    complete: card.complete,
    files: card.items.map(({ entry, file, facts }) => ({ name: entry.text, known: isKnown(file), ...facts })),
});

async function status(config: DockConfig, json: boolean, io: Io): Promise<number> {
    const words = dockWords[io.language];
    const { book, tornBytes, badLines } = await readBook(config.state);
    const counts = { read: 0, spooled: 0, sent: 0, receipted: 0, erasing: 0, erased: 0 };
    for (const { state } of book.files.values()) counts[state] += 1;
    const hasher = fileHasher(1);
    const spool = config.spool === undefined ? undefined : await (await openSpool(config.spool, hasher)).usage();
    await hasher.close();
    const dockings = book.dockings.size;
    if (json) {
        io.out(
            JSON.stringify({
                state: config.state,
                files: counts,
                spool: spool ?? null,
                dockings,
                tornBytes,
                badLines,
                odd: book.odd,
            }),
        );
        return EXIT.ok;
    }
    io.out(fill(words.statusState, { folder: config.state }));
    io.out(fill(words.statusCounts, counts));
    if (spool !== undefined) io.out(fill(words.statusSpool, { size: formatBytes(BigInt(spool.bytes)), count: spool.count }));
    io.out(fill(words.statusDockings, { count: dockings }));
    if (badLines > 0) io.out(fill(words.journalBad, { count: badLines }));
    if (book.odd > 0) io.out(fill(words.statusOdd, { count: book.odd }));
    return EXIT.ok;
}

/** The server's key, over the connection: to be compared by its id with what the log says before it is believed. */
async function showKey(config: DockConfig, server: URL, io: Io): Promise<number> {
    const words = dockWords[io.language];
    if (config.credentials === undefined) throw new UsageError(words.needCredentials);
    const credentials = await readCredentials(config.credentials, words);
    const { client } = connectTo(server);
    try {
        await client.call('session.open', { body: credentials });
        const { publicKey, keyId } = await client.call('dock.settings', {});
        io.out(fill(words.keyShown, { key: publicKey, id: keyId }));
        return EXIT.ok;
    } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        io.err(fill(words.unreachable, { server: server.origin }));
        return error.status === 0 ? EXIT.unreachable : EXIT.failed;
    } finally {
        await client.call('session.close', {}).catch(() => undefined);
    }
}
