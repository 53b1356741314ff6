import { MINUTE } from '../../../kernel/instant.ts';
import { judgeAct } from '../judge-act.ts';
import { documentTimes } from '../times.ts';
import { type City, type CityAct, cityAct } from './act-testing.ts';
import { TIGHT, tightenedFrom } from './tolerance-testing.ts';

const GROUPS = ['not tightened', 'tightened later', 'tightened'] as const;
type Group = (typeof GROUPS)[number];
type ToleranceRow = { readonly judged: number; readonly between: number; readonly violations: number };

/** By what held in the organisation on the day: acts whose document differs by more than 20 s and not by more than 60, and violations among them. */
export function judgeTolerances(city: City, acts: number): Readonly<Record<Group, ToleranceRow>> {
    const rows: Record<Group, ToleranceRow> = {
        'not tightened': { judged: 0, between: 0, violations: 0 },
        'tightened later': { judged: 0, between: 0, violations: 0 },
        tightened: { judged: 0, between: 0, violations: 0 },
    };
    for (let number = 0; number < acts; number++) {
        const act = cityAct(city, number);
        const from = tightenedFrom(city, act.organisation);
        const group = from === null ? 'not tightened' : act.endsAt < from ? 'tightened later' : 'tightened';
        const [asIs, strictly, loosely] = [null, TIGHT.ms, MINUTE].map((ms) => differs(act, ms));
        const isBetween = strictly === true && loosely === false;
        const { judged, between, violations } = rows[group];
        rows[group] = {
            judged: judged + 1,
            between: between + Number(isBetween),
            violations: violations + Number(isBetween && asIs === true),
        };
    }
    return rows;
}

/** Whether its document differs from its recording, by what held or, where given, by what would be allowed. */
function differs({ facts, now }: CityAct, allowedMs: number | null): boolean {
    const { statement } = facts;
    const parameters = allowedMs === null ? statement.parameters : { ...statement.parameters, documentToleranceMs: allowedMs };
    const judged = judgeAct({ ...facts, statement: { ...statement, parameters } }, now, [documentTimes]);
    return judged.verdicts.some((each) => each.verdict === 'fail');
}

/** The table as it is printed. */
export const toleranceTableText = (rows: ReturnType<typeof judgeTolerances>): string =>
    [
        '| 20 s between document and recording instead of 60 | acts | differ by more than 20 s, not more than 60 | violations |',
        '|---|---|---|---|',
        ...GROUPS.map((group) => `| ${[group, rows[group].judged, rows[group].between, rows[group].violations].join(' | ')} |`),
    ].join('\n');
