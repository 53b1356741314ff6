import type { DeviceRuleId, UnitRuleId } from '../rule.ts';

export type SubjectRuleId = UnitRuleId | DeviceRuleId;

/** What was planted, by rule, in words; and what is not known. */
export class SubjectNotes {
    readonly planted = new Map<SubjectRuleId, string[]>();
    readonly missing = new Map<SubjectRuleId, string[]>();
    readonly silent = new Set<SubjectRuleId>();
    plant(rule: SubjectRuleId, ...of: (string | null)[]): void {
        this.planted.set(rule, [...(this.planted.get(rule) ?? []), subjectWordsOf(of)]);
    }
    lack(rule: SubjectRuleId, what: string): void {
        this.missing.set(rule, [...(this.missing.get(rule) ?? []), what]);
    }
}
export const subjectWordsOf = (of: readonly (string | null)[]): string => of.map((each) => each ?? '-').join(' ');
