import { expect, test } from 'vitest';
import { ACT_FINDING_CODES, ACT_RULE_IDS, SUBJECT_FINDING_CODES } from '../rule.ts';
import type { City } from './act-testing.ts';
import { judgeCity, tableText } from './table-testing.ts';
import { judgeTolerances, toleranceTableText } from './tolerance-table-testing.ts';
import { judgeUnits, subjectTableText } from './units-testing.ts';

/** Of the size of the city: every district and the city itself, a year long. */
const CITY: City = {
    seed: 310_000,
    organisations: 17,
    officers: 1_500,
    from: Date.UTC(2025, 11, 31, 16),
    months: 12,
    wrongPermille: 30,
};
const ACTS = 500_000;
/** One act after the other: what stands at the end of the year may not be more than what stood after its first days. */
const GROWTH_MIB = 256;

test('a year of a whole city: every planted violation is found and nothing else, per rule', () => {
    judgeCity(CITY, 5_000);
    const before = process.memoryUsage().rss;
    const from = performance.now();
    const table = judgeCity(CITY, ACTS);
    const seconds = (performance.now() - from) / 1_000;
    const grown = (process.memoryUsage().rss - before) / 2 ** 20;
    console.log(tableText(table));
    console.log(`${ACTS} acts made and judged in ${seconds.toFixed(0)} s, ${grown.toFixed(0)} MiB more memory`);
    expect(table.differences).toEqual([]);
    for (const rule of ACT_RULE_IDS) expect(table.rows[rule]).toMatchObject({ missed: 0, notPlanted: 0, otherVerdict: 0 });
    expect(ACT_FINDING_CODES.filter((code) => (table.planted[code] ?? 0) < 100)).toEqual([]);
    expect(grown).toBeLessThan(GROWTH_MIB);
});

test('what an organisation tightened is a violation there and from its day on, and the same difference none elsewhere or before', () => {
    const rows = judgeTolerances(CITY, 50_000);
    console.log(toleranceTableText(rows));
    expect([rows['not tightened'].violations, rows['tightened later'].violations]).toEqual([0, 0]);
    expect(rows.tightened.violations).toBe(rows.tightened.between);
    for (const { between } of Object.values(rows)) expect(between).toBeGreaterThan(500);
});

test('so are those of its units and recorders, a hundred times over', () => {
    const planted = new Map<string, number>();
    for (let seed = 0; seed < 100; seed++) {
        const { organisations, officers: people } = CITY;
        const now = Date.UTC(2026, 10, 26, 2);
        const table = judgeUnits({ seed, organisations, people, now, wrongPermille: 30 });
        if (seed === 0) console.log(subjectTableText(table));
        expect(table.differences).toEqual([]);
        for (const [code, times] of table.planted) planted.set(code, (planted.get(code) ?? 0) + times);
    }
    expect(SUBJECT_FINDING_CODES.filter((code) => (planted.get(code) ?? 0) < 100)).toEqual([]);
});
