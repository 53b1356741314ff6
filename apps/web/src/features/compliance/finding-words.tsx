import { fill } from '@liuhen/contract';
import {
    ANNEX_2_REQUIREMENTS,
    AS_DEMANDED,
    CATALOGUE,
    CLAUSE_OF_KIND,
    type FindingState,
    isInVain,
    RULES,
    type Verdict,
} from '@liuhen/domain';
import { useCallback } from 'react';
import { useFormat, useLanguage, useText } from '../../app/language.tsx';
import type { Status } from '../../app/page.tsx';
import type { ItemOf } from '../../app/query.ts';

export type FindingItem = ItemOf<'finding.list'>;

const STATUS: Record<FindingState, Status> = {
    open: 'act',
    answered: 'judge',
    explained: 'held',
    disputed: 'held',
    stands: 'broken',
    settled: 'held',
};

type Standing = Pick<FindingItem, 'state' | 'code' | 'goneSince'>;

export const findingStatus = (of: Standing): Status =>
    of.goneSince !== null ? 'act' : isInVain(of) ? 'broken' : STATUS[of.state];

/** How a finding stands, in a word or two. */
export function useFindingState(): (of: Pick<FindingItem, 'state' | 'code'>) => string {
    const text = useText();
    return useCallback((of) => (isInVain(of) ? text.ruleFinding.explainedInVain : text.ruleFinding.states[of.state]), [text]);
}

export const VERDICT_STATUS: Record<Verdict, Status | undefined> = {
    pass: 'held',
    fail: 'broken',
    needsReview: 'judge',
    notApplicable: undefined,
};

/** What a finding says, with its figures: `…Ms` are lengths of time, `differenceMs` has a direction. */
export function useFindingWords(): (item: Pick<FindingItem, 'code' | 'params'> & Partial<Pick<FindingItem, 'clause'>>) => string {
    const text = useText();
    const format = useFormat();
    const { language } = useLanguage();
    return useCallback(
        ({ code, params, clause = null }) => {
            const shown = Object.entries(params).map(([name, value]): [string, string] =>
                name.endsWith('Ms')
                    ? [name.slice(0, -2), format.duration(Math.abs(value), 2)]
                    : [name, name.endsWith('At') ? format.dateTime(value) : format.count(value)],
            );
            const direction = (params.differenceMs ?? 0) >= 0 ? text.ruleFinding.later : text.ruleFinding.earlier;
            const requirement = (language === 'en' ? clauseOf(clause)?.en : requirementOf(clause)) ?? '';
            const said = fill(text.ruleFinding.codes[code], { ...Object.fromEntries(shown), direction, requirement });
            const { spokenFarMs, spokenWithinMs, saidFromAt, saidToAt } = params;
            if (saidFromAt !== undefined && saidToAt !== undefined)
                return fill(text.ruleFinding.saidOfOther, { said, period: format.period(saidFromAt, saidToAt) });
            if (spokenFarMs === undefined || spokenWithinMs === undefined) return said;
            const [far, within] = [format.duration(spokenFarMs, 2), format.duration(spokenWithinMs, 2)];
            return fill(text.ruleFinding.spokenFar, { said, far, within });
        },
        [text, format, language],
    );
}

const clauseOf = (id: string | null) => CATALOGUE.find(({ clause }) => clause.id === id)?.clause;

/** A line of annex 2 by its name and its words. */
function requirementOf(id: string | null): string | undefined {
    const found = ANNEX_2_REQUIREMENTS.find((each) => each.id === id);
    return found === undefined ? clauseOf(id)?.quote : `${found.item}（${found.quote}）`;
}

/** The articles that a finding rests on, each once, as they are cited; of a rule with many clauses the one that it is about. */
export const articlesOf = (item: Pick<FindingItem, 'rule' | 'clause' | 'modal' | 'act'>): string[] => [
    ...new Set(clausesOfFinding(item).flatMap((id) => clauseOf(id)?.article ?? [])),
];

/** What was a must is one by its kind (正文二(二)1), and not recording it is what 附件1 第17条 forbids. */
const OF_MUSTS: readonly string[] = [AS_DEMANDED, ...Object.values(CLAUSE_OF_KIND)];

export function clausesOfFinding({ rule, clause, modal, act }: Pick<FindingItem, 'rule' | 'clause' | 'modal' | 'act'>): string[] {
    if (clause !== null) return [clause];
    const { clauses, partClauses } = RULES[rule];
    const own = act === null ? undefined : Object.entries(CLAUSE_OF_KIND).find(([kind]) => kind === act.scenario)?.[1];
    const musts = partClauses.filter((each) => OF_MUSTS.includes(each) && (each === AS_DEMANDED || each === own));
    return [...clauses, ...(modal === 'must' ? musts : [])];
}

/** Who answers: a person, whoever holds a role in the unit, or whoever stands in for somebody who is gone. */
export function useOwnerWords(): (item: Pick<FindingItem, 'owner' | 'ownerRole' | 'standIn'>) => string {
    const text = useText();
    return ({ owner, ownerRole, standIn }) => {
        const role = standIn ?? ownerRole;
        const called = role === null ? '' : text.person.roleNames[role];
        if (owner === null) return called;
        return standIn === null ? owner.name : fill(text.ruleFinding.inPlaceOf, { role: called, name: owner.name });
    };
}
