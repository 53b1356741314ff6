import type { Endpoints, ResponseOf } from '@liuhen/contract';
import {
    type Clock,
    type FindingFacts,
    type FindingLook,
    type FindingState,
    type Instant,
    type Interval,
    isInVain,
} from '@liuhen/domain';
import { type Track, toDevice } from '../recording/tracks.ts';
import type { ActDetail } from './strip-chart-input.ts';

export type ActFinding = ResponseOf<Endpoints['finding.ofAct']>['findings'][number];

const LOOKS: Readonly<Record<FindingState, FindingLook | undefined>> = {
    open: 'open',
    answered: 'waiting',
    stands: 'stands',
    explained: 'explained',
    disputed: 'explained',
    // What was made good is no longer there to be seen.
    settled: undefined,
};

type Words = { readonly what: (finding: ActFinding) => string; readonly note: (finding: ActFinding) => string };

/** Findings as the chart draws them: those that lie at a stretch or a moment of the act, on the clock that is drawn. */
export function findingFactsOf(
    findings: readonly ActFinding[],
    act: ActDetail,
    { tracks, clock, words }: { readonly tracks: readonly Track[]; readonly clock: Clock; readonly words: Words },
): FindingFacts[] {
    return findings.flatMap((each): FindingFacts[] => {
        // Confirmed, and by facts that came not there any more: somebody has to look.
        const look = each.goneSince !== null ? 'waiting' : isInVain(each) ? 'unmet' : LOOKS[each.state];
        const place = placeOf(each, act);
        if (look === undefined || place === undefined) return [];
        const own = tracks.filter((track) => track.id === each.person?.id);
        const on = (at: Instant) => (clock === 'device' ? toDevice(own.length > 0 ? own : tracks, at) : at);
        const during = { start: on(place.start), end: on(place.end) };
        const ruled = ruledOf(each);
        const said = { words: words.what(each), note: words.note(each) };
        return [{ id: each.id, look, ...said, during, ...(ruled === undefined ? {} : { ruled }) }];
    });
}

const OF_GAPS: readonly ActFinding['code'][] = ['recording.none', 'recording.gap', 'beginning.late', 'room.none', 'room.gap'];

/** What was ruled on a gap, and whose it is: an officer's, or of a room the room's. Where facts overtook it somebody has yet to look. */
function ruledOf({ code, state, goneSince, person, aboutId, from, to }: ActFinding): FindingFacts['ruled'] {
    const carrierId = person?.id ?? aboutId;
    const ruling = state === 'disputed' ? 'disputed' : state === 'stands' && goneSince === null ? 'confirmed' : undefined;
    if (!OF_GAPS.includes(code) || carrierId === null || ruling === undefined || from === null || to === null) return undefined;
    return { carrierId, ruling };
}

/** Its own stretch, else that of the recording or the moment that it is about; undefined of what concerns the act as a whole. */
function placeOf({ code, from, to, aboutId, params }: ActFinding, act: ActDetail): Interval | undefined {
    if (from !== null && to !== null) return { start: from, end: to };
    if (code === 'document.startDiffers') return moment(act.startsAt);
    if (code === 'document.endDiffers') return moment(act.endsAt);
    if (params.usedAt !== undefined) return moment(params.usedAt);
    const recording = act.recordings.find((each) => each.id === aboutId);
    const [first, last] = [recording?.stretches[0], recording?.stretches.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    const end = last.corrected?.start.at ?? last.deviceStart;
    return { start: first.corrected?.start.at ?? first.deviceStart, end: end + last.deviceEnd - last.deviceStart };
}

const moment = (at: Instant): Interval => ({ start: at, end: at });
