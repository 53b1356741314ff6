import type { Id } from '../../kernel/ids.ts';
import type { ParameterKey } from '../../parameter/parameter-catalogue.ts';
import type { RecordingMarkKind } from '../../recording/recording-mark.ts';

/**
 * What gave a parameter its value: the software as it came, or a decision of the organisation, with the proposal that was approved (null:
 * entered before approval was asked for) and the place of its entry in the organisation's log (null: none was found).
 */
export type ParameterSource = 'shipped' | { readonly decision: Id; readonly proposal: Id | null; readonly entry: number | null };

/**
 * Where the facts of an act come from, as far as they do not say so themselves: recordings, papers, exemptions, answers, checks and spoken
 * reasons carry their ids. Kept with the facts; no rule looks at it.
 */
export type ActFactSources = {
    /**
     * What is not named came with the software. Several where something was asked at several moments: of each segment as it began, of each
     * file.
     */
    readonly parameters: Readonly<Partial<Record<ParameterKey, readonly ParameterSource[]>>>;
    /** Why what only a person can say is asked for: cases that the act is in, sheets of samples that drew it. */
    readonly speech: readonly { readonly kind: 'case' | 'sample'; readonly id: Id }[];
    /** The marks by which its kinds of footage stand. */
    readonly marks: readonly { readonly kind: RecordingMarkKind; readonly id: Id }[];
    /** The clock readings that corrected times rest on, with what gave the figures of how clocks are believed. */
    readonly clocks: readonly ClockFactSource[];
    /** Recordings whose time was corrected before it was kept by which readings. */
    readonly clocksUnknown: readonly Id[];
};

export type ClockFactSource = {
    readonly readings: readonly Id[];
    readonly decisions: readonly ParameterSource[];
    readonly recordings: readonly Id[];
};

/** What a recording's corrected time rests on, as it is kept with it. */
export type TimeBasis = {
    readonly readings: readonly Id[];
    /** Decisions about `clock.*`; what is not named came with the software. */
    readonly decisions: readonly Id[];
};

type Corrected = { readonly id: Id; readonly corrected: boolean; readonly basis: TimeBasis | null };

/** Files of one recorder mostly rest on the same readings: each set of readings stands once, with its files. */
export function clockSources(
    recordings: readonly Corrected[],
    sourceOf: (decision: Id) => ParameterSource,
): Pick<ActFactSources, 'clocks' | 'clocksUnknown'> {
    const clocks = new Map<string, ClockFactSource & { recordings: Id[] }>();
    const clocksUnknown: Id[] = [];
    for (const { id, corrected, basis } of recordings) {
        if (!corrected) continue;
        if (basis === null) {
            clocksUnknown.push(id);
            continue;
        }
        const key = `${basis.readings.join()} ${basis.decisions.join()}`;
        const same = clocks.get(key);
        if (same === undefined)
            clocks.set(key, { readings: basis.readings, decisions: basis.decisions.map(sourceOf), recordings: [id] });
        else same.recordings.push(id);
    }
    return { clocks: [...clocks.values()], clocksUnknown };
}
