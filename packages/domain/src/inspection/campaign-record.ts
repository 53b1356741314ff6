import { DRAW_SECRET_LENGTH } from '../chance/draw-sample.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { fromHex, isHex, toHex } from '../kernel/hex.ts';
import type { Instant } from '../kernel/instant.ts';
import type { HashFunction } from '../ledger/digest.ts';
import type { PackageKey } from '../proof/package/package-manifest.ts';
import type { EntryRef } from '../proof/package/package-paths.ts';
import type { CampaignFrame, CampaignResult, CampaignRules, FrameAct } from './campaign.ts';
import { campaignCommitment, canonicalDigest, normalFrame, normalRules, runCampaignDraw } from './campaign-draw.ts';
import type { ParallelCampaigns } from './campaign-parallel.ts';

export const CAMPAIGN_RECORD_FORMAT = 'liuhen.inspection.record.v1';

/**
 * How the log vouches for the draw: the entries by which the seed was fixed and the sample drawn, with their bodies, their proofs, the keys
 * that signed them and the policy, each under the path that it has in an evidence package. Nothing of it enters the draw.
 */
export type CampaignLog = {
    readonly committed: EntryRef;
    /** Absent where no checkpoint reached it yet. */
    readonly drawn?: EntryRef;
    readonly keys: readonly PackageKey[];
    /** Bytes in base 64. */
    readonly files: readonly { readonly path: string; readonly bytes: string }[];
};

/** Everything that is published about a drawn campaign: whoever has it can draw the sample again and compare. */
export type CampaignRecord = {
    readonly format: typeof CAMPAIGN_RECORD_FORMAT;
    readonly organisation: { readonly code: string; readonly name: string };
    readonly number: string;
    readonly rules: CampaignRules;
    readonly rulesDigest: string;
    readonly commitment: string;
    readonly committedAt: Instant;
    readonly secret: string;
    readonly publicValue?: string;
    readonly frame: CampaignFrame;
    readonly frameDigest: string;
    readonly drawnAt: Instant;
    readonly result: CampaignResult;
    /** Records from before it was kept have neither. */
    readonly parallel?: ParallelCampaigns;
    readonly log?: CampaignLog;
};

/** What does not agree when a record is worked out again. `late`: committed when the period was over, or drawn before it was. */
export const CAMPAIGN_FAULTS = ['format', 'rules', 'late', 'commitment', 'frame', 'frameDigest', 'result'] as const;
export type CampaignFault = (typeof CAMPAIGN_FAULTS)[number];

/** Acts of a frame that its rules leave no room for: of an organisation or a kind that is not looked at. */
export function foreignActs(rules: CampaignRules, { acts }: CampaignFrame): FrameAct[] {
    const organisations = new Set(rules.organisations.map((each) => each.id));
    const kinds = new Set(rules.scenarios);
    return acts.filter(
        ({ organisation, scenario }) => !organisations.has(organisation) || (kinds.size > 0 && !kinds.has(scenario)),
    );
}

/** Draws again from what a record states; the faults it has, none when all agrees. Takes anything, throws nothing. */
export function checkCampaignRecord(sha256: HashFunction, given: unknown): { faults: CampaignFault[]; result?: CampaignResult } {
    const record = given as Partial<CampaignRecord> | null;
    if (typeof record !== 'object' || record?.format !== CAMPAIGN_RECORD_FORMAT) return { faults: ['format'] };
    const { rules, frame, secret, publicValue, committedAt = Number.NaN, drawnAt = Number.NaN } = record;
    if (!isHex(secret, DRAW_SECRET_LENGTH) || rules === undefined || frame === undefined) return { faults: ['format'] };
    try {
        const faults: CampaignFault[] = [];
        const normal = normalRules(rules);
        const rulesDigest = canonicalDigest(sha256, normal);
        // A value that was announced and is missing, or given and not announced, is another draw.
        const valueFits = (rules.publicValueIs === undefined) === (publicValue === undefined);
        if (canonicalJson(normal) !== canonicalJson(rules) || toHex(rulesDigest) !== record.rulesDigest || !valueFits)
            faults.push('rules');
        if (!(committedAt < rules.to && drawnAt >= rules.to)) faults.push('late');
        const secretBytes = fromHex(secret);
        if (toHex(campaignCommitment(sha256, secretBytes, rulesDigest)) !== record.commitment) faults.push('commitment');
        const acts = normalFrame(frame);
        if (canonicalJson(acts) !== canonicalJson(frame) || foreignActs(normal, acts).length > 0) faults.push('frame');
        if (toHex(canonicalDigest(sha256, acts)) !== record.frameDigest) faults.push('frameDigest');
        const result = runCampaignDraw(sha256, normal, acts, secretBytes, publicValue);
        if (record.result === undefined || canonicalJson(result) !== canonicalJson(record.result)) faults.push('result');
        return { faults, result };
    } catch {
        return { faults: ['format'] };
    }
}
