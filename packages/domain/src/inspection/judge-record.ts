import { canonicalJson } from '../kernel/canonical-json.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { fromHex, toHex } from '../kernel/hex.ts';
import type { EntryTools } from '../proof/package/judge-entries.ts';
import type { PackageResult } from '../proof/package/package-findings.ts';
import type { CampaignResult, CampaignRules, FrameAct } from './campaign.ts';
import { campaignCommitment, canonicalDigest, normalFrame, normalRules, runCampaignDraw } from './campaign-draw.ts';
import { type CampaignRecord, foreignActs } from './campaign-record.ts';
import { judgeRecordLog, type RecordLogVerdict } from './judge-record-log.ts';
import { readCampaignRecord } from './read-record.ts';
import {
    RECORD_FINDINGS,
    type RecordFinding,
    type RecordFindingCode,
    type RecordNotProven,
    recordResultOf,
} from './record-findings.ts';

/** What somebody who doubts a sample asks, in this order. */
export const RECORD_CHECKS = ['rules', 'seed', 'before', 'population', 'sample', 'log'] as const;
export type RecordCheck = (typeof RECORD_CHECKS)[number];
/** `open`: nothing contradicts, and nothing here shows it. */
export type RecordStanding = 'holds' | 'open' | 'fails';

/** A place of the sample at which another act is drawn than the record says; numbers of acts, absent where there is none. */
export type SampleDifference = { readonly place: number; readonly stated?: string; readonly drawn?: string };

export type RecordVerdict = {
    readonly kind: 'inspectionSample';
    readonly result: PackageResult;
    readonly findings: readonly RecordFinding[];
    readonly record?: CampaignRecord;
    readonly checks: Readonly<Record<RecordCheck, RecordStanding>>;
    /** The first of them, and how many there are. */
    readonly differences: { readonly first: readonly SampleDifference[]; readonly count: number };
    readonly log?: RecordLogVerdict;
    readonly notProven: readonly RecordNotProven[];
};

/** So many acts are named, of whatever there are more of. */
const MOST_NAMED = 20;

/**
 * Draws the sample of a record again and compares all that it says, with the log where the record brings entries of it. Takes any bytes and
 * throws nothing for what is in them.
 */
export async function judgeCampaignRecord(bytes: Uint8Array, tools: EntryTools): Promise<RecordVerdict> {
    let record: CampaignRecord;
    try {
        record = readCampaignRecord(bytes);
    } catch (error) {
        return unreadableRecord(error);
    }
    const findings: RecordFinding[] = [];
    const found = (code: RecordFindingCode, about?: string) => findings.push({ code, ...(about ? { about } : {}) });
    const differences = redraw(record, tools, found);
    const log = record.log === undefined ? undefined : await judgeRecordLog(record, record.log, tools, findings);
    if (log === undefined) found('record.noLog');
    const told = new Set(record.parallel?.inspections.map((each) => each.number));
    const untold = record.parallel === undefined ? [] : (log?.parallel ?? []).filter((each) => !told.has(each));
    if (untold.length > 0) found('record.parallelMissing', named(untold));
    return {
        kind: 'inspectionSample',
        result: recordResultOf(findings),
        findings,
        record,
        checks: checksOf(findings, log),
        differences: { first: differences.slice(0, MOST_NAMED), count: differences.length },
        ...(log === undefined ? {} : { log }),
        notProven: notProvenOf(record, log),
    };
}

/** The verdict on what `readCampaignRecord` refused; throws what is no refusal. */
export function unreadableRecord(error: unknown): RecordVerdict {
    if (!(error instanceof DomainError) || !(error.code in RECORD_FINDINGS)) throw error;
    const about = error.params.about === undefined ? {} : { about: String(error.params.about) };
    const findings = [{ code: error.code as RecordFindingCode, ...about }];
    const checks = { rules: 'open', seed: 'open', before: 'open', population: 'open', sample: 'open', log: 'open' } as const;
    const result = recordResultOf(findings);
    return { kind: 'inspectionSample', result, findings, checks, differences: { first: [], count: 0 }, notProven: [] };
}

type Found = (code: RecordFindingCode, about?: string) => void;

/** Everything that follows from the record alone; places at which another act is drawn. */
function redraw(record: CampaignRecord, { digest: { sha256 } }: EntryTools, found: Found): SampleDifference[] {
    const { rules, frame, secret, publicValue, committedAt, drawnAt } = record;
    if (committedAt >= rules.to) found('record.committedLate');
    if (drawnAt < rules.to) found('record.drawnEarly');
    if ((rules.publicValueIs === undefined) !== (publicValue === undefined)) found('record.publicValue');
    const normal = normalOr(rules, found);
    if (normal === undefined) return [];
    if (canonicalJson(normal) !== canonicalJson(rules)) found('record.rules');
    const rulesDigest = canonicalDigest(sha256, normal);
    if (toHex(rulesDigest) !== record.rulesDigest) found('record.rulesDigest');
    const seed = fromHex(secret);
    if (toHex(campaignCommitment(sha256, seed, rulesDigest)) !== record.commitment) found('record.seed');
    const foreign = foreignActs(normal, frame);
    if (foreign.length > 0) found('record.frameForeign', named(foreign.map(({ number }) => number)));
    const twice = repeated(frame.acts);
    if (twice.length > 0) {
        found('record.frameTwice', named(twice));
        return [];
    }
    const acts = normalFrame(frame);
    if (acts.acts.some(({ id }, at) => id !== frame.acts[at]?.id)) found('record.frameOrder');
    if (toHex(canonicalDigest(sha256, acts)) !== record.frameDigest) found('record.frameDigest');
    try {
        return compare(record, runCampaignDraw(sha256, normal, acts, seed, publicValue), found);
    } catch (error) {
        if (!(error instanceof DomainError) || error.code !== 'inspection.sampleTooLarge') throw error;
        found('record.sampleTooLarge');
        return [];
    }
}

function normalOr(rules: CampaignRules, found: Found): CampaignRules | undefined {
    try {
        return normalRules(rules);
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        found('record.rules', String(error.params.reason ?? error.code));
        return undefined;
    }
}

/** Numbers of acts that stand in a list more than once, by what they are or by their numbers. */
function repeated(acts: readonly FrameAct[]): string[] {
    const seen = new Set<string>();
    const twice = new Set<string>();
    for (const { id, number, organisation } of acts)
        for (const key of [id, `${organisation} ${number}`]) {
            if (seen.has(key)) twice.add(number);
            seen.add(key);
        }
    return [...twice];
}

function compare(record: CampaignRecord, drawn: CampaignResult, found: Found): SampleDifference[] {
    const numbers = new Map(record.frame.acts.map((each) => [each.id, each.number]));
    const numberOf = (id: string | undefined) => (id === undefined ? undefined : (numbers.get(id) ?? id));
    const stated = record.result.picks;
    const differences: SampleDifference[] = [];
    for (let at = 0; at < Math.max(stated.length, drawn.picks.length); at++) {
        const [one, other] = [stated[at], drawn.picks[at]];
        if (one?.act === other?.act && one?.place === other?.place && one?.stratum === other?.stratum) continue;
        const [says, is] = [numberOf(one?.act), numberOf(other?.act)];
        differences.push({
            place: at + 1,
            ...(says === undefined ? {} : { stated: says }),
            ...(is === undefined ? {} : { drawn: is }),
        });
    }
    if (differences.length > 0) found('record.sample');
    const counts = ({ strata, shares, apart }: CampaignResult) => canonicalJson({ strata, shares, apart });
    if (counts(record.result) !== counts(drawn)) found('record.counts');
    return differences;
}

const named = (numbers: readonly string[]): string =>
    numbers.length > MOST_NAMED ? `${numbers.slice(0, MOST_NAMED).join(', ')} … (${numbers.length})` : numbers.join(', ');

/** Which findings speak against what. */
const AGAINST: Readonly<Record<Exclude<RecordCheck, 'log'>, readonly RecordFindingCode[]>> = {
    rules: ['record.rules', 'record.rulesDigest', 'record.publicValue'],
    seed: ['record.seed'],
    before: ['record.committedLate', 'record.drawnEarly'],
    population: ['record.frameTwice', 'record.frameOrder', 'record.frameForeign', 'record.frameDigest'],
    sample: ['record.sample', 'record.counts', 'record.sampleTooLarge'],
};

function checksOf(findings: readonly RecordFinding[], log: RecordLogVerdict | undefined): Record<RecordCheck, RecordStanding> {
    const has = (codes: readonly string[]) => findings.some(({ code }) => codes.includes(code));
    // What was never drawn again, because rules or list are no such, was not found equal.
    const undrawn =
        has(['record.frameTwice']) || findings.some(({ code, about }) => code === 'record.rules' && about !== undefined);
    const standing = (check: Exclude<RecordCheck, 'log'>): RecordStanding => (has(AGAINST[check]) ? 'fails' : 'holds');
    const unless = (open: boolean, check: 'seed' | 'sample' | 'before'): RecordStanding =>
        open && standing(check) === 'holds' ? 'open' : standing(check);
    const contradicted = recordResultOf(
        findings.filter(({ code }) => code === 'record.logDiffers' || code.startsWith('package.')),
    );
    return {
        rules: standing('rules'),
        seed: unless(undrawn && !has(['record.frameTwice']), 'seed'),
        before: unless(log === undefined || !log.holds || has(['record.seenLate']), 'before'),
        population: standing('population'),
        sample: unless(undrawn, 'sample'),
        log: contradicted === 'invalid' ? 'fails' : log?.holds === true ? 'holds' : 'open',
    };
}

function notProvenOf({ rules, parallel }: CampaignRecord, log: RecordLogVerdict | undefined): RecordNotProven[] {
    return [
        'registered',
        'verifier',
        rules.publicValueIs === undefined ? 'seedMaker' : 'publicValue',
        ...(log?.holds === true ? [] : (['log'] as const)),
        ...(log?.holds === true && log.seenBefore === undefined ? (['times'] as const) : []),
        ...(log?.policy === 'own' ? (['keys'] as const) : []),
        parallel === undefined ? 'parallelUnsaid' : 'parallelSince',
    ];
}
