import { ACT_RULE_IDS, type ActRuleId, type FindingCode, type MissingFact, type Verdict } from '../rule.ts';

/** A violation that was planted: what the rules have to say of it, word for word. */
export type Planted = {
    readonly code: FindingCode;
    readonly modal: 'must' | 'should';
    readonly personId: string | null;
    readonly aboutId: string | null;
    readonly from: number | null;
    readonly to: number | null;
};

/** The words by which a planted violation and a finding are the same one. */
export const wordsOf = ({ code, modal, personId, aboutId, from, to }: Planted): string =>
    [code, modal, personId, aboutId, from, to].map((each) => each ?? '-').join(' ');

export type ExpectedVerdict = {
    readonly verdict: Verdict;
    readonly missing: readonly MissingFact[];
    readonly planted: readonly Planted[];
};

/** What the maker of an act notes down while making it. */
export type Notes = {
    /** The rule has something to look at. */
    readonly applies: (rule: ActRuleId) => void;
    /** Something is not known, and the rule must say so where nothing was planted. */
    readonly waits: (rule: ActRuleId, ...of: readonly MissingFact[]) => void;
    readonly plant: (rule: ActRuleId, violation: Pick<Planted, 'code'> & Partial<Planted>) => void;
    readonly expected: () => Readonly<Record<ActRuleId, ExpectedVerdict>>;
};

/** 附件1 第8、9、11条: of these only a person knows, so what is planted is asked for and never fails. */
const ASKED_ONLY: readonly ActRuleId[] = ['spokenWords', 'keyFootage'];

/** `silent`: rules that have nothing to say of this act. */
export function newNotes(silent: readonly ActRuleId[]): Notes {
    const applying = new Set<ActRuleId>();
    const missing = new Map<ActRuleId, Set<MissingFact>>();
    const planted = new Map<ActRuleId, Planted[]>();
    const verdictOf = (rule: ActRuleId): ExpectedVerdict => {
        const own = planted.get(rule) ?? [];
        const waiting = [...(missing.get(rule) ?? [])].sort();
        if (silent.includes(rule)) return { verdict: 'notApplicable', missing: [], planted: [] };
        if (own.length > 0 && !ASKED_ONLY.includes(rule)) return { verdict: 'fail', missing: [], planted: own };
        if (waiting.length > 0) return { verdict: 'needsReview', missing: waiting, planted: own };
        return { verdict: applying.has(rule) ? 'pass' : 'notApplicable', missing: [], planted: [] };
    };
    return {
        applies: (rule) => applying.add(rule),
        waits(rule, ...of) {
            const known = missing.get(rule) ?? new Set();
            missing.set(rule, known);
            for (const each of of) known.add(each);
        },
        plant(rule, violation) {
            const whole = { modal: 'must', personId: null, aboutId: null, from: null, to: null, ...violation } as const;
            planted.set(rule, [...(planted.get(rule) ?? []), whole]);
        },
        expected: () =>
            Object.fromEntries(ACT_RULE_IDS.map((rule) => [rule, verdictOf(rule)])) as Record<ActRuleId, ExpectedVerdict>,
    };
}
