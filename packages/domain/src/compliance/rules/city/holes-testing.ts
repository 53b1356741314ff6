import { MINUTE, SECOND } from '../../../kernel/instant.ts';
import type { ActRuleId, FindingCode, MissingFact } from '../rule.ts';
import { addExemption, type Draft } from './draft-testing.ts';
import { type Piece, piecesOf } from './pieces-testing.ts';

/** What one officer or one room had to record without a break; `modals` says where it was a must. */
export type Block = { readonly start: number; readonly end: number; readonly modals: readonly Piece<'must' | 'should'>[] };

export type Carrier = {
    readonly kind: 'officer' | 'room';
    /** The officer or the room, as gaps name it. */
    readonly id: string;
    /** Whose files these are. */
    readonly carrierId: string;
    /** The room's device, where there is one. */
    readonly aboutId: string | null;
    readonly blocks: readonly Block[];
    readonly pending: boolean;
};

/** What is known of the files of a carrier as a whole. */
export type Knowledge = {
    /** Devices of it whose clock nobody checked. */
    readonly unchecked: readonly string[];
    readonly untimed: boolean;
    /** Somewhere footage of unknown end begins, after which as much as half of the time may be missing. */
    readonly openEnded: boolean;
};

/** In which block, and where its footage breaks off for good; null: it does not. */
export type Filmed = Block & { readonly breaksOffAt: number | null };

export type Hole = {
    readonly start: number;
    readonly end: number;
    readonly place: 'whole' | 'leading' | 'between' | 'trailing';
    readonly doubt: 'clocks' | 'openEnd' | null;
    /** Footage of unknown end goes on after it: papers written of it must not reach into what is missing there, a part of which may be short. */
    readonly isFollowed?: true;
    /** Between two files: the devices that they are of. */
    readonly devices?: readonly string[];
};

const RULE = (carrier: Carrier, place: Hole['place']): { rule: ActRuleId; code: FindingCode } => {
    if (carrier.kind === 'room') return { rule: 'roomRecorded', code: place === 'whole' ? 'room.none' : 'room.gap' };
    if (place === 'leading') return { rule: 'recordedThroughout', code: 'beginning.late' };
    return place === 'whole'
        ? { rule: 'recordedThroughout', code: 'recording.none' }
        : { rule: 'interruptionsExplained', code: 'recording.gap' };
};

/**
 * Notes what has to come out of a hole that nobody explained and nothing exempts. `paper`: words that are not about the whole of it; where the
 * hole is cut because recording is a must in one part only, they may be about one of the pieces.
 */
export function noteHole(
    draft: Draft,
    carrier: Carrier,
    block: Block,
    hole: Hole,
    { unchecked, untimed }: Knowledge,
    paper?: { readonly from: number; readonly to: number },
): void {
    const { notes, now, storeWithinMs } = draft;
    const { start, end, place } = hole;
    const { rule, code } = RULE(carrier, place);
    const atEdge = place === 'leading' || place === 'trailing';
    const [one, other] = hole.devices ?? [];
    // What another device recorded by its own time may lie there.
    const isElsewhere = unchecked.some((each) => each !== one || each !== other);
    const doubt = place === 'between' && isElsewhere ? 'clocks' : hole.doubt;
    if (carrier.kind === 'officer' && (place === 'leading' || place === 'whole')) {
        // Of what may lie where nothing seems to be begun nobody knows whether it breaks off.
        if (doubt === 'openEnd') notes.waits('interruptionsExplained', 'recordingLength');
        if (untimed) notes.waits('interruptionsExplained', 'recordingTime');
        if (unchecked.length > 0) notes.waits('interruptionsExplained', 'clock');
    }
    if (carrier.pending && now < block.end + storeWithinMs) {
        notes.waits(rule, 'notDue');
        if (atEdge) draft.edgesDue = true;
        return;
    }
    const unsure: MissingFact[] = [];
    if (doubt === 'openEnd') unsure.push('recordingLength');
    if (untimed) unsure.push('recordingTime');
    if (doubt === 'clocks' || (unchecked.length > 0 && place !== 'between')) unsure.push('clock');
    if (unsure.length > 0) {
        notes.waits(rule, ...unsure, ...(unchecked.length > 0 ? (['clock'] as const) : []));
        return;
    }
    const [personId, aboutId] = carrier.kind === 'officer' ? [carrier.id, null] : [null, carrier.aboutId];
    const within = block.modals.flatMap((each) => [each.start, each.end]).filter((at) => start < at && at < end);
    const modalAt = (at: number) => block.modals.find((each) => each.start <= at && at < each.end)?.value ?? 'should';
    for (const piece of piecesOf([start, ...within, end], modalAt).filter((each) => paper === undefined || !tells(paper, each)))
        notes.plant(rule, { code, personId, aboutId, from: piece.start, to: piece.end, modal: piece.value });
}

/** Half of the piece at least, all of it but a minute, and no more than a minute beyond either end. */
function tells({ from, to }: { readonly from: number; readonly to: number }, { start, end }: Piece<'must' | 'should'>): boolean {
    const met = Math.min(to, end) - Math.max(from, start);
    return met > 0 && 2 * met >= end - start && end - start - met <= MINUTE && start - from <= MINUTE && to - end <= MINUTE;
}

/** 附件1 第10条: how far from an interruption its reason may be spoken, as it has to be. */
const SPOKEN = 2 * MINUTE;
/** The most that footage ends early. */
const EARLY = 5 * MINUTE;

/** Marks a reason in the file of the carrier that runs at a moment; false where none does. */
function speak(draft: Draft, { carrierId }: Carrier, id: string, at: number): boolean {
    const file = draft.recordings.find(
        (each) =>
            each.carrierId === carrierId &&
            each.segments.some(({ device, corrected }) => {
                const [from, to] = [corrected?.start.at ?? device.start, corrected?.end.at ?? device.end];
                return from <= at && at <= to;
            }),
    );
    if (file === undefined) return false;
    draft.spoken.push({
        ...{ id: `spoken/${id}`, recordingId: file.id, device: at, words: '更换电池' },
        corrected: { at, lower: at, upper: at },
    });
    return true;
}

/**
 * Marks a reason before footage breaks off for good; true where it is near enough to that (附件1 第10条). `begins`: from where on the footage runs
 * without a break, so that what is said nearer to its beginning is about what was missing before.
 */
export function speakAtEnd(draft: Draft, carrier: Carrier, hole: Hole, begins: number, id: string): boolean {
    const { dice } = draft;
    const before = dice.pick([0, 1, 20 * SECOND, SPOKEN, SPOKEN + 1]);
    const isHere = hole.start - begins > 2 * before && speak(draft, carrier, id, hole.start - before);
    return isHere && before <= SPOKEN;
}

/** How an interruption is answered for; `partly…`: not as far as it would have to be. */
const ANSWERS = [
    'none',
    'none',
    'none',
    'none',
    'paper',
    'paperMost',
    'answer',
    'spokenAfter',
    'spokenBefore',
    'spokenFar',
    'exempt',
    'exemptTwice',
    'waiting',
    'partlyExempt',
    'paperShort',
    'paperHalf',
    'paperWide',
    'paperOfAct',
] as const;

/**
 * Makes a hole between two files of one carrier and everything that explains it or does not. What is said nearer to where the footage
 * of the block breaks off for good is about that.
 */
export function answerFor(draft: Draft, carrier: Carrier, block: Filmed, hole: Hole, known: Knowledge, id: string): void {
    const { dice, notes } = draft;
    const { start, end } = hole;
    const { rule } = RULE(carrier, hole.place);
    const nobody = () => noteHole(draft, carrier, block, hole, known);
    const chosen = dice.pick(ANSWERS);
    // What is exempt is exempt for people; a room has none.
    const answer = carrier.kind === 'room' && /exempt|waiting/i.test(chosen) ? 'paper' : chosen;
    const paper = (from: number, to: number, prefix = 'paper/') =>
        draft.explanations.push({
            id: `${prefix}${id}`,
            personId: carrier.id,
            during: { start: from, end: to },
            reason: '更换电池',
            ...(prefix === 'answer/' ? { accepted: true } : {}),
        });
    const paperAboutLess = (from: number, to: number) => {
        paper(from, to);
        noteHole(draft, carrier, block, hole, known, { from, to });
    };
    const exempt = (from: number, to: number, state: 'confirmed' | 'waiting', more = '') =>
        addExemption(draft, { id: `exempt/${id}${more}`, personId: carrier.id, during: { start: from, end: to }, state });
    const lasts = end - start;
    const staysAbout = (at: number) =>
        block.breaksOffAt === null
            ? at + EARLY <= block.end
            : 2 * at - end < block.breaksOffAt && at + SPOKEN < block.breaksOffAt;
    switch (answer) {
        case 'none':
            nobody();
            return;
        case 'paper':
            paper(start - dice.between(0, MINUTE), hole.isFollowed ? end : end + dice.between(0, MINUTE));
            return;
        case 'answer':
            paper(start, end, 'answer/');
            return;
        case 'paperMost':
            // As much as a clock may move it later: half of it, and a minute left.
            paper(start + Math.min(Math.floor(lasts / 2), MINUTE), hole.isFollowed ? end : end + MINUTE);
            return;
        case 'paperShort':
            paperAboutLess(start + Math.min(Math.floor(lasts / 2), MINUTE) + 1, end);
            return;
        case 'paperHalf':
            paperAboutLess(start - MINUTE, start);
            return;
        case 'paperWide':
            // Farther than officers state times: it may be about something else.
            if (hole.isFollowed || dice.chance(500)) paperAboutLess(start - MINUTE - 1, end);
            else paperAboutLess(start, end + MINUTE + 1);
            return;
        case 'paperOfAct': {
            // Words about all of the time explain nothing in it, whoever accepted them; of what follows here they might be the half.
            const prefix = dice.pick(['paper/', 'answer/']);
            paper(block.start, block.end, known.openEnded ? 'paper/' : prefix);
            nobody();
            return;
        }
        case 'spokenAfter': {
            const far = staysAbout(end + SPOKEN) ? dice.pick([0, 20 * SECOND, SPOKEN]) : dice.pick([0, 20 * SECOND]);
            // What was cut off before it could say how long it ran has no moments: there it is said before.
            if (!speak(draft, carrier, id, end + far)) speak(draft, carrier, id, start - 20 * SECOND);
            return;
        }
        case 'spokenBefore':
            speak(draft, carrier, id, start - dice.pick([0, 1, 20 * SECOND]));
            return;
        case 'spokenFar':
            // A reason that is said later or earlier than anybody would say it is about something else.
            speak(draft, carrier, id, dice.chance(500) && staysAbout(end + SPOKEN + 1) ? end + SPOKEN + 1 : start - SPOKEN - 1);
            nobody();
            return;
        case 'exempt':
            exempt(start, end, 'confirmed');
            return;
        case 'exemptTwice':
            // What is exempt already waits for nobody.
            exempt(start, end, 'waiting', '/again');
            exempt(start, end, 'confirmed');
            return;
        case 'waiting':
            exempt(start, end, 'waiting');
            notes.waits(rule, 'exemptionDecision');
            return;
        case 'partlyExempt': {
            const until = start + Math.floor(lasts / 2);
            exempt(start - MINUTE, until, 'confirmed');
            noteHole(draft, carrier, block, { ...hole, start: until }, known);
        }
    }
}
