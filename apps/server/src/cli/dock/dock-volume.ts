import { setTimeout as sleep } from 'node:timers/promises';
import { fill } from '@liuhen/contract';
import type { DockContext } from './dock-context.ts';
import { dockFile, type Outcome } from './dock-file.ts';
import { askDriver, type DriverAnswer } from './driver.ts';
import { printable } from './printable.ts';
import { type Card, digestOf } from './read-card.ts';

/** A file that takes longer than this leaves its turn to others. */
const SLOW_AFTER = 15_000;

export type Docked = {
    readonly card: Card;
    readonly left: number;
};

/** Takes everything from a volume, file by file; key files come first (附件2 重点文件标记). */
export async function dockVolume(
    card: Card,
    first: boolean,
    of: DockContext,
    signal: AbortSignal,
    onProgress: (name: string) => void,
): Promise<Docked> {
    // Said and asked once for as long as it is there: a clock that was set has nothing more to tell.
    if (first) announce(card, of);
    const clock = first ? await readClock(card, of) : undefined;
    if (of.config.settleMs > 0) await sleep(of.config.settleMs, undefined, { signal });
    const outcomes = new Map<Outcome['became'], number>();
    let newest: { text: string; wallClock: number } | undefined;
    const items = [...card.items].sort((a, b) => b.facts.marks.length - a.facts.marks.length);
    for (const item of items) {
        signal.throwIfAborted();
        const turn = await of.lanes.take();
        const timer = setTimeout(() => turn.slow(), SLOW_AFTER);
        let outcome: Outcome;
        try {
            onProgress(printable(item.entry.text));
            outcome = await dockFile(card, item, of, signal, first);
        } finally {
            clearTimeout(timer);
            turn.done();
        }
        outcomes.set(outcome.became, (outcomes.get(outcome.became) ?? 0) + 1);
        sayOne(card, item.file, item.entry.text, outcome, of);
        const { start, kind } = item.facts;
        const ran = kind === 'video' || kind === 'audio' || kind === 'photo';
        if (outcome.became === 'taken' && ran && start !== undefined && start.wallClock > (newest?.wallClock ?? 0))
            newest = start;
        if (outcome.became === 'removed') break;
    }
    const count = (...which: Outcome['became'][]) => which.reduce((sum, each) => sum + (outcomes.get(each) ?? 0), 0);
    sayAll(card, count, of);
    await noteDocking(card, clock, newest, count('taken'), of);
    const left =
        card.unread + count('offline', 'spoolFull', 'spoolFailed', 'changing', 'vanished', 'unreadable', 'refused', 'removed');
    of.tally.known += count('known');
    of.tally.taken += count('taken');
    of.tally.spooled += count('spooled');
    return { card, left };
}

function announce(card: Card, { io, words, journal }: DockContext): void {
    const known = card.items.filter((each) => (journal.book.files.get(each.file)?.state ?? 'read') !== 'read').length;
    const { name: volume, serial } = card.volume;
    const of = { volume, count: card.items.length - known, known, serial: serial === undefined ? words.noSerial : '' };
    const { profile } = card;
    if (profile !== undefined)
        io.err(fill(words.volumeFound, { ...of, profile: io.language === 'en' ? profile.en : profile.zh }));
    else if (card.items.length > 0) {
        io.err(fill(words.volumeUnknown, of));
        const names = card.items.slice(0, 3).map((each) => printable(each.entry.text));
        io.err(fill(words.seen, { names: names.join(io.language === 'en' ? ', ' : '、') }));
    }
    if (card.secret > 0) io.err(fill(words.secret, { volume, count: card.secret }));
    if (card.unread > 0) io.err(fill(words.unread, { volume, count: card.unread }));
    if (card.odd > 0) io.err(fill(words.odd, { volume, count: card.odd }));
    const { twin } = card.volume;
    if (twin !== undefined) io.err(fill(words.twin, { volume, other: twin, serial: serial ?? '' }));
    if (!card.complete) io.err(fill(words.tooMany, { volume, count: card.items.length + card.ignored.length }));
}

/** 附件1 第7条: the clock is read before anybody sets it. Rooms and stations have no recorder to ask. */
async function readClock(card: Card, of: DockContext): Promise<DriverAnswer | undefined> {
    const { config, words, io } = of;
    const { path, name: volume, serial } = card.volume;
    if (card.source !== 'recorder' || card.items.length === 0) return undefined;
    if (config.driver === undefined) {
        io.err(fill(words.clockBounded, { volume }));
        return undefined;
    }
    const answer = await askDriver(config.driver, { path, serial }, words, of.now);
    const [first] = answer.readings;
    if (first !== undefined) io.err(fill(words.clockRead, { volume, shown: printable(first.shown) }));
    if (answer.readings.some((each) => each.afterSet)) io.err(fill(words.clockSet, { volume }));
    if (answer.problem !== undefined) io.err(fill(words.clockUnread, { volume, reason: answer.problem }));
    return answer;
}

function sayOne(card: Card, file: string, name: string, outcome: Outcome, { io, words, journal }: DockContext): void {
    const volume = card.volume.name;
    const { became } = outcome;
    if (became === 'taken')
        io.out(fill(words.taken, { recording: journal.book.files.get(file)?.recording ?? '', volume, name: printable(name) }));
    else if (became === 'changing') io.err(fill(words.leftChanging, { volume, name: printable(name) }));
    else if (became === 'vanished') io.err(fill(words.leftVanished, { volume, name: printable(name) }));
    else if (became === 'spoolFailed')
        io.err(fill(words.leftSpoolFailed, { volume, name: printable(name), reason: outcome.reason }));
    else if (became === 'unreadable')
        io.err(fill(words.leftUnreadable, { volume, name: printable(name), reason: outcome.reason }));
    else if (became === 'refused') io.err(fill(words.leftRefused, { volume, name: printable(name), reason: outcome.reason }));
}

function sayAll(card: Card, count: (...which: Outcome['became'][]) => number, { io, words }: DockContext): void {
    const volume = card.volume.name;
    const say = (sentence: string, number: number) => {
        if (number > 0) io.err(fill(sentence, { volume, count: number }));
    };
    say(words.leftOffline, count('offline'));
    say(words.spooled, count('spooled'));
    say(words.spoolFull, count('spoolFull'));
    say(words.removed, count('removed'));
}

/** What is to be told of this docking, in the journal until the server has heard it. */
async function noteDocking(
    card: Card,
    clock: DriverAnswer | undefined,
    newest: { text: string; wallClock: number } | undefined,
    taken: number,
    of: DockContext,
): Promise<void> {
    const device = clock?.device ?? card.device;
    const { serial } = card.volume;
    const readings = clock?.readings ?? [];
    // Of a card with no number at all nobody could say whose clock it was.
    if (device === undefined && serial === undefined) return;
    if (readings.length === 0 && newest === undefined && card.secret === 0 && taken === 0) return;
    const at = of.now();
    const report = {
        station: of.config.station,
        ...(device === undefined ? {} : { device }),
        ...(serial === undefined ? {} : { serial }),
        zone: card.profile?.zone ?? 'Asia/Shanghai',
        seenAt: at,
        counts: { files: card.items.length, taken, ignored: card.ignored.length, secret: card.secret },
        ...(newest === undefined ? {} : { newest }),
        readings,
    };
    const docking = digestOf([card.key, at, report]);
    await of.journal.write({ of: 'docking', step: 'noted', docking, at, report });
}
