import { judgeAct } from '../judge-act.ts';
import { ACT_FINDING_CODES, ACT_RULE_IDS, type ActRuleId, type FindingCode, type RuleFinding } from '../rule.ts';
import { type City, type CityAct, cityAct } from './act-testing.ts';
import { type Planted, wordsOf } from './expected-testing.ts';

type Row = { acts: number; planted: number; found: number; missed: number; notPlanted: number; otherVerdict: number };

export type Table = {
    readonly rows: Readonly<Record<ActRuleId, Row>>;
    readonly planted: Readonly<Partial<Record<FindingCode, number>>>;
    /** The first of what does not agree, in words. */
    readonly differences: readonly string[];
};

const MOST_DIFFERENCES = 10;

/** Judges acts of a city, one after the other, and holds every verdict and finding against what was planted. */
export function judgeCity(city: City, acts: number, judge: (act: CityAct) => ReturnType<typeof judgeAct> = judged): Table {
    const rows = Object.fromEntries(
        ACT_RULE_IDS.map((rule) => [rule, { acts: 0, planted: 0, found: 0, missed: 0, notPlanted: 0, otherVerdict: 0 }]),
    ) as Record<ActRuleId, Row>;
    const planted: Partial<Record<FindingCode, number>> = {};
    const differences: string[] = [];
    for (let number = 0; number < acts; number++) {
        const act = cityAct(city, number);
        for (const { rule, verdict, missing, findings } of judge(act).verdicts) {
            const expected = act.expected[rule];
            const row = rows[rule];
            if (expected.verdict !== 'notApplicable') row.acts += 1;
            for (const { code } of expected.planted) planted[code] = (planted[code] ?? 0) + 1;
            const { found, missed, notPlanted } = compared(expected.planted, findings);
            row.planted += expected.planted.length;
            row.found += found;
            row.missed += missed.length;
            row.notPlanted += notPlanted.length;
            const isOther = verdict !== expected.verdict || missing.join() !== expected.missing.join();
            if (isOther) row.otherVerdict += 1;
            if ((isOther || missed.length + notPlanted.length > 0) && differences.length < MOST_DIFFERENCES)
                differences.push(
                    [
                        `act ${number}, ${rule}: expected ${expected.verdict} [${expected.missing}], got ${verdict} [${missing}]`,
                        ...missed.map((each) => `    missed ${each}`),
                        ...notPlanted.map((each) => `    not planted ${each}`),
                    ].join('\n'),
                );
        }
    }
    return { rows, planted, differences };
}

const judged = ({ facts, now }: CityAct) => judgeAct(facts, now);

function compared(planted: readonly Planted[], findings: readonly RuleFinding[]) {
    const notPlanted = findings.map(wordsOf);
    const missed: string[] = [];
    for (const each of planted.map(wordsOf)) {
        const at = notPlanted.indexOf(each);
        if (at < 0) missed.push(each);
        else notPlanted.splice(at, 1);
    }
    return { found: planted.length - missed.length, missed, notPlanted };
}

/** How often each violation was planted, as it is printed. */
export const codeLines = <C extends string>(codes: readonly C[], of: (code: C) => number | undefined): string[] => [
    '',
    '| planted | times |',
    '|---|---|',
    ...codes.map((code) => `| ${code} | ${of(code) ?? 0} |`),
];

/** The table as it is printed. */
export function tableText({ rows, planted: byCode }: Table): string {
    const lines = ACT_RULE_IDS.map((rule) => {
        const { acts, planted, found, missed, notPlanted, otherVerdict } = rows[rule];
        return `| ${[rule, acts, planted, found, missed, notPlanted, otherVerdict].join(' | ')} |`;
    });
    return [
        '| rule | acts | planted | found | missed | not planted | other verdict |',
        '|---|---|---|---|---|---|---|',
        ...lines,
        ...codeLines(ACT_FINDING_CODES, (code) => byCode[code]),
    ].join('\n');
}
