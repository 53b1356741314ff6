import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import type { CampaignRules, CampaignState } from './campaign.ts';

/** `<organisation code>-JC-<year>-<four figures>`. */
export const campaignNumber = (organisationCode: string, year: number, place: number): string =>
    `${organisationCode}-JC-${year}-${String(place).padStart(4, '0')}`;

export function decideCampaignStep(state: CampaignState, ...from: readonly CampaignState[]): void {
    if (!from.includes(state)) throw new DomainError('inspection.wrongState', { state });
}

/** Only organisations within reach are inspected. Throws `inspection.outsideReach` with their names. */
export function decideReach(rules: Pick<CampaignRules, 'organisations'>, reach: readonly Id[]): void {
    const outside = rules.organisations.filter((each) => !reach.includes(each.id));
    if (outside.length > 0)
        throw new DomainError('inspection.outsideReach', { names: outside.map((each) => each.name).join('、') });
}

/**
 * Fixes rules, scheme and seed. Once the period is over nothing can be fixed any more: whoever knows the acts could look for a
 * seed that suits. Throws `inspection.wrongState`, `inspection.periodOver`, `inspection.noReviewer`, `draw.publicValueUnclear`, or
 * `inspection.publicValueEarly` for a public value that is known before the period ends.
 */
export function decideCampaignCommit(
    campaign: { readonly state: CampaignState; readonly publicValueFrom: Instant | null; readonly reviewers: readonly Id[] },
    rules: CampaignRules,
    now: Instant,
): void {
    decideCampaignStep(campaign.state, 'draft');
    if (now >= rules.to) throw new DomainError('inspection.periodOver');
    if (campaign.reviewers.length === 0) throw new DomainError('inspection.noReviewer');
    if ((rules.publicValueIs === undefined) !== (campaign.publicValueFrom === null))
        throw new DomainError('draw.publicValueUnclear');
    if (campaign.publicValueFrom !== null && campaign.publicValueFrom < rules.to)
        throw new DomainError('inspection.publicValueEarly');
}

/**
 * Opens the seed and draws. Throws `inspection.wrongState`, `inspection.tooEarly` before the period is over or the public value can
 * be known, `draw.publicValueMissing`, or `draw.publicValueUnclear` for a value nobody announced.
 */
export function decideCampaignDraw(
    campaign: { readonly state: CampaignState; readonly publicValueFrom: Instant | null },
    rules: CampaignRules,
    publicValue: string | undefined,
    now: Instant,
): void {
    decideCampaignStep(campaign.state, 'committed');
    if (now < Math.max(rules.to, campaign.publicValueFrom ?? rules.to)) throw new DomainError('inspection.tooEarly');
    if (rules.publicValueIs === undefined && publicValue !== undefined) throw new DomainError('draw.publicValueUnclear');
    if (rules.publicValueIs !== undefined && publicValue === undefined) throw new DomainError('draw.publicValueMissing');
}

/**
 * Who reviews which act of the sample, in the order drawn: of the reviewers who took no part in it, the one with the fewest so far,
 * the first of the list among equals. Nobody where all of them took part.
 */
export function assignReviewers(
    picks: readonly { readonly act: Id; readonly tookPart: readonly Id[] }[],
    reviewers: readonly Id[],
): Map<Id, Id | undefined> {
    const load = new Map<Id, number>(reviewers.map((each) => [each, 0]));
    const loadOf = (id: Id) => load.get(id) ?? 0;
    return new Map(
        picks.map(({ act, tookPart }) => {
            const free = reviewers.filter((each) => !tookPart.includes(each));
            const least = Math.min(...free.map(loadOf));
            const reviewer = free.find((each) => loadOf(each) === least);
            if (reviewer !== undefined) load.set(reviewer, loadOf(reviewer) + 1);
            return [act, reviewer];
        }),
    );
}
