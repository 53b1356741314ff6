import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { CATALOGUE, RULES, type RuleId, rulesOfClause } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { useFormat, useText } from '../../app/language.tsx';
import { Dot, Line, type Status } from '../../app/page.tsx';

type Standing = ResponseOf<Endpoints['finding.standing']>;
type OfRule = Standing['rules'][number];

/** How one clause stands by one of its rules. `unanswered`: findings about this clause that wait. */
export type ClauseStanding = OfRule & { readonly unanswered: number; readonly isOne: boolean };

/** Of a rule that rests on a clause for each line of annex 2 the figures are of all of them; of one line only its findings are. */
const isOneOfMany = (rule: RuleId, clause: string): boolean => rule === 'conforms' && clause.startsWith('A2-');

/** By clause, for every clause that a rule judges. */
export function standingByClause({ rules, unanswered }: Standing): ReadonlyMap<string, readonly ClauseStanding[]> {
    const byRule = new Map(rules.map((each) => [each.rule, each]));
    const waiting = (rule: RuleId, clause: string) =>
        unanswered
            .filter((each) => each.rule === rule && (each.clause === null || each.clause === clause))
            .reduce((sum, each) => sum + each.count, 0);
    return new Map(
        CATALOGUE.map(({ clause: { id } }) => [
            id,
            rulesOfClause(id).flatMap((rule) => {
                const own = byRule.get(rule);
                return own === undefined ? [] : [{ ...own, unanswered: waiting(rule, id), isOne: isOneOfMany(rule, id) }];
            }),
        ]),
    );
}

const total = ({ pass, fail, wanted, needsReview }: OfRule): number => pass + fail + wanted + needsReview;

function statusOf({ fail, wanted, needsReview, unanswered, isOne }: ClauseStanding): Status {
    if (isOne) return unanswered > 0 ? 'judge' : 'held';
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
                const figures = (['fail', 'wanted', 'needsReview'] as const).flatMap((kind) =>
                    each.isOne || each[kind] === 0 ? [] : [fill(words[kind], { count: format.count(each[kind]) })],
                );
                return (
                    <p key={each.rule}>
                        {all > 0 && <Dot status={statusOf(each)} />}{' '}
                        <Line
                            of={[
                                of.length > 1 && text.ruleFinding.rules[each.rule],
                                ...(all === 0
                                    ? [words.none]
                                    : [
                                          ...(figures.length === 0 && !each.isOne ? [words.met] : figures),
                                          fill(words.of[RULES[each.rule].subject], { count: format.count(all) }),
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
