import type { Day } from '../kernel/day.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';

/** 风险等级 and 信用等级: how somebody grades a party. Which grades there are, and what each weighs, a dated parameter says. */
export const GRADE_SCHEMES = ['risk', 'credit'] as const;
export type GradeScheme = (typeof GRADE_SCHEMES)[number];

export type PartyGrade = {
    readonly partyId: Id;
    readonly scheme: GradeScheme;
    readonly grade: string;
    readonly fromDay: Day;
    readonly decidedAt: Instant;
};

/** The grade of each party on a day: the last that had begun by then, and of two of one day the one decided last. */
export function gradesOn<G extends PartyGrade>(grades: readonly G[], scheme: GradeScheme, day: Day): Map<Id, G> {
    const found = new Map<Id, G>();
    for (const each of grades) {
        if (each.scheme !== scheme || each.fromDay > day) continue;
        const known = found.get(each.partyId);
        if (known === undefined || isLater(each, known)) found.set(each.partyId, each);
    }
    return found;
}

const isLater = (one: PartyGrade, other: PartyGrade): boolean =>
    one.fromDay === other.fromDay ? one.decidedAt > other.decidedAt : one.fromDay > other.fromDay;

/** A grade as tables name it: `Ａ级` pasted from a full-width text is the grade `A级`. */
export const normaliseGrade = (grade: string): string => grade.normalize('NFKC').trim();

/** What a grade weighs in a draw: `A级｜1` a line of the parameter. A line that says something else counts for nothing. */
export type GradeWeight = { readonly grade: string; readonly weight: number };

export function gradeWeights(lines: readonly string[]): GradeWeight[] {
    const weights: GradeWeight[] = [];
    for (const line of lines) {
        const [grade = '', weight = '', ...more] = line
            .normalize('NFKC')
            .split('|')
            .map((each) => each.trim());
        const counts = /^\d{1,3}$/.test(weight) ? Number(weight) : 0;
        if (grade !== '' && more.length === 0 && counts >= 1 && counts <= 100 && !weights.some((each) => each.grade === grade))
            weights.push({ grade, weight: counts });
    }
    return weights;
}

/**
 * A grade is one of those that the parameter in force on its first day names, where it names any; it begins no later than today,
 * and says something new. Throws `party.gradeUnknown`, `party.gradeInFuture` or `party.gradeSame`.
 */
export function decideGrade(
    wanted: { readonly grade: string; readonly fromDay: Day },
    { known, current, today }: { readonly known: readonly string[]; readonly current: string | undefined; readonly today: Day },
): void {
    if (known.length > 0 && !known.includes(wanted.grade))
        throw new DomainError('party.gradeUnknown', { grade: wanted.grade, known: known.join('、') });
    if (wanted.fromDay > today) throw new DomainError('party.gradeInFuture', { day: wanted.fromDay });
    if (current === wanted.grade) throw new DomainError('party.gradeSame', { grade: wanted.grade });
}
