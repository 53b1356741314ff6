import { DEVICE_RULES } from './device-rules.ts';
import { ACT_RULES } from './judge-act.ts';
import { RULE_IDS, type RuleId, type SubjectKind } from './rule.ts';
import { UNIT_RULES } from './unit-rules.ts';

type RuleInfo = { readonly subject: SubjectKind; readonly clauses: readonly string[] };

/** What each rule judges, and the clauses it rests on. */
export const RULES: Readonly<Record<RuleId, RuleInfo>> = Object.fromEntries(
    (
        [
            ['act', ACT_RULES],
            ['unit', UNIT_RULES],
            ['device', DEVICE_RULES],
        ] as const
    ).flatMap(([subject, rules]) => Object.values(rules).map(({ id, clauses }) => [id, { subject, clauses }])),
) as Record<RuleId, RuleInfo>;

/** The rules that judge a clause, in the order in which a reviewer reads. */
export const rulesOfClause = (clause: string): RuleId[] => RULE_IDS.filter((id) => RULES[id].clauses.includes(clause));
