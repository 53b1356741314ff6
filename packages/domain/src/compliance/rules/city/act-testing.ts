import { SCENARIOS } from '../../../act/act.ts';
import { isFootage } from '../../../act/act-facts.ts';
import { type ActSegmentFacts, COVERAGE_PARAMETERS, type ParticipantFacts } from '../../../act/coverage-facts.ts';
import { DAY, HOUR, MINUTE } from '../../../kernel/instant.ts';
import type { Interval } from '../../../kernel/interval.ts';
import type { ActRuleFacts, ActRuleId } from '../rule.ts';
import { type Dice, diceOf } from './dice-testing.ts';
import { addExemption, type Draft, makeDevice, segmentOf, storedAt } from './draft-testing.ts';
import { type ExpectedVerdict, newNotes } from './expected-testing.ts';
import { film, type Habit } from './footage-testing.ts';
import type { Carrier } from './holes-testing.ts';
import { makeChecks, makePapers } from './papers-testing.ts';
import { blocksOf, makePeople, noteOfficers } from './people-testing.ts';
import { allowedAt, tightenedFrom, toleranceInForce } from './tolerance-testing.ts';

/** A city whose acts come out the same for the same seed, each by itself: nothing is kept from one to the next. */
export type City = {
    readonly seed: number;
    readonly organisations: number;
    readonly officers: number;
    /** Midnight in Shanghai on the first day of the first month. */
    readonly from: number;
    readonly months: number;
    /** Of a thousand occasions, how many are used to do something wrong. */
    readonly wrongPermille: number;
};

export type CityAct = {
    readonly facts: ActRuleFacts;
    /** The moment of judging. */
    readonly now: number;
    readonly organisation: number;
    /** When it ended, whether or not anybody stated it. */
    readonly endsAt: number;
    readonly expected: Readonly<Record<ActRuleId, ExpectedVerdict>>;
};

/** As ids are written, so that rooms are what rules take for devices. */
const idOf = (kind: number, organisation: number, number: number): string =>
    `0000000${kind}-0000-7000-8000-${(organisation * 1e6 + number).toString(16).padStart(12, '0')}`;

/** What rests on the times of the act: without them these have nothing to look at. */
const OF_TIMES: readonly ActRuleId[] = ['recordedThroughout', 'interruptionsExplained', 'roomRecorded'];
const WHOLE = 'exempt/whole';

/** `running`: it goes on · `fresh`: it is over and its files may still come · `noTimes`: nobody stated when it was. */
type Kind = 'normal' | 'running' | 'fresh' | 'noTimes' | 'exempt';

export function cityAct(city: City, number: number): CityAct {
    const dice = diceOf(city.seed, number);
    const organisation = number % city.organisations;
    const kind: Kind = dice.chance(120) ? dice.pick(['running', 'fresh', 'noTimes', 'exempt']) : 'normal';
    const begins = city.from + dice.between(0, city.months * 30 - 1) * DAY + dice.pick([8, 9, 10, 14, 15, 19, 22]) * HOUR;
    const segments = makeSegments(dice, begins + dice.between(0, 59) * MINUTE, organisation);
    const stated = {
        start: Math.min(...segments.map((each) => each.during.start)),
        end: Math.max(...segments.map((each) => each.during.end)),
    };
    const tightened = tightenedFrom(city, organisation);
    const isStated = kind !== 'noTimes';
    const notes = newNotes(isStated ? [] : OF_TIMES);
    const draft: Draft = {
        ...{ dice, notes, wrongPermille: city.wrongPermille, isFresh: kind === 'fresh', isOver: kind !== 'running' },
        now: momentOf(dice, kind, stated),
        storeWithinMs: organisation % 3 === 0 ? 12 * HOUR : 24 * HOUR,
        documentToleranceMs: allowedAt(tightened, stated.end),
        ...{ recordings: [], exemptions: [], explanations: [], spoken: [], checks: [], firsts: [], lasts: [] },
        ...{ edgesUnknown: false, lastUnknown: false, edgesDue: false, exempt: null },
    };
    const staff = Math.floor(city.officers / city.organisations);
    const first = dice.between(0, staff - 1);
    const ids = Array.from({ length: 8 }, (_, at) => idOf(1, organisation, (first + at * 7) % staff));
    const made = makePeople(draft, segments, [...new Set(ids)]);
    const people = kind === 'running' ? made.map((each) => ({ ...each, intake: 'pending' as const })) : made;
    noteOfficers(draft, isStated ? segments : [], people, { stated: isStated, isOver: kind !== 'running' });
    if (kind === 'exempt' || kind === 'running') filmNothing(draft, segments, people, kind === 'exempt' ? stated : null);
    else filmAll(draft, segments, people, kind);
    const nothingOwed =
        draft.recordings.length === 0 && draft.exemptions.some((each) => each.id === WHOLE && each.state === 'confirmed');
    if (draft.recordings.length > 0) notes.applies('storedInTime');
    else if (!nothingOwed) notes.waits('storedInTime', 'notDue');
    const papers = makePapers(draft, stated, nothingOwed);
    makeChecks(
        draft,
        people.filter((each) => each.part === 'officer').map((each) => each.id),
    );
    const partyId = noteParty(draft);
    const { recordings, exemptions, explanations, spoken, checks } = draft;
    const { documents, speech, speechRequired, marked } = papers;
    const excuses = recordings
        .filter(() => dice.chance(30))
        .map(({ id }) => ({ id: `excuse/${id}`, recordingId: id, words: '采集站故障' }));
    return {
        ...{ now: draft.now, organisation, endsAt: stated.end },
        expected: notes.expected(),
        facts: {
            statement: {
                ...{ stated: isStated ? stated : null, segments: isStated ? segments : [], participants: people },
                ...{
                    recordings: shuffled(dice, recordings),
                    exemptions,
                    explanations,
                    spoken: shuffled(dice, spoken),
                    documents,
                    speech,
                    speechRequired,
                },
                parameters: {
                    ...{ ...COVERAGE_PARAMETERS, storeWithinMs: draft.storeWithinMs },
                    documentToleranceMs: toleranceInForce(tightened, stated.end),
                },
            },
            ...{ closed: kind === 'noTimes' || (kind === 'normal' && dice.chance(800)) },
            ...{ scenarios: {}, partyId, speechRequired, marked, checks, excuses },
        },
    };
}

function momentOf(dice: Dice, kind: Kind, { start, end }: { start: number; end: number }): number {
    if (kind === 'running') return dice.pick([start, end - 1, start + Math.floor((end - start) / 2)]);
    if (kind === 'fresh') return dice.pick([end, end + HOUR, end + 12 * HOUR - 1, end + 12 * HOUR, end + DAY - 1, end + DAY]);
    return end + dice.between(4, 30) * DAY;
}

/** One to three scenarios, on site or in a room; the next begins where the last one ended, or after a pause. */
function makeSegments(dice: Dice, begins: number, organisation: number): ActSegmentFacts[] {
    const count = dice.pick([1, 1, 1, 2, 3]);
    const isRoom = dice.chance(150);
    let start = begins;
    return Array.from({ length: count }, (_, at): ActSegmentFacts => {
        const during = { start, end: start + dice.between(12, 75) * MINUTE };
        const inRoom = isRoom && at === count - 1;
        // Into a room one has to go.
        start = during.end + (dice.chance(500) || (isRoom && at === count - 2) ? dice.between(15, 60) * MINUTE : 0);
        const scenario = inRoom ? dice.pick(['hearing', 'interview'] as const) : dice.pick(SCENARIOS);
        const recording = SCENARIOS.indexOf(scenario) < 9 ? ('must' as const) : dice.pick(['should', 'should', 'must'] as const);
        // Files of a worn recorder that stands in are the officer's own too: only where they own nothing else are both plain to see.
        const carrierId = count > 1 || dice.chance(600) ? idOf(2, organisation, dice.between(1, 9)) : null;
        const substituteReason = carrierId === null && dice.chance(700) ? '摄像头故障' : null;
        const room = inRoom ? { carrierId, name: '询问室', substituteReason } : null;
        return { id: `segment ${at}`, during, onSite: !inRoom, recording, room };
    });
}

function filmAll(draft: Draft, segments: readonly ActSegmentFacts[], people: readonly ParticipantFacts[], kind: Kind): void {
    const { dice, wrongPermille } = draft;
    const officers = people.filter((each) => each.part === 'officer');
    const isStated = kind !== 'noTimes';
    const carriers = carriersOf(draft, segments, officers, isStated);
    const starts = new Set(carriers.flatMap((each) => each.blocks[0]?.start ?? []));
    const start = starts.size === 1 ? [...starts][0] : undefined;
    const shortest = Math.min(...carriers.flatMap((each) => each.blocks[0] ?? []).map((each) => each.end - each.start));
    const mayBeExempt = start !== undefined && isStated && dice.chance(30);
    const exemptFor = mayBeExempt ? Math.min(dice.between(2, 10) * MINUTE, Math.floor(shortest / 3)) : null;
    const habit: Habit = {
        lateAll: dice.chance(wrongPermille) ? dice.between(60_001, 5 * MINUTE) : null,
        earlyAll: dice.chance(wrongPermille) ? dice.between(60_001, 5 * MINUTE) : null,
        exemptUntil: start === undefined || exemptFor === null ? null : start + exemptFor,
    };
    if (start !== undefined && habit.exemptUntil !== null) {
        draft.exempt = { start, end: habit.exemptUntil };
        addExemption(draft, { id: 'exempt/start', personId: null, during: draft.exempt, state: 'confirmed' });
    }
    for (const carrier of carriers) film(draft, carrier, `device of ${carrier.carrierId}`, habit);
    if (dice.chance(100)) addFromOthers(draft, segments, people);
}

function carriersOf(
    draft: Draft,
    segments: readonly ActSegmentFacts[],
    officers: readonly ParticipantFacts[],
    isStated: boolean,
): Carrier[] {
    const own = officers.map(({ id, own, intake }): Carrier => {
        return {
            kind: 'officer',
            id,
            carrierId: id,
            aboutId: null,
            blocks: blocksOf(segments, own),
            pending: intake === 'pending',
        };
    });
    // Without times no room is known to have been used.
    const rooms = isStated ? segments.flatMap((each) => roomCarrier(draft, each, officers)) : [];
    return [...own, ...rooms].filter((each) => each.blocks.length > 0);
}

/** 正文二(二)3: the camera of the room; where none is named, the recorder of the first officer, and why. */
function roomCarrier(
    { notes }: Draft,
    { id, during, room, recording }: ActSegmentFacts,
    officers: readonly ParticipantFacts[],
): Carrier[] {
    if (room === null) return [];
    if (room.carrierId === null && room.substituteReason === null)
        notes.plant('roomRecorded', { code: 'room.reasonMissing', from: during.start, to: during.end, modal: recording });
    const here = officers.filter((each) => each.own.some((own) => own.segmentId === id));
    const carrierId = room.carrierId ?? officers[0]?.id ?? '';
    return [
        {
            ...{ kind: 'room', id: room.carrierId ?? `segment/${id}`, carrierId, aboutId: room.carrierId },
            blocks: [{ ...during, modals: [{ ...during, value: recording }] }],
            pending: room.carrierId !== null || here.some((each) => each.intake === 'pending'),
        },
    ];
}

/** Nothing was recorded: it goes on, or nothing had to be, or somebody has yet to say so. */
function filmNothing(
    draft: Draft,
    segments: readonly ActSegmentFacts[],
    people: readonly ParticipantFacts[],
    exempt: Interval | null,
): void {
    const { dice, notes } = draft;
    const state = dice.pick(['confirmed', 'waiting'] as const);
    if (exempt !== null) addExemption(draft, { id: WHOLE, personId: null, during: exempt, state });
    if (exempt === null) addOfRunning(draft, segments);
    for (const { kind } of carriersOf(
        draft,
        segments,
        people.filter((each) => each.part === 'officer'),
        true,
    )) {
        const rule = kind === 'room' ? 'roomRecorded' : 'recordedThroughout';
        notes.applies(rule);
        // Of an officer nothing breaks off that never began.
        if (exempt === null) notes.waits(rule, 'notDue');
        else if (state === 'waiting') notes.waits(rule, 'exemptionDecision');
    }
}

/** What may be there already while the act goes on, and covers nobody: a file of nobody, an exemption of somebody else. */
function addOfRunning(draft: Draft, segments: readonly ActSegmentFacts[]): void {
    const { dice } = draft;
    const start = segments[0]?.during.start ?? 0;
    if (dice.chance(300)) {
        const before = { start: start - HOUR, end: start - 30 * MINUTE };
        const file = {
            id: 'before',
            carrierId: 'device of nobody',
            deviceId: 'device of nobody',
            deviceLabel: 'before',
            openStart: null,
        };
        const segment = segmentOf('before', { id: file.deviceId, clock: null, joinWithinMs: null }, before.start, before.end);
        draft.recordings.push({ ...file, segments: [segment], storedAt: before.end + MINUTE });
    }
    if (dice.chance(500)) {
        const during = { start, end: start + HOUR };
        addExemption(draft, { id: 'exempt/other', personId: 'somebody', during, state: 'confirmed' });
    }
}

/** Footage of those whose footage never counts, of nobody in particular, and files that are no footage. */
function addFromOthers(draft: Draft, segments: readonly ActSegmentFacts[], people: readonly ParticipantFacts[]): void {
    const { start, end } = segments[0]?.during ?? { start: 0, end: 0 };
    const others = people.filter((each) => each.part !== 'officer').map((each) => each.id);
    for (const carrierId of [...others, 'device of nobody']) {
        const device = makeDevice(draft, `device of ${carrierId}`);
        const id = `${carrierId}/${start}`;
        const segments = [segmentOf(id, device, start - HOUR, end + HOUR)];
        const stored = storedAt(draft, id, device, end + HOUR, others.includes(carrierId) ? carrierId : null);
        draft.recordings.push({
            ...{ id, carrierId, deviceId: device.id, deviceLabel: id, segments, openStart: null, storedAt: stored },
        });
    }
    const files = [
        { id: 'photograph', name: 'IMG_0001.JPG', findings: [{ code: 'media.picture' }] },
        { id: 'log', name: '20260101.log', findings: [{ code: 'media.notMedia' }] },
        { id: 'positions', name: '20260101.gps', findings: [{ code: 'media.positions' }] },
    ];
    for (const { id } of files.filter(isFootage)) {
        const file = { id, carrierId: people[0]?.id ?? '', deviceId: id, deviceLabel: id, segments: [], openStart: null };
        draft.recordings.push({ ...file, storedAt: null });
    }
}

/** 附件1 第16条. */
function noteParty({ dice, notes, recordings, wrongPermille, isOver }: Draft): string | null {
    const partyId = dice.chance(wrongPermille) ? null : 'party';
    if (recordings.length > 0) notes.applies('partyLinked');
    if (recordings.length > 0 && partyId === null) {
        if (isOver) notes.plant('partyLinked', { code: 'party.missing' });
        else notes.waits('partyLinked', 'actEnd');
    }
    return partyId;
}

function shuffled<T>(dice: Dice, of: readonly T[]): T[] {
    const all = [...of];
    for (let at = all.length - 1; at > 0; at--) {
        const with_ = dice.between(0, at);
        [all[at], all[with_]] = [all[with_] as T, all[at] as T];
    }
    return all;
}
