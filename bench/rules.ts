import { judgeAct } from '@liuhen/domain';
import { type CityAct, cityAct } from '../packages/domain/src/compliance/rules/city/act-testing.ts';
import { median, printTable } from './table.ts';

const ACTS = 20_000;
const CITY = {
    ...{ seed: 310_000, organisations: 17, officers: 1_500, months: 12, wrongPermille: 30 },
    from: Date.UTC(2025, 11, 31, 16),
};
const WANTED_MS = 2;

/** One act judged by all rules, against writing its facts down and reading them again. */
export async function benchRules(): Promise<void> {
    const acts = Array.from({ length: ACTS }, (_, number) => cityAct(CITY, number));
    const judge = ({ facts, now }: CityAct) => judgeAct(facts, now).verdicts.length;
    const roundTrip = ({ facts }: CityAct) => Object.keys(JSON.parse(JSON.stringify(facts))).length;
    // Once before, so that what is measured is what runs all night.
    timesOf(acts, judge);
    timesOf(acts, roundTrip);
    const [judged, written] = [timesOf(acts, judge), timesOf(acts, roundTrip)];
    const files = median(acts.map(({ facts }) => facts.statement.recordings.length));
    const [usual, against] = [median(judged), median(written)];
    const slowest = judged.toSorted((a, b) => a - b)[Math.floor(ACTS * 0.999)] ?? Number.NaN;
    printTable(`An act judged by all rules: ${ACTS} acts of a generated city, ${files} files each`, [
        {
            what: 'one act, median',
            value: inMs(usual),
            against: `facts to JSON and back: ${inMs(against)}`,
            ratio: usual / against,
            wanted: `< ${WANTED_MS} ms`,
            met: usual < WANTED_MS,
        },
        {
            what: 'one of a thousand takes longer than',
            value: inMs(slowest),
            wanted: `< ${WANTED_MS} ms`,
            met: slowest < WANTED_MS,
        },
    ]);
}

const inMs = (ms: number): string => `${ms.toFixed(3)} ms`;

function timesOf(acts: readonly CityAct[], work: (act: CityAct) => number): number[] {
    return acts.map((act) => {
        const from = performance.now();
        work(act);
        return performance.now() - from;
    });
}
