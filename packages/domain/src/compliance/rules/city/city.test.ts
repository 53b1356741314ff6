import { expect, test } from 'vitest';
import { ACT_FINDING_CODES, ACT_RULE_IDS, SUBJECT_FINDING_CODES } from '../rule.ts';
import { type City, cityAct } from './act-testing.ts';
import { judgeCity, tableText } from './table-testing.ts';
import { judgeTolerances, toleranceTableText } from './tolerance-table-testing.ts';
import { judgeUnits, subjectTableText } from './units-testing.ts';

const CITY: City = {
    seed: 20_261_118,
    organisations: 3,
    officers: 240,
    from: Date.UTC(2025, 11, 31, 16),
    months: 12,
    wrongPermille: 60,
};

test('every planted violation is found and nothing else, per rule', () => {
    const table = judgeCity(CITY, 4_000);
    console.log(tableText(table));
    expect(table.differences).toEqual([]);
    for (const rule of ACT_RULE_IDS) {
        expect(table.rows[rule]).toMatchObject({ missed: 0, notPlanted: 0, otherVerdict: 0 });
        expect([rule, table.rows[rule].acts > 100]).toEqual([rule, true]);
    }
    expect(ACT_FINDING_CODES.filter((code) => (table.planted[code] ?? 0) < 10)).toEqual([]);
});

test('so are those of units and recorders', () => {
    const table = judgeUnits({
        seed: CITY.seed,
        organisations: 60,
        people: 2_400,
        now: Date.UTC(2026, 10, 26, 2),
        wrongPermille: 60,
    });
    console.log(subjectTableText(table));
    expect(table.differences).toEqual([]);
    const unseen = SUBJECT_FINDING_CODES.filter((code) => (table.planted.get(code) ?? 0) < 10);
    expect(unseen).toEqual([]);
});

test('what an organisation tightened is a violation there and from its day on, and the same difference none elsewhere or before', () => {
    const rows = judgeTolerances(CITY, 4_000);
    console.log(toleranceTableText(rows));
    for (const group of ['not tightened', 'tightened later'] as const) {
        expect([group, rows[group].between > 50]).toEqual([group, true]);
        expect(rows[group].violations).toBe(0);
    }
    expect(rows.tightened.between).toBeGreaterThan(50);
    expect(rows.tightened.violations).toBe(rows.tightened.between);
});

test('the same seed makes the same act, another one another', () => {
    expect(cityAct(CITY, 17)).toEqual(cityAct(CITY, 17));
    expect(cityAct({ ...CITY, seed: 1 }, 17)).not.toEqual(cityAct(CITY, 17));
});
