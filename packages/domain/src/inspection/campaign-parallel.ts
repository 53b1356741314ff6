import type { ScenarioKey } from '../act/act.ts';
import type { Instant } from '../kernel/instant.ts';
import type { CampaignRules, CampaignState } from './campaign.ts';

/** What became of a campaign whose seed was fixed. `drawn` is under review, or lies there. */
export type ParallelState = Exclude<CampaignState, 'draft'>;
export const PARALLEL_STATES = ['committed', 'drawn', 'ended', 'abandoned'] as const satisfies readonly ParallelState[];

/**
 * Another campaign of the same organisation over days that this one covers as well. Whoever may fix several seeds over one period could
 * carry on the one whose sample pleases: so each says what the others were, and what became of them.
 */
export type ParallelCampaign = {
    readonly number: string;
    readonly title: string;
    readonly state: ParallelState;
    readonly from: Instant;
    readonly to: Instant;
    /** Codes of the organisations whose acts it looks at. */
    readonly organisations: readonly string[];
    /** Kinds of act; none named: all of them. */
    readonly scenarios: readonly ScenarioKey[];
    readonly commitment: string;
    readonly committedAt: Instant;
    readonly drawnAt?: Instant;
    /** When it was ended, or given up. */
    readonly endedAt?: Instant;
    readonly abandonReason?: string;
    /** How many acts of its sample were reviewed, and how many left out for a reason. */
    readonly sheets?: { readonly all: number; readonly finished: number; readonly skipped: number };
};

/** Those of one moment, newest first. */
export type ParallelCampaigns = { readonly at: Instant; readonly inspections: readonly ParallelCampaign[] };

/** More than so many over one period are not told one by one. */
export const MOST_PARALLEL = 500;

type Covered = {
    readonly from: Instant;
    readonly to: Instant;
    readonly organisations: readonly string[];
    readonly scenarios: readonly ScenarioKey[];
};

/** Whether an act can stand in the lists of both: days, organisations and kinds overlap. */
export function sharesActs(a: Covered, b: Covered): boolean {
    const days = a.from < b.to && b.from < a.to;
    const kinds = a.scenarios.length === 0 || b.scenarios.length === 0 || a.scenarios.some((each) => b.scenarios.includes(each));
    return days && kinds && a.organisations.some((each) => b.organisations.includes(each));
}

/** What rules cover, in the terms of `sharesActs`. */
export const coveredBy = (rules: Pick<CampaignRules, 'from' | 'to' | 'organisations' | 'scenarios'>): Covered => ({
    ...{ from: rules.from, to: rules.to, scenarios: rules.scenarios },
    organisations: rules.organisations.map((each) => each.code),
});
