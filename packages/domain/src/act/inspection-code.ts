import { DomainError } from '../kernel/domain-error.ts';
import type { ScenarioKey } from './act.ts';

/**
 * Why an inspection goes without 检查码: it was not ours to plan (law.md: complaints, transfers, re-checks, licence reviews and
 * cases are exempt from it).
 */
export const CODE_EXEMPTIONS = ['complaint', 'transfer', 'recheck', 'licenceReview', 'case', 'urgent'] as const;
export type CodeExemption = (typeof CODE_EXEMPTIONS)[number];
export const isCodeExemption = (text: string): text is CodeExemption => (CODE_EXEMPTIONS as readonly string[]).includes(text);

/** Scenarios that are an inspection somebody planned. */
export const CODE_SCENARIOS: readonly ScenarioKey[] = [
    'afterNotificationCommitment',
    'doubleRandomInspection',
    'routineInspection',
    'surveillanceSampling',
];

/** The organisation's rule for the day. The format is not from a text that was seen: it is a parameter and marked so. */
export type CodeRule = { readonly required: boolean; readonly format: string | null };

/** A code has the form that is set, where one is; throws `act.inspectionCodeWrong`. */
export function decideInspectionCode(code: string, { format }: Pick<CodeRule, 'format'>): void {
    if (format !== null && !hasForm(code, format)) throw new DomainError('act.inspectionCodeWrong', { code });
}

/** `9` stands for a digit, `A` for a letter, everything else for itself. */
const hasForm = (code: string, format: string): boolean => {
    const given = [...code];
    const wanted = [...format];
    return given.length === wanted.length && wanted.every((sign, at) => fits(given[at] ?? '', sign));
};
const fits = (given: string, sign: string): boolean =>
    sign === '9' ? /^[0-9]$/.test(given) : sign === 'A' ? /^[A-Za-z]$/.test(given) : given === sign;

export type CodeFacts = {
    readonly scenarios: readonly ScenarioKey[];
    readonly code: string | null;
    readonly exempt: string | null;
    /** Taken into a case (案件核查 is nobody's plan). */
    readonly inCase: boolean;
};

/** Whether the act should name a code and does not, nor says why. */
export const lacksCode = ({ scenarios, code, exempt, inCase }: CodeFacts, { required }: Pick<CodeRule, 'required'>): boolean =>
    required && code === null && exempt === null && !inCase && scenarios.some((each) => CODE_SCENARIOS.includes(each));

/** Where an organisation has switched it on, an inspection is not closed without its code or a ground; throws `act.inspectionCodeMissing`. */
export function decideCodeAtClose(facts: CodeFacts, rule: Pick<CodeRule, 'required'>): void {
    if (lacksCode(facts, rule)) throw new DomainError('act.inspectionCodeMissing');
}
