import type { RecordingFacts } from '../../../act/coverage-facts.ts';
import type { DocumentFacts, SpeechMark } from '../../../act/coverage-statement.ts';
import { DAY, HOUR, MINUTE } from '../../../kernel/instant.ts';
import { KEY_FOOTAGE, type RecordingMarkKind } from '../../../recording/recording-mark.ts';
import type { Draft, Edge } from './draft-testing.ts';

export type Papers = {
    readonly documents: readonly DocumentFacts[];
    readonly speech: readonly SpeechMark[];
    readonly speechRequired: boolean;
    readonly marked: readonly RecordingMarkKind[];
};

/** The document, and the words that somebody marked in the recordings: 附件1 第8、9、10、11条. */
export function makePapers(draft: Draft, stated: { readonly start: number; readonly end: number }, exempt: boolean): Papers {
    const { dice, notes, wrongPermille, recordings } = draft;
    const shift = () => (dice.chance(wrongPermille) ? dice.pick([-1, 1]) * dice.between(11, 60) * MINUTE : 0);
    const none = dice.chance(10);
    const edge = dice.chance(30) ? outermost('start', draft.firsts) : undefined;
    // As far from the first picture as what is allowed and the clock together reach: nobody can say.
    const start = edge === undefined ? stated.start + shift() : edge.at - edge.slack - draft.documentToleranceMs;
    const end = Math.max(start + MINUTE, stated.end + shift());
    const documents: DocumentFacts[] = none ? [] : [{ id: 'd', title: '现场笔录', start, end }];
    if (dice.chance(100)) documents.push({ id: 'untimed', title: '送达回证', start: null, end: null });
    const speechRequired = dice.chance(200);
    const speech = recordings.length === 0 ? [] : [...marksOf(draft, 'opening', start), ...marksOf(draft, 'closing', end)];
    const kinds = dice.chance(150) ? [] : KEY_FOOTAGE.filter(() => dice.chance(700));
    const marked: RecordingMarkKind[] = [...kinds, ...(dice.chance(500) ? (['opening', 'note'] as const) : [])];
    if (recordings.length > 0) {
        notes.applies('spokenWords');
        notes.applies('keyFootage');
        for (const kind of ['opening', 'closing'] as const) {
            if (speech.some((each) => each.kind === kind && each.state === 'confirmed')) continue;
            notes.waits('spokenWords', 'person');
            const code = kind === 'opening' ? 'speech.openingMissing' : 'speech.closingMissing';
            if (speechRequired) notes.plant('spokenWords', { code });
        }
        if (kinds.length < KEY_FOOTAGE.length) notes.waits('keyFootage', 'person');
        if (kinds.length === 0 && speechRequired) notes.plant('keyFootage', { code: 'footage.unmarked' });
    }
    if (none) notes.waits('documentTimes', 'document');
    else if (!exempt) noteTimes(draft, { start, end }, speech);
    return { documents, speech, speechRequired, marked };
}

/** Where the words are confirmed, up to what a minute and the bounds of the clock allow, and beyond. */
function marksOf(
    { dice, wrongPermille, documentToleranceMs: margin }: Draft,
    kind: SpeechMark['kind'],
    stated: number,
): SpeechMark[] {
    if (dice.chance(600)) return [];
    if (dice.chance(100)) return [{ kind, state: 'proposed', corrected: null }];
    const slack = dice.pick([0, 1, 500, 3_000]);
    const by = dice.chance(wrongPermille)
        ? dice.pick([margin + slack + 1, dice.between(margin + slack + 1, HOUR)])
        : // Up to a minute, which is too much where less is allowed.
          dice.pick([
              dice.between(0, MINUTE - slack),
              0,
              margin - slack,
              margin - slack + 1,
              margin + slack,
              dice.between(0, margin - slack),
          ]);
    // Just outside with an exact clock is a difference that nobody planted.
    const at = stated + (by === margin - slack + 1 && slack === 0 ? margin : by) * dice.pick([-1, 1]);
    const mark: SpeechMark = { kind, state: 'confirmed', corrected: { at, lower: at - slack, upper: at + slack } };
    if (dice.chance(30)) return [{ ...mark, corrected: null }];
    // The same words in the other recorder: the outermost bound the process.
    const inner = at + (kind === 'opening' ? 1 : -1) * dice.between(1, 5 * MINUTE);
    const again: SpeechMark = { ...mark, corrected: { at: inner, lower: inner, upper: inner } };
    return dice.chance(200) ? [again, mark] : [mark];
}

/** 附件1 第10条, side by side: the words where they are confirmed, else whether the footage encloses what the document says. */
function noteTimes(draft: Draft, stated: { readonly start: number; readonly end: number }, speech: readonly SpeechMark[]): void {
    const { notes } = draft;
    notes.applies('documentTimes');
    const start = sideOf(draft, 'start', stated.start, speech);
    const end = sideOf(draft, 'end', stated.end, speech);
    const wrong = start === 'wrong' || end === 'wrong';
    if (wrong && draft.edgesDue) {
        notes.waits('documentTimes', 'notDue');
        return;
    }
    if (start === 'wrong') notes.plant('documentTimes', { code: 'document.startDiffers' });
    if (end === 'wrong') notes.plant('documentTimes', { code: 'document.endDiffers' });
    if (!wrong && (start === 'unknown' || end === 'unknown'))
        notes.waits('documentTimes', draft.recordings.length === 0 ? 'notDue' : 'clock');
}

function sideOf(
    draft: Draft,
    side: 'start' | 'end',
    stated: number,
    speech: readonly SpeechMark[],
): 'right' | 'wrong' | 'unknown' {
    const { exempt, documentToleranceMs: margin } = draft;
    const marks = speech.filter((each) => each.state === 'confirmed' && (each.kind === 'opening') === (side === 'start'));
    if (marks.length > 0) {
        const times = marks.flatMap(({ corrected }) =>
            corrected === null ? [] : [{ at: corrected.at, slack: corrected.upper - corrected.at }],
        );
        const mark = outermost(side, times);
        if (mark === undefined) return 'unknown';
        const off = Math.abs(mark.at - stated);
        if (off + mark.slack <= margin) return 'right';
        return off - mark.slack > margin ? 'wrong' : 'unknown';
    }
    if (draft.edgesUnknown || (side === 'end' && draft.lastUnknown)) return 'unknown';
    const edge = outermost(side, side === 'start' ? draft.firsts : draft.lasts);
    if (edge === undefined) return 'unknown';
    if (side === 'start' && exempt?.end === edge.at && exempt.start <= stated && stated < edge.at) return 'right';
    const short = side === 'start' ? edge.at - stated : stated - edge.at;
    if (short + edge.slack <= margin) return 'right';
    return short - edge.slack > margin ? 'wrong' : 'unknown';
}

const outermost = (side: 'start' | 'end', of: readonly Edge[]): Edge | undefined =>
    of.toSorted((a, b) => (side === 'start' ? a.at - b.at : b.at - a.at) || a.slack - b.slack)[0];

/** 附件1 第7条: of every recorder that officers used, a check on the day before its first picture; or one that is none. */
export function makeChecks(draft: Draft, officers: readonly string[]): void {
    const { dice, notes, wrongPermille, checks } = draft;
    const used = new Map<string, { personId: string; at: number; checked: boolean }>();
    for (const { deviceId, carrierId, segments, openStart } of draft.recordings) {
        if (!officers.includes(carrierId)) continue;
        const starts = [...segments.map((each) => each.corrected?.start.upper ?? each.device.start)];
        if (openStart !== null) starts.push(openStart.corrected?.upper ?? openStart.device);
        const at = Math.min(...starts);
        const known = used.get(deviceId);
        if (starts.length > 0 && (known === undefined || at < known.at)) {
            const checked = segments.every((each) => each.corrected !== null) && openStart?.corrected !== null;
            used.set(deviceId, { personId: carrierId, at, checked });
        }
    }
    // Used, and nobody knows when: nothing is known to have been before it.
    const isUntimed = ({ deviceId, carrierId }: RecordingFacts) => officers.includes(carrierId) && !used.has(deviceId);
    if (draft.recordings.some(isUntimed)) notes.waits('checkedBeforeUse', 'recordingTime');
    for (const [deviceId, { personId, at, checked }] of used) {
        notes.applies('checkedBeforeUse');
        const midnight = Math.floor((at + 8 * HOUR) / DAY) * DAY - 8 * HOUR;
        const add = (checkedAt: number, passed = true, of = deviceId) =>
            checks.push({ id: `check/${of}/${checks.length}`, deviceId: of, checkedAt, passed });
        if (!dice.chance(wrongPermille)) {
            if (dice.chance(100)) add(midnight + 1, false);
            add(dice.pick([midnight, at, midnight + Math.floor((at - midnight) / 2), Math.max(midnight, at - HOUR)]));
            continue;
        }
        const way = dice.pick(['none', 'other', 'eveningBefore', 'after', 'failed']);
        if (way === 'other') add(at, true, 'somebody');
        if (way === 'eveningBefore') add(dice.pick([midnight - 1, midnight - 3 * HOUR]));
        if (way === 'after') add(at + dice.pick([1, HOUR]));
        if (way === 'failed') add(dice.pick([midnight, at]), false);
        // By a clock that nobody checked it may have been before after all.
        if (!checked && (way === 'eveningBefore' || way === 'after')) {
            notes.waits('checkedBeforeUse', 'clock');
            continue;
        }
        notes.plant('checkedBeforeUse', {
            ...({ code: way === 'failed' ? 'check.failed' : 'check.missing', personId, aboutId: deviceId } as const),
        });
    }
}
