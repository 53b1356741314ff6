import { storedStanding } from '../board/board.ts';
import type { Duration } from '../kernel/instant.ts';
import type { PersonCoverage } from './coverage.ts';
import { type BoundedInstant, exactly, type RecordingFacts } from './coverage-facts.ts';
import type { Statement, StatementCode, StatementInput, StatementStatus } from './coverage-statement.ts';
import { allExempt } from './coverage-throughout.ts';

/**
 * How one recording stands with the term of 附件1 第15条. `unsure`: within the bounds of the clock it may be late or not, or the clock
 * was never checked. `endUnknown`: when it ended is known by nothing. `waiting`: not here yet.
 */
export type StoredEnd = {
    readonly recordingId: string;
    readonly standing: 'inTime' | 'late' | 'unsure' | 'waiting' | 'endUnknown';
    /** False: by the device's own clock, which nobody checked. */
    readonly corrected: boolean;
    /** From its end, as best as it is known, until it was stored or until now. */
    readonly tookMs: Duration | null;
};

/** The same for the page of an act, its rules and the 24-hour board: by the bounds of the corrected clock. */
export const storedEnds = ({
    recordings,
    parameters,
    now,
}: Pick<StatementInput, 'recordings' | 'parameters' | 'now'>): StoredEnd[] =>
    recordings.map((each) => storedEnd(each, parameters.storeWithinMs, each.storedAt ?? now));

function storedEnd({ id, segments, openStart, storedAt }: RecordingFacts, termMs: Duration, at: number): StoredEnd {
    const corrected = segments.every((each) => each.corrected !== null);
    const end = segments
        .map((each) => each.corrected?.end ?? exactly(each.device.end))
        .reduce<BoundedInstant | undefined>((last, next) => (last === undefined || next.at > last.at ? next : last), undefined);
    if (end !== undefined) {
        const standing = storedAt === null ? 'waiting' : storedStanding(end, corrected, storedAt, termMs);
        return { recordingId: id, standing, corrected, tookMs: at - end.at };
    }
    // It cannot have ended before it began: stored within the limit from there, it is in time whenever it ended.
    const start = openStart?.corrected?.upper ?? openStart?.device;
    if (start === undefined || at - start > termMs)
        return { recordingId: id, standing: 'endUnknown', corrected: false, tookMs: null };
    const isCorrected = openStart?.corrected != null;
    const standing = storedAt === null ? 'waiting' : isCorrected ? 'inTime' : 'unsure';
    return { recordingId: id, standing, corrected: isCorrected, tookMs: at - start };
}

/** 附件1 第15条: stored within 24 hours from the end of each recording, by the corrected clock, and kept as it came (第18条). */
export function storedStatement(input: StatementInput, coverage: readonly PersonCoverage[]): Statement {
    const { recordings, parameters } = input;
    const limitMs = parameters.storeWithinMs;
    const ends = storedEnds(input);
    const count = (standing: StoredEnd['standing']) => ends.filter((each) => each.standing === standing).length;
    const unknown = count('endUnknown');
    const damaged = recordings.filter((each) => each.damaged === true).length;
    const params = {
        longestMs: Math.max(0, ...ends.flatMap((each) => each.tookMs ?? [])),
        limitMs,
        count: recordings.length,
        late: count('late'),
        unknown,
        damaged,
        unsure: count('unsure'),
    };
    const say = (status: StatementStatus, code: StatementCode): Statement => {
        const details = [{ code: 'stored.limit' as const, params: { limitMs } }];
        return { id: 'stored', status, code, params, details, counts: true };
    };
    if (recordings.length === 0) return allExempt(coverage) ? say('held', 'stored.exempt') : say('judge', 'stored.nothing');
    if (damaged > 0) return say('broken', 'stored.damaged');
    if (params.late > 0) return say('broken', 'stored.late');
    if (unknown > 0) return say('judge', 'stored.endUnknown');
    if (ends.some((each) => !each.corrected)) return say('judge', 'stored.byDeviceClock');
    if (params.unsure > 0) return say('judge', 'stored.unsure');
    if (count('waiting') > 0) return say('judge', 'stored.waiting');
    return say('held', 'stored.inTime');
}
