import type { Duration, Instant } from '../kernel/instant.ts';
import type { Interval } from '../kernel/interval.ts';
import type { BoundedInstant, Clock, CoverageInput, RulingFacts } from './coverage-facts.ts';
import type { DocumentFacts } from './coverage-statement.ts';

/** A room whose camera records the act; its recordings name it as their carrier. */
export type RoomFacts = { readonly id: string; readonly name: string };

/** What satellites said about where somebody was. `inside: null`: known position, unknown premises. */
export type PositionFacts = {
    readonly id: string;
    /** Whose track; `null` merges all into one row. */
    readonly personId: string | null;
    readonly during: Interval;
    readonly inside: boolean | null;
    /** Metres from the premises (inside: from their centre), or `null`. */
    readonly distanceM: number | null;
};

export const MARK_KINDS = ['opening', 'credentials', 'scene', 'photo', 'key', 'phrase', 'closing', 'other'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** Something at a moment: spoken words, a photo, a key file. `proposed` waits for a person. */
export type MarkFacts = {
    readonly id: string;
    readonly kind: MarkKind;
    readonly state: 'confirmed' | 'proposed';
    /** In the words of whoever set it; `null`: the kind says it. */
    readonly label: string | null;
    readonly personId: string | null;
    readonly device: Instant | null;
    readonly corrected: BoundedInstant | null;
};

/**
 * What is to be done about a finding: answer it, decide on an answer; it was confirmed; it is explained and not met all the same; it was
 * explained or disputed with success.
 */
export const FINDING_LOOKS = ['open', 'waiting', 'stands', 'unmet', 'explained'] as const;
export type FindingLook = (typeof FINDING_LOOKS)[number];

/** Something that the rules found about a stretch or a moment (there `start` = `end`), on the chosen clock. */
export type FindingFacts = {
    readonly id: string;
    readonly look: FindingLook;
    /** What was found, and whose it is and how it stands, in words of the caller. */
    readonly words: string;
    readonly note: string;
    readonly during: Interval;
    /** Of one about a gap: what somebody ruled on it, and whose gap it is. */
    readonly ruled?: Pick<RulingFacts, 'carrierId' | 'ruling'>;
};

/** What was ruled on gaps, of all that was found. */
export const rulingsIn = (findings: readonly FindingFacts[]): RulingFacts[] =>
    findings.flatMap(({ ruled, during }) => (ruled === undefined ? [] : [{ ...ruled, during }]));

/** A device's clock as fitted: true time = device time + `offsetMs`, within ± `plusMinusMs`. Verdicts cite the fit's number. */
export type ClockFitFacts = {
    readonly deviceId: string;
    readonly deviceLabel: string;
    readonly fit: number;
    readonly offsetMs: Duration;
    readonly plusMinusMs: Duration;
};

/** Everything the strip chart of one act is drawn from. Only integers, strings, null: it travels as JSON unchanged. */
export type StripChartInput = CoverageInput & {
    /** The clock asked for. */
    readonly clock: Clock;
    readonly documents: readonly DocumentFacts[];
    /** What each segment is called, by its id: scenario and site in the words of the caller. */
    readonly segmentTitles: Readonly<Record<string, string>>;
    readonly rooms: readonly RoomFacts[];
    readonly positions: readonly PositionFacts[];
    readonly marks: readonly MarkFacts[];
    /** Left out where nobody asked for them. */
    readonly findings?: readonly FindingFacts[];
    readonly fits: readonly ClockFitFacts[];
    /** Playback time on the chosen clock, or `null`. */
    readonly cursor: Instant | null;
};
