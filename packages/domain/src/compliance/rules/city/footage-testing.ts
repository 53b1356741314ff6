import type { RecordingFacts } from '../../../act/coverage-facts.ts';
import { MINUTE, SECOND } from '../../../kernel/instant.ts';
import { type Device, type Draft, type Edge, joinOf, makeDevice, segmentOf, slackOf, storedAt } from './draft-testing.ts';
import { answerFor, type Block, type Carrier, type Hole, type Knowledge, noteHole, speakAtEnd } from './holes-testing.ts';

/** Between two holes of one block, and the most that one lasts: no explanation and no spoken word reaches the next. */
const SLOT = 10 * MINUTE;
const LONGEST = 4 * MINUTE;
/** The most that footage comes late or ends early. */
const EDGE = 5 * MINUTE;

/** What everybody does alike in one act. */
export type Habit = { readonly lateAll: number | null; readonly earlyAll: number | null; readonly exemptUntil: number | null };

/**
 * Makes the files of one officer or room and notes what they lack. Times are those that the corrected clock will give; where nobody
 * checked the clock, those that it shows.
 */
export function film(draft: Draft, carrier: Carrier, deviceId: string, habit: Habit): void {
    const { dice, wrongPermille, notes } = draft;
    notes.applies(carrier.kind === 'room' ? 'roomRecorded' : 'recordedThroughout');
    const main = makeDevice(draft, deviceId);
    const spare = dice.chance(60) ? makeDevice(draft, `${deviceId}/spare`) : null;
    const forgotten = carrier.blocks.filter(() => dice.chance(wrongPermille));
    const filmed = carrier.blocks.filter((each) => !forgotten.includes(each));
    const untimed = dice.chance(wrongPermille / 4);
    if (untimed) addUntimed(draft, carrier, main);
    // Where nothing was recorded nothing breaks off.
    if (carrier.kind === 'officer' && (filmed.length > 0 || untimed)) notes.applies('interruptionsExplained');
    const track = newTrack(draft, carrier, main);
    const holes: { block: Block; hole: Hole; answer: boolean }[] = [];
    for (const [index, block] of filmed.entries()) {
        const before = carrier.blocks[carrier.blocks.indexOf(block) - 1];
        const after = carrier.blocks[carrier.blocks.indexOf(block) + 1];
        const mayChange = spare !== null && track.device === main;
        filmBlock(draft, track, block, {
            lead: before === undefined ? 10 * MINUTE : Math.floor((block.start - before.end) / 3),
            tail: after === undefined ? 10 * MINUTE : Math.floor((after.start - block.end) / 3),
            changeTo: mayChange ? spare : null,
            isLast: index === filmed.length - 1,
            habit: {
                lateAll: before === undefined ? habit.lateAll : null,
                earlyAll: after === undefined ? habit.earlyAll : null,
                exemptUntil: before === undefined ? habit.exemptUntil : null,
            },
            add: (hole, answer) => holes.push({ block, hole, answer }),
        });
    }
    const known: Knowledge = {
        unchecked: track.devices.flatMap((each) => (each.clock === null ? each.id : [])),
        untimed,
        openEnded: track.openAt !== null,
    };
    if (known.unchecked.length > 0 || untimed) draft.edgesUnknown = true;
    noteUnchecked(draft, carrier);
    for (const block of forgotten) {
        const isOpen = track.openAt !== null && track.openAt < block.end;
        const start = block === carrier.blocks[0] ? (habit.exemptUntil ?? block.start) : block.start;
        // Why nothing was recorded may be known, and it was not recorded all the same.
        if (dice.chance(300)) {
            const id = `${dice.pick(['paper', 'answer'])}/none/${carrier.id}/${start}`;
            const explained = { personId: carrier.id, during: { start, end: block.end }, reason: '设备故障' };
            draft.explanations.push({ id, ...explained, accepted: id.startsWith('answer') });
        }
        noteHole(draft, carrier, block, { start, end: block.end, place: 'whole', doubt: isOpen ? 'openEnd' : null }, known);
    }
    for (const [index, { block, hole, answer }] of holes.entries()) {
        const said = () => writeOf(draft, carrier, hole, `edge/${carrier.id}/${index}`);
        const here = holes.filter((each) => each.block === block && each.hole !== hole).map((each) => each.hole);
        const breaksOffAt = here.find((each) => each.place === 'trailing')?.start ?? null;
        // What breaks off and does not go on is explained by words, written or spoken; what was not begun is not (附件1 第8、10条).
        const isEnd = hole.place === 'trailing' && hole.doubt === null;
        if (answer) answerFor(draft, carrier, { ...block, breaksOffAt }, hole, known, `${carrier.id}/${index}`);
        else if (isEnd && dice.chance(150)) said();
        else if (isEnd && dice.chance(300)) {
            const begins = Math.max(block.start, ...here.map((each) => each.end));
            const isSaid = speakAtEnd(draft, carrier, hole, begins, `edge/${carrier.id}/${index}`);
            // While its files may still come it may go on.
            const mayGoOn = carrier.pending && draft.now < block.end + draft.storeWithinMs;
            if (!isSaid || mayGoOn) noteHole(draft, carrier, block, hole, known);
        } else noteHole(draft, carrier, block, hole, known);
        if (hole.place === 'leading' && carrier.kind === 'officer' && dice.chance(200)) said();
    }
}

/** Words about one hole, in a paper or as an answer that somebody accepted. */
function writeOf({ dice, explanations }: Draft, { id: personId }: Carrier, { start, end }: Hole, name: string): void {
    const prefix = dice.pick(['paper', 'answer'] as const);
    const said = { id: `${prefix}/${name}`, personId, during: { start, end }, reason: '记录仪无法开机' };
    explanations.push({ ...said, accepted: prefix === 'answer' });
}

/** Where only a clock that nobody checked says that somebody recorded, or had begun to, nobody knows it. */
function noteUnchecked({ recordings, notes }: Draft, carrier: Carrier): void {
    /** When the first footage begins that lies in a block, by such a clock or by one that was checked. */
    const firstIn = (block: Block, checked: boolean) =>
        Math.min(
            ...recordings
                .filter((each) => each.carrierId === carrier.carrierId)
                .flatMap((each) => each.segments)
                .flatMap(({ device, corrected }) => {
                    if ((corrected !== null) !== checked) return [];
                    const [from, to] = [corrected?.start.at ?? device.start, corrected?.end.at ?? device.end];
                    return Math.max(from, block.start) < Math.min(to, block.end) ? Math.max(from, block.start) : [];
                }),
        );
    const unchecked = carrier.blocks.filter((each) => firstIn(each, false) < each.end);
    if (unchecked.length === 0) return;
    notes.waits(carrier.kind === 'room' ? 'roomRecorded' : 'interruptionsExplained', 'clock');
    const isBegunBy = (block: Block) => {
        const proven = firstIn(block, true);
        return proven > block.start + MINUTE && firstIn(block, false) < proven;
    };
    if (carrier.kind === 'officer' && unchecked.some(isBegunBy)) notes.waits('recordedThroughout', 'clock');
}

/** A file of whose time nothing is known. */
function addUntimed(draft: Draft, carrier: Carrier, device: Device): void {
    const file = { ...fileOf(carrier, device, `${carrier.id}/untimed`), storedAt: draft.now };
    draft.recordings.push(file);
    draft.notes.waits('storedInTime', 'recordingLength');
}

const fileOf = ({ carrierId }: Carrier, { id: deviceId, joinWithinMs }: Device, id: string): RecordingFacts => ({
    ...{ id, carrierId, deviceId, deviceLabel: deviceId, segments: [], openStart: null, storedAt: null },
    ...(joinWithinMs === null ? {} : { joinWithinMs }),
});

/** The files of a carrier, one after the other. */
type Track = {
    device: Device;
    readonly devices: Device[];
    /** When footage began whose end nobody knows. */
    openAt: number | null;
    readonly run: (start: number, end: number) => void;
    readonly cutOff: (at: number) => void;
};

function newTrack(draft: Draft, carrier: Carrier, device: Device): Track {
    const { dice, notes } = draft;
    let count = 0;
    const personId = carrier.carrierId === carrier.id && carrier.kind === 'room' ? null : carrier.carrierId;
    const nextId = () => `${carrier.id}/${carrier.blocks[0]?.start ?? 0}/${count++}`;
    const use = () => {
        if (!track.devices.includes(track.device)) track.devices.push(track.device);
    };
    const file = (start: number, end: number) => {
        use();
        const id = nextId();
        const middle = start + Math.floor((end - start) / 2);
        const hole = dice.pick([0, 1, 1_000]);
        const segments = dice.chance(100)
            ? [segmentOf(`${id}/a`, track.device, start, middle), segmentOf(`${id}/b`, track.device, middle + hole, end)]
            : [segmentOf(id, track.device, start, end)];
        const damaged = dice.chance(draft.wrongPermille / 5);
        if (damaged) notes.plant('storedInTime', { code: 'stored.damaged', aboutId: id, personId });
        const stored = storedAt(draft, id, track.device, end, personId);
        draft.recordings.push({ ...fileOf(carrier, track.device, id), segments, storedAt: stored, damaged });
        const slack = slackOf(track.device);
        draft.firsts.push({ at: start, slack });
        draft.lasts.push({ at: end, slack });
    };
    const track: Track = {
        device,
        devices: [],
        openAt: null,
        run(start, end) {
            // Recorders cut files, not records: the next one goes on within the limit, or overlaps.
            const parts = end - start > 4 * MINUTE ? dice.pick([1, 1, 2, 3]) : 1;
            const lasts = Math.floor((end - start) / parts);
            // One that runs beside another and ends before it.
            if (parts === 1 && end - start > 4 * MINUTE && dice.chance(60)) file(start + MINUTE, start + 2 * MINUTE);
            const limit = Math.min(joinOf(track.device), 2_000);
            for (let part = 0; part < parts; part++) {
                const joint = part === 0 ? 0 : dice.pick([0, 1, limit, joinOf(track.device), -5 * SECOND]);
                file(start + part * lasts + joint, part === parts - 1 ? end : start + (part + 1) * lasts);
            }
        },
        cutOff(at) {
            use();
            const id = nextId();
            const { start, corrected } = openingOf(segmentOf(id, track.device, at, at + 1));
            const isLate = !draft.isFresh && dice.chance(300);
            const stored =
                at + (isLate ? draft.storeWithinMs + 1 + slackOf(track.device) : dice.pick([MINUTE, draft.storeWithinMs]));
            draft.recordings.push({
                ...fileOf(carrier, track.device, id),
                openStart: { device: start, corrected },
                storedAt: stored,
            });
            // It began then, and cannot have ended before: later than the term from there nobody knows.
            if (stored - (at + slackOf(track.device)) > draft.storeWithinMs) notes.waits('storedInTime', 'recordingLength');
            else if (track.device.clock === null) notes.waits('storedInTime', 'clock');
            draft.firsts.push({ at, slack: slackOf(track.device) } satisfies Edge);
            draft.lastUnknown = true;
            track.openAt = at;
        },
    };
    return track;
}

const openingOf = ({ device, corrected }: ReturnType<typeof segmentOf>) => ({
    start: device.start,
    corrected: corrected?.start ?? null,
});

type Ways = {
    readonly lead: number;
    readonly tail: number;
    readonly changeTo: Device | null;
    readonly isLast: boolean;
    readonly habit: Habit;
    readonly add: (hole: Hole, answer: boolean) => void;
};

function filmBlock(draft: Draft, track: Track, block: Block, { lead, tail, changeTo, isLast, habit, add }: Ways): void {
    const { dice, wrongPermille } = draft;
    // However late and early, something is there.
    const most = Math.min(EDGE, Math.floor((block.end - block.start) / 3));
    const edge = (all: number | null, spare: number) => {
        if (all !== null) return Math.min(all, most);
        if (dice.chance(wrongPermille)) return dice.between(60_001, most);
        return dice.pick([-dice.between(0, spare), dice.between(0, MINUTE), MINUTE]);
    };
    const late = edge(habit.lateAll, lead);
    const early = edge(habit.earlyAll, tail);
    let from = habit.exemptUntil ?? block.start + late;
    if (habit.exemptUntil === null && late > MINUTE) {
        const doubt = late > slackOf(track.device) ? null : 'clocks';
        add({ start: block.start, end: from, place: 'leading', doubt }, false);
    }
    if (isLast && habit.exemptUntil === null && dice.chance(wrongPermille / 4)) {
        // Nothing but the beginning.
        track.cutOff(from);
        add(
            { start: Math.max(from, block.start), end: block.end, place: late > 0 ? 'trailing' : 'whole', doubt: 'openEnd' },
            false,
        );
        return;
    }
    let next: Device | null = changeTo;
    for (let at = from >= block.start + 6 * MINUTE ? from + SLOT : block.start + 6 * MINUTE; at + SLOT <= block.end; at += SLOT) {
        if (isLast && dice.chance(wrongPermille / 2)) {
            cutOffAt(draft, track, block, from, at, add);
            return;
        }
        if (!dice.chance(4 * wrongPermille)) continue;
        const [before, after] = [track.device, next ?? track.device];
        const joins = before === after ? joinOf(before) : 2_000;
        const isHole = dice.chance(700);
        // As long as both clocks may be wrong together: nobody can say whether it is there.
        const doubtful = before === after ? 0 : slackOf(before) + slackOf(after);
        const edges = [joins + 1, joins + 1, dice.between(joins + 1, LONGEST)] as const;
        const holes = doubtful > joins && doubtful <= LONGEST ? ([...edges, doubtful] as const) : edges;
        const lasts = isHole ? dice.pick(holes) : dice.pick([0, 1, joins]);
        track.run(from, at);
        track.device = after;
        next = null;
        from = at + lasts;
        const certain = before === after || lasts > slackOf(before) + slackOf(after);
        if (isHole)
            add(
                { start: at, end: from, place: 'between', doubt: certain ? null : 'clocks', devices: [before.id, after.id] },
                true,
            );
    }
    track.run(from, block.end - early);
    if (early > MINUTE) {
        const doubt = early > slackOf(track.device) ? null : 'clocks';
        add({ start: block.end - early, end: block.end, place: 'trailing', doubt }, false);
    }
}

/** The last file says when it began and not how long it ran: what is before it is known, what is after it nobody knows. */
function cutOffAt({ dice }: Draft, track: Track, block: Block, from: number, at: number, add: Ways['add']): void {
    const joins = joinOf(track.device);
    const lasts = dice.pick([0, joins, joins, joins + 1, dice.between(joins + 1, LONGEST)]);
    track.run(from, at);
    track.cutOff(at + lasts);
    const devices = [track.device.id, track.device.id];
    if (lasts > joins) add({ start: at, end: at + lasts, place: 'between', doubt: null, isFollowed: true, devices }, true);
    add({ start: at + lasts, end: block.end, place: 'trailing', doubt: 'openEnd' }, false);
}
