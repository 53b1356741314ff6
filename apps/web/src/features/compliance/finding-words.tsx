import { fill } from '@liuhen/contract';
import { ACT_RULES, CATALOGUE, type FindingState, type Verdict } from '@liuhen/domain';
import { useCallback } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import type { Status } from '../../app/page.tsx';
import type { ItemOf } from '../../app/query.ts';

export type FindingItem = ItemOf<'finding.list'>;

export const FINDING_STATUS: Record<FindingState, Status> = {
    open: 'act',
    answered: 'judge',
    explained: 'held',
    disputed: 'held',
    stands: 'broken',
    settled: 'held',
};

export const VERDICT_STATUS: Record<Verdict, Status | undefined> = {
    pass: 'held',
    fail: 'broken',
    needsReview: 'judge',
    notApplicable: undefined,
};

/** What a finding says, with its figures: `…Ms` are lengths of time, `differenceMs` has a direction. */
export function useFindingWords(): (item: Pick<FindingItem, 'code' | 'params'>) => string {
    const text = useText();
    const format = useFormat();
    return useCallback(
        ({ code, params }) => {
            const shown = Object.entries(params).map(([name, value]): [string, string] =>
                name.endsWith('Ms')
                    ? [name.slice(0, -2), format.duration(Math.abs(value), 2)]
                    : [name, name.endsWith('At') ? format.dateTime(value) : format.count(value)],
            );
            const direction = (params.differenceMs ?? 0) >= 0 ? text.ruleFinding.later : text.ruleFinding.earlier;
            return fill(text.ruleFinding.codes[code], { ...Object.fromEntries(shown), direction });
        },
        [text, format],
    );
}

/** The articles that a rule rests on, each once, as they are cited. */
export const articlesOf = (rule: FindingItem['rule']): string[] => [
    ...new Set(ACT_RULES[rule].clauses.flatMap((id) => CATALOGUE.find(({ clause }) => clause.id === id)?.clause.article ?? [])),
];
