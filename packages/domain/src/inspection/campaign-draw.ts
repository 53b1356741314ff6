import { isDrawShare, sample, shareOf } from '../chance/draw-sample.ts';
import { drawStream, type UniformBelow } from '../chance/draw-stream.ts';
import { concatBytes, utf8Bytes } from '../kernel/bytes.ts';
import { canonicalBytes } from '../kernel/canonical-json.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { HashFunction } from '../ledger/digest.ts';
import {
    type ApartReason,
    type CampaignFrame,
    type CampaignPick,
    type CampaignResult,
    type CampaignRules,
    type FrameAct,
    MOST_FRAME_ACTS,
    MOST_SAMPLE,
} from './campaign.ts';

const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const unique = (keys: readonly string[]): boolean => new Set(keys).size === keys.length;

/** The rules in their one form. Throws `inspection.rulesInvalid` with what is wrong. */
export function normalRules(rules: CampaignRules): CampaignRules {
    const { organisations, shares, scenarios, from, to } = rules;
    const invalid = (reason: string): never => {
        throw new DomainError('inspection.rulesInvalid', { reason });
    };
    if (organisations.length === 0) invalid('noOrganisation');
    if (!unique(organisations.map((each) => each.id))) invalid('organisationTwice');
    if (from >= to) invalid('period');
    if (![rules, ...shares].every((each) => isDrawShare(each.take, MOST_SAMPLE))) invalid('share');
    const inspected = new Set(organisations.map((each) => each.id));
    // A number for what is no stratum of its own would say nothing.
    for (const share of shares) {
        if (share.organisation === undefined && share.scenario === undefined) invalid('shareOfNothing');
        if (share.organisation !== undefined && !(rules.byOrganisation && inspected.has(share.organisation)))
            invalid('shareOfNothing');
        if (share.scenario !== undefined && !rules.byScenario) invalid('shareOfNothing');
    }
    return {
        ...rules,
        organisations: organisations.toSorted((a, b) => before(a.id, b.id)),
        scenarios: [...new Set(scenarios)].toSorted(before),
    };
}

/** The frame in its one form: sorted by id, nothing twice. Throws `inspection.frameInvalid` or `inspection.frameTooLarge`. */
export function normalFrame(frame: CampaignFrame): CampaignFrame {
    if (frame.acts.length > MOST_FRAME_ACTS) throw new DomainError('inspection.frameTooLarge', { most: MOST_FRAME_ACTS });
    if (!unique(frame.acts.map((each) => each.id))) throw new DomainError('inspection.frameInvalid');
    return { v: 1, acts: frame.acts.toSorted((a, b) => before(a.id, b.id)) };
}

export const canonicalDigest = (sha256: HashFunction, value: CampaignRules | CampaignFrame): Uint8Array =>
    sha256(canonicalBytes(value));

/** What is published before the period ends: it fixes the secret and the rules, and betrays nothing of the secret. */
export const campaignCommitment = (sha256: HashFunction, secret: Uint8Array, digestOfRules: Uint8Array): Uint8Array =>
    sha256(concatBytes(utf8Bytes('liuhen.inspection.commitment.v1\n'), secret, digestOfRules));

/** The key all chance follows from: secret, rules, frame, and the public value that nobody knew when the secret was fixed. */
export const campaignKey = (
    sha256: HashFunction,
    secret: Uint8Array,
    digestOfRules: Uint8Array,
    digestOfFrame: Uint8Array,
    publicValue: string | undefined,
): Uint8Array =>
    sha256(
        concatBytes(
            utf8Bytes('liuhen.inspection.key.v1\n'),
            secret,
            digestOfRules,
            digestOfFrame,
            sha256(utf8Bytes((publicValue ?? '').normalize('NFC'))),
        ),
    );

/** `<code of the organisation>/<kind of act>`, with `*` for what the strata do not tell apart. */
export function stratumOf(rules: CampaignRules, act: Pick<FrameAct, 'organisation' | 'scenario'>): string {
    const code = rules.organisations.find((each) => each.id === act.organisation)?.code ?? '?';
    return `${rules.byOrganisation ? code : '*'}/${rules.byScenario ? act.scenario : '*'}`;
}

/** Why an act is listed and not drawn from; `undefined` when it may be drawn. One that nobody closed may. */
export const apartReasonOf = ({ state }: Pick<FrameAct, 'state'>): ApartReason | undefined =>
    state === 'cancelled' || state === 'planned' ? state : undefined;

/** Draws the sample. The same rules, frame, secret and public value give the same one, always and everywhere. */
export function runCampaignDraw(
    sha256: HashFunction,
    rules: CampaignRules,
    frame: CampaignFrame,
    secret: Uint8Array,
    publicValue: string | undefined,
): CampaignResult {
    const given = normalRules(rules);
    const acts = normalFrame(frame);
    const key = campaignKey(sha256, secret, canonicalDigest(sha256, given), canonicalDigest(sha256, acts), publicValue);
    return campaignDrawFrom(given, acts, (label) => drawStream(sha256, key, label));
}

/** The draw over any source of chance: one stream for each stratum, `acts/<stratum>`. */
export function campaignDrawFrom(
    rules: CampaignRules,
    frame: CampaignFrame,
    streamOf: (label: string) => UniformBelow,
): CampaignResult {
    const apart = frame.acts.flatMap((act) => {
        const reason = apartReasonOf(act);
        return reason === undefined ? [] : [{ act: act.id, reason }];
    });
    const eligible = frame.acts.filter((act) => apartReasonOf(act) === undefined);
    const byStratum = Map.groupBy(eligible, (act) => stratumOf(rules, act));
    const strata: { stratum: string; eligible: number; taken: number }[] = [];
    const shares: { organisation: string; stratum: string; acts: number }[] = [];
    const picks: CampaignPick[] = [];
    // Counted beforehand: what somebody else wrote into a record must not keep a verifier drawing for hours.
    const wanted = [...byStratum.values()].reduce((sum, each) => sum + shareOf(takeOf(rules, each), each.length), 0);
    if (wanted > MOST_SAMPLE) throw new DomainError('inspection.sampleTooLarge', { most: MOST_SAMPLE });
    for (const [stratum, members] of [...byStratum].toSorted(([a], [b]) => before(a, b))) {
        const drawn = sample(members, shareOf(takeOf(rules, members), members.length), () => 1, streamOf(`acts/${stratum}`));
        strata.push({ stratum, eligible: members.length, taken: drawn.length });
        const owners = Map.groupBy(members, (act) => act.organisation);
        for (const [organisation, own] of [...owners].toSorted(([a], [b]) => before(a, b)))
            shares.push({ organisation, stratum, acts: own.length });
        for (const act of drawn) picks.push({ place: picks.length + 1, act: act.id, stratum });
    }
    return { v: 1, strata, shares, picks, apart };
}

/** All of a stratum agree in what shares may name, so its first act speaks for it. */
function takeOf(rules: CampaignRules, [first]: readonly FrameAct[]): CampaignRules['take'] {
    const fits = rules.shares.find(
        ({ organisation, scenario }) =>
            (organisation === undefined || organisation === first?.organisation) &&
            (scenario === undefined || scenario === first?.scenario),
    );
    return fits?.take ?? rules.take;
}
