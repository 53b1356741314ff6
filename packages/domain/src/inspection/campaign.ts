import type { ActState, ScenarioKey } from '../act/act.ts';
import type { DrawShare } from '../chance/draw-sample.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';

/** `draft` may be changed; `committed` is fixed and sealed until its period is over; `drawn` is under review; then `ended`. */
export const CAMPAIGN_STATES = ['draft', 'committed', 'drawn', 'ended', 'abandoned'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

export type CampaignOrganisation = { readonly id: Id; readonly code: string; readonly name: string };

/** Another number than the usual one, for one organisation, one kind of act, or both. The first that fits counts. */
export type StratumShare = { readonly organisation?: Id; readonly scenario?: ScenarioKey; readonly take: DrawShare };

/** Everything but the seed that is fixed before the period ends: which acts are looked at, and how many of which. */
export type CampaignRules = {
    readonly v: 1;
    readonly title: string;
    readonly organisations: readonly CampaignOrganisation[];
    /** Acts that begin in [from, to). */
    readonly from: Instant;
    readonly to: Instant;
    /** Kinds of act; none named: all of them. */
    readonly scenarios: readonly ScenarioKey[];
    /** By what acts are put into strata: neither gives one stratum of all. */
    readonly byOrganisation: boolean;
    readonly byScenario: boolean;
    readonly take: DrawShare;
    readonly shares: readonly StratumShare[];
    /** The later public value that is mixed into the seed, in words; absent: none is. */
    readonly publicValueIs?: string;
};

/**
 * An act of the period, as whoever may see nothing else of it sees it (附件1 第12条): the frame is published. Whether there is a
 * recording does not stand in it, so it can have no influence: an act without one is drawn like any other.
 */
export type FrameAct = {
    readonly id: Id;
    readonly number: string;
    readonly organisation: Id;
    readonly scenario: ScenarioKey;
    readonly state: ActState;
};

export type CampaignFrame = { readonly v: 1; readonly acts: readonly FrameAct[] };

/** Why an act of the frame is not drawn from: it was called off, or announced and never begun. Both are listed. */
export const APART_REASONS = ['cancelled', 'planned'] as const;
export type ApartReason = (typeof APART_REASONS)[number];

export type CampaignPick = { readonly place: number; readonly act: Id; readonly stratum: string };

export type CampaignResult = {
    readonly v: 1;
    readonly strata: readonly { readonly stratum: string; readonly eligible: number; readonly taken: number }[];
    /** How many acts of each organisation stand in each stratum: what each act drawn stands for in a score. */
    readonly shares: readonly { readonly organisation: Id; readonly stratum: string; readonly acts: number }[];
    readonly picks: readonly CampaignPick[];
    readonly apart: readonly { readonly act: Id; readonly reason: ApartReason }[];
};

/** A frame longer than this is looked at in parts. */
export const MOST_FRAME_ACTS = 200_000;
/** More than so many sheets nobody reviews. */
export const MOST_SAMPLE = 5_000;
