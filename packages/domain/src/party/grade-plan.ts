import type { Day } from '../kernel/day.ts';
import type { Id } from '../kernel/ids.ts';
import { GRADE_SCHEMES, type GradeScheme, gradesOn, type PartyGrade } from './grade.ts';
import type { GradeFields } from './grade-row.ts';
import type { ImportChange, PlannedRow } from './import-plan.ts';
import type { ImportReason } from './import-reason.ts';
import { nameKey } from './name-key.ts';

/** A party as a list of grades finds it. */
export type GradedParty = {
    readonly id: Id;
    readonly creditCode: string | null;
    /** Its name, then those it had before. */
    readonly names: readonly string[];
    /** The survivor's name, of one that is no longer its own. */
    readonly mergedInto: string | null;
};

/** What the register says about a row. */
export type GradeSurroundings = {
    /** Parties that the row can mean: by its code at most one, by a name alone perhaps several. */
    readonly candidates: readonly GradedParty[];
    /** Every grade of the party that is known, those of rows before this one among them. */
    readonly grades: readonly PartyGrade[];
    /** Which grades the tables in force on the row's day name; an empty list lets any grade through. */
    readonly known: Readonly<Record<GradeScheme, readonly string[]>>;
    readonly today: Day;
    /** An earlier row about the same party, scheme and day. */
    readonly earlier: (scheme: GradeScheme) => { readonly line: number; readonly grade: string } | undefined;
};

/**
 * What an import does with one row of a list of grades. Grades are added, never replaced: the one of an earlier day stays in
 * the file, and of two of one day the one decided last counts.
 */
export function planGradeRow(fields: GradeFields, { candidates, grades, known, today, earlier }: GradeSurroundings): PlannedRow {
    const reasons: ImportReason[] = [...againstParty(fields, candidates)];
    if (fields.fromDay > today) reasons.push({ problem: 'dayInFuture', column: 'fromDay', params: { day: fields.fromDay } });
    const changes: ImportChange[] = [];
    for (const scheme of GRADE_SCHEMES) {
        const to = fields[scheme];
        if (to === null) continue;
        const before = earlier(scheme);
        if (before !== undefined) {
            const problem = before.grade === to ? 'twice' : 'contradicts';
            reasons.push({ problem, column: scheme, params: { line: before.line } });
        }
        if (known[scheme].length > 0 && !known[scheme].includes(to))
            reasons.push({ problem: 'gradeUnknown', column: scheme, params: { value: to, known: known[scheme].join('、') } });
        const [party] = candidates;
        const from = party === undefined ? undefined : gradesOn(grades, scheme, fields.fromDay).get(party.id)?.grade;
        if (from !== to) changes.push({ field: scheme, from: from ?? null, to });
    }
    if (reasons.length > 0) return { plan: 'refuse', changes: [], reasons };
    if (changes.length === 0) return { plan: 'leave', changes: [], reasons: [] };
    return { plan: 'change', changes: [...changes, { field: 'fromDay', from: null, to: fields.fromDay }], reasons: [] };
}

/** Why it is not clear, or not allowed, whom the row means. */
function againstParty({ name, creditCode }: GradeFields, candidates: readonly GradedParty[]): ImportReason[] {
    const column = creditCode === null ? 'name' : 'creditCode';
    const [party, ...others] = candidates;
    if (party === undefined) return [{ problem: 'partyUnknown', column, params: { value: creditCode ?? name ?? '' } }];
    if (others.length > 0) return [{ problem: 'sameNames', column: 'name', params: { count: candidates.length } }];
    if (party.mergedInto !== null) return [{ problem: 'merged', column, params: { name: party.mergedInto } }];
    // Whoever has a code is meant by it: names are alike too often.
    if (creditCode === null) return party.creditCode === null ? [] : [{ problem: 'codeMissing', column: 'creditCode' }];
    // A column that slipped by a row still holds good codes; only the names tell.
    if (name !== null && !party.names.some((each) => nameKey(each) === nameKey(name)))
        return [{ problem: 'nameDiffers', column: 'name', params: { name: party.names[0] ?? '' } }];
    return [];
}
