import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { CATALOGUE, RULES, type RuleId, rulesOfClause } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { useFormat, useText } from '../../app/language.tsx';
import { Dot, Line, type Status } from '../../app/page.tsx';

type Standing = ResponseOf<Endpoints['finding.standing']>;
type Counts = Pick<Standing['rules'][number], 'pass' | 'fail' | 'wanted' | 'needsReview'>;

/** How one clause stands by one of its rules. `unanswered`: findings about this clause that wait. `isPart`: of what the clause is about only. */
export type ClauseStanding = Counts & { readonly rule: RuleId; readonly unanswered: number; readonly isPart: boolean };

/** By clause, for every clause that a rule judges. */
export function standingByClause({ rules, unanswered }: Standing): ReadonlyMap<string, readonly ClauseStanding[]> {
    const byRule = new Map(rules.map((each) => [each.rule, each]));
    const waiting = (rule: RuleId, clause: string, isPart: boolean) =>
        unanswered
            .filter((each) => each.rule === rule && (each.clause === clause || (each.clause === null && !isPart)))
            .reduce((sum, each) => sum + each.count, 0);
    return new Map(
        CATALOGUE.map(({ clause: { id } }) => [
            id,
            rulesOfClause(id).flatMap((rule) => {
                const own = byRule.get(rule);
                const isPart = RULES[rule].partClauses.includes(id);
                const counts = isPart ? own?.parts.find((each) => each.clause === id) : own;
                return counts === undefined ? [] : [{ ...counts, rule, unanswered: waiting(rule, id, isPart), isPart }];
            }),
        ]),
    );
}

const total = ({ pass, fail, wanted, needsReview }: Counts): number => pass + fail + wanted + needsReview;

function statusOf({ fail, wanted, needsReview }: ClauseStanding): Status {
    if (fail > 0) return 'act';
    return wanted + needsReview > 0 ? 'judge' : 'held';
}

/** How a clause stands here and now, a line for each rule that judges it. */
export function ClauseStandings({ clause, of }: { clause: string; of: readonly ClauseStanding[] }) {
    const text = useText();
    const format = useFormat();
    const words = text.compliance.standing;
    return (
        <div className="clause-standing">
            {of.map((each) => {
                const all = total(each);
                const { subject } = RULES[each.rule];
                const isPartOfActs = each.isPart && subject === 'act';
                const judged = isPartOfActs ? words.ofPart : words.of[subject];
                const figures = (['fail', 'wanted', 'needsReview'] as const).flatMap((kind) =>
                    each[kind] === 0 ? [] : [fill(words[kind], { count: format.count(each[kind]) })],
                );
                return (
                    <p key={each.rule}>
                        {all > 0 && <Dot status={statusOf(each)} />}{' '}
                        <Line
                            of={[
                                of.length > 1 && text.ruleFinding.rules[each.rule],
                                ...(all === 0
                                    ? [isPartOfActs ? words.nonePart : words.none]
                                    : [
                                          ...(figures.length === 0 ? [words.met] : figures),
                                          fill(judged, { count: format.count(all) }),
                                      ]),
                                each.unanswered > 0 && (
                                    <Link
                                        key="findings"
                                        to="/compliance/findings"
                                        search={{ clause, rule: each.rule, state: 'unanswered' }}
                                    >
                                        {fill(words.unanswered, { count: format.count(each.unanswered) })}
                                    </Link>
                                ),
                            ]}
                        />
                    </p>
                );
            })}
        </div>
    );
}
