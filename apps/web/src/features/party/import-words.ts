import { fill } from '@liuhen/contract';
import type { ImportChange, ImportReason, PartyKind } from '@liuhen/domain';
import type { ItemOf } from '../../app/query.ts';
import type { Texts } from '../../text/index.ts';

export type ImportRow = ItemOf<'party.importRows'>;
export type Import = ItemOf<'party.imports'>;

/** What planned and done rows are called: those of a list of grades are graded, not changed. */
export const importWords = (text: Texts, about: Import['about']) =>
    about === 'grades'
        ? { plans: text.imports.gradePlans, outcomes: text.imports.gradeOutcomes }
        : { plans: text.imports.plans, outcomes: text.imports.outcomes };

type Change = Pick<ImportChange, 'field' | 'from' | 'to'>;
type Reason = {
    problem: ImportReason['problem'];
    column?: ImportReason['column'] | undefined;
    params?: ImportReason['params'] | undefined;
};

/** One change as people read it: old → new. */
export function changeWords(text: Texts, { field, from, to }: Change): string {
    const value = (of: string) => (field === 'kind' ? text.party.kinds[of as PartyKind] : of);
    const change = from === null ? value(to) : `${value(from)} → ${value(to)}`;
    return `${text.imports.fields[field]}${text.imports.colon}${change}`;
}

/** Why a row is refused, with the column it is about. */
export function reasonWords(text: Texts, { problem, column, params = {} }: Reason): string {
    const words = fill(text.imports.problems[problem], params);
    return column === undefined ? words : `${text.imports.columns[column]}${text.imports.colon}${words}`;
}

/** What a row says of itself in one cell of a list. */
export const rowWords = (text: Texts, row: Pick<ImportRow, 'changes' | 'reasons'>): string[] => [
    ...row.reasons.map((reason) => reasonWords(text, reason)),
    ...row.changes.map((change) => changeWords(text, change)),
];
