import { DEVICE_RULES } from './device-rules.ts';
import { ACT_RULES } from './judge-act.ts';
import { RULE_IDS, type Rule, type RuleId, type RuleVerdict, type SubjectKind } from './rule.ts';
import { UNIT_RULES } from './unit-rules.ts';

/** `clauses`: what it judges as a whole; `partClauses`: those that are about a part only of what it looks at. */
type RuleInfo = { readonly subject: SubjectKind; readonly clauses: readonly string[]; readonly partClauses: readonly string[] };

/** What each rule judges, and the clauses it rests on. */
export const RULES: Readonly<Record<RuleId, RuleInfo>> = Object.fromEntries(
    (
        [
            ['act', ACT_RULES],
            ['unit', UNIT_RULES],
            ['device', DEVICE_RULES],
        ] as const
    ).flatMap(([subject, rules]) =>
        Object.values(rules).map(({ id, clauses, partClauses = [] }: Rule<RuleId, never>) => [
            id,
            { subject, clauses, partClauses },
        ]),
    ),
) as Record<RuleId, RuleInfo>;

/** The rules that judge a clause, in the order in which a reviewer reads. */
export const rulesOfClause = (clause: string): RuleId[] =>
    RULE_IDS.filter((id) => RULES[id].clauses.includes(clause) || RULES[id].partClauses.includes(clause));

/** What a verdict rests on: the clauses of its rule, and of those about a part only the ones that were judged. */
export const clausesOfVerdict = ({ rule, byClause }: Pick<RuleVerdict<RuleId>, 'rule' | 'byClause'>): string[] => [
    ...RULES[rule].clauses,
    ...RULES[rule].partClauses.filter((clause) => Object.hasOwn(byClause, clause)),
];
