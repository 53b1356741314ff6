import {
    type CampaignRecord,
    coveredBy,
    type ParallelCampaign,
    RECORD_CHECKS,
    type RecordCheck,
    type RecordFinding,
    type RecordStanding,
    type RecordVerdict,
    sharesActs,
} from '@liuhen/domain';
import { timeText } from './report.ts';
import type { Words } from './words.ts';

const MARKS: Readonly<Record<RecordStanding, string>> = { holds: '✓', open: '?', fails: '✗' };

/** The verdict on a sample as lines of text. */
export function recordLines(verdict: RecordVerdict, words: Words): string[] {
    const { record: of } = words;
    const parallel = parallelOf(verdict, words);
    return [
        `${of.title}: ${words.results[verdict.result]}`,
        of.resultMeans[verdict.result],
        ...(verdict.record === undefined ? [] : ['', ...recordFacts(verdict, words).map(([name, value]) => `${name}: ${value}`)]),
        ...(verdict.record === undefined
            ? []
            : [
                  '',
                  ...recordChecks(verdict, words).flatMap(({ check, standing, text }) => [
                      `${MARKS[standing]} ${text}`,
                      ...(check === 'sample' ? differenceLines(verdict, words).map((line) => `    ${line}`) : []),
                  ]),
              ]),
        ...prefixed(recordFindings(verdict.findings, words), '! '),
        ...(parallel === undefined ? [] : ['', parallel.title, ...parallel.lines.map((line) => `  - ${line}`)]),
        ...(verdict.notProven.length === 0
            ? []
            : ['', `${words.notProvenTitle}:`, ...verdict.notProven.map((each) => `  - ${of.notProven[each]}`)]),
    ];
}

/** The verdict for a script: the sample by the numbers of its acts, without the list it was drawn from. */
export function recordJson({ record, log, ...verdict }: RecordVerdict): object {
    if (record === undefined) return verdict;
    const { rules, commitment, committedAt, secret, publicValue, drawnAt, frame, result, parallel } = record;
    const numbers = new Map(frame.acts.map((each) => [each.id, each.number]));
    return {
        ...verdict,
        ...(log === undefined
            ? {}
            : { log: { policy: log.policy, origin: log.origin, holds: log.holds, seenBefore: log.seenBefore } }),
        ...{
            number: record.number,
            organisation: record.organisation,
            rules,
            commitment,
            committedAt,
            secret,
            publicValue,
            drawnAt,
        },
        population: { acts: frame.acts.length, apart: result.apart.length },
        strata: result.strata,
        sample: result.picks.map(({ place, act, stratum }) => ({ place, number: numbers.get(act) ?? act, stratum })),
        parallel,
    };
}

const prefixed = (lines: readonly string[], sign: string) =>
    lines.length === 0 ? [] : ['', ...lines.map((line) => sign + line)];

/** What the record is about; times in UTC. */
export function recordFacts({ record, log }: RecordVerdict, words: Words): [string, string][] {
    if (record === undefined) return [];
    const { record: of } = words;
    const { facts } = of;
    const { rules } = record;
    return [
        [facts.number, record.number],
        [facts.name, rules.title],
        [facts.by, `${record.organisation.name} (${record.organisation.code})`],
        [facts.inspected, rules.organisations.map(({ name, code }) => `${name} (${code})`).join(', ')],
        [facts.period, periodText(rules)],
        [facts.committedAt, timeText(record.committedAt)],
        [facts.drawnAt, timeText(record.drawnAt)],
        [facts.commitment, record.commitment],
        [facts.seed, record.secret],
        ...(log === undefined ? [] : [[facts.policy, words.policy[log.policy]] as [string, string]]),
        ...(log?.origin === undefined ? [] : [[facts.log, log.origin] as [string, string]]),
    ];
}

const periodText = ({ from, to }: { from: number; to: number }): string => `${timeText(from)} – ${timeText(to)}`;

/** The questions and their answers, with what belongs to them. */
export function recordChecks(
    verdict: RecordVerdict,
    { record: of }: Words,
): { check: RecordCheck; standing: RecordStanding; text: string }[] {
    return RECORD_CHECKS.map((check) => {
        const standing = verdict.checks[check];
        return { check, standing, text: [of.checks[check][standing], ...moreOf(check, verdict, of)].join(' · ') };
    });
}

function moreOf(check: RecordCheck, { record, log, checks }: RecordVerdict, of: Words['record']): string[] {
    if (record === undefined) return [];
    if (check === 'population')
        return [of.population(record.frame.acts.length, record.result.apart.length, record.result.picks.length)];
    if (check !== 'before' || checks.before !== 'holds' || log === undefined) return [];
    return [log.seenBefore === undefined ? of.serverTime : of.witnessed(timeText(Number(log.seenBefore) * 1000))];
}

/** Acts that differ, or where none do the strata with how many of each were drawn. */
export function differenceLines({ differences, record, checks }: RecordVerdict, { record: of }: Words): string[] {
    const { first, count } = differences;
    if (count === 0)
        return checks.sample === 'holds' && record !== undefined
            ? record.result.strata.map((each) => of.stratum(each.stratum, each.eligible, each.taken))
            : [];
    const lines = first.map(({ place, stated, drawn }) => of.difference(place, stated, drawn));
    return count > first.length ? [...lines, of.moreDifferences(count)] : lines;
}

export const recordFindings = (findings: readonly RecordFinding[], words: Words): string[] =>
    findings.map(({ code, about }) => {
        const said: Readonly<Record<string, string>> = { ...words.findings, ...words.record.findings };
        return about === undefined ? (said[code] ?? code) : `${said[code] ?? code} - ${about}`;
    });

/** Other campaigns over the same days, each with what became of it. */
export function parallelOf({ record }: RecordVerdict, { record: of }: Words): { title: string; lines: string[] } | undefined {
    if (record === undefined) return undefined;
    const { parallel } = record;
    if (parallel === undefined) return { title: of.parallel.unsaid, lines: [] };
    const lines = parallel.inspections.map((each) => parallelLine(each, record, parallel.at, of.parallel));
    return { title: of.parallel.title(timeText(parallel.at)), lines: lines.length === 0 ? [of.parallel.none] : lines };
}

function parallelLine(of: ParallelCampaign, record: CampaignRecord, at: number, words: Words['record']['parallel']): string {
    const overdue = of.state === 'committed' && of.to <= at;
    return [
        `${of.number} ${of.title}`,
        periodText(of),
        overdue ? words.neverDrawn : words.states[of.state],
        ...(of.abandonReason === undefined ? [] : [words.reason(of.abandonReason)]),
        ...(of.sheets === undefined ? [] : [words.reviewed(of.sheets.finished, of.sheets.skipped, of.sheets.all)]),
        sharesActs(of, coveredBy(record.rules)) ? words.sameActs : words.otherActs,
    ].join(' · ');
}
