import type { Duration } from '../kernel/instant.ts';
import type { Interval } from '../kernel/interval.ts';
import { intersect, length } from '../kernel/interval.ts';
import type { ExplanationFacts } from './coverage-facts.ts';

/**
 * Whether words about one stretch of time are about another one that is missing (附件1 第10条: 应在事后书面说明情况). The gap moves with the fit of a
 * clock and shrinks with what arrives, so they still are while they meet at least half of it and leave no more than the tolerance; and,
 * so that words about a long time do not explain each short gap in it, while that gap is at least half of what they were about.
 * Two gaps beside each other are never both.
 */
export function explains(said: Interval, gap: Interval, toleranceMs: Duration): boolean {
    const met = intersect(said, gap);
    return met !== undefined && reaches(met, gap, toleranceMs) && length(met) * 2 >= length(said);
}

const reaches = (met: Interval, gap: Interval, toleranceMs: Duration): boolean =>
    length(met) * 2 >= length(gap) && length(gap) - length(met) <= toleranceMs;

/**
 * A paper names the time itself, to the minute, as officers state every time: it begins no more than the tolerance before the gap and ends no
 * more than that after it. What is accepted as an answer was about the gap as it was found.
 */
function isAbout({ during, accepted }: ExplanationFacts, gap: Interval, toleranceMs: Duration): boolean {
    if (accepted === true) return explains(during, gap, toleranceMs);
    const met = intersect(during, gap);
    if (met === undefined || !reaches(met, gap, toleranceMs)) return false;
    return gap.start - during.start <= toleranceMs && during.end - gap.end <= toleranceMs;
}

/** The first explanation that is about a gap. `spans`: the gap as it may be told of, its piece, or the whole interruption it is cut from. */
export const writtenOf = (
    of: readonly ExplanationFacts[],
    spans: readonly Interval[],
    toleranceMs: Duration,
): ExplanationFacts | undefined => of.find((each) => spans.some((span) => isAbout(each, span, toleranceMs)));

/** Of what time an explanation speaks that reaches into a gap which none is about: of several the one that meets most of it, else the shorter, else the earlier. */
export function saidOfOther(of: readonly ExplanationFacts[], gap: Interval): Interval | undefined {
    const met = of.flatMap(({ during }) => {
        const part = intersect(during, gap);
        return part === undefined ? [] : [{ during, ms: length(part) }];
    });
    return met.toSorted((a, b) => b.ms - a.ms || length(a.during) - length(b.during) || a.during.start - b.during.start)[0]
        ?.during;
}
