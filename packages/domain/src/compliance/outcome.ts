import { permissionsOf } from '../identity/access.decide.ts';
import type { Role } from '../identity/roles.ts';
import { CATALOGUE } from './catalogue.ts';
import type { Clause } from './clause.ts';

/**
 * What followed a confirmed violation, in the notice's own words: 批评教育 and, where it is grave, 追究责任 (附件1 第21条); 追究责任 by
 * 《行政机关公务员处分条例》 and the like (正文三(四)).
 */
export const OUTCOME_KINDS = ['instruction', 'accountability', 'sanction'] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

/** How an entry came to an end: another stands in its place, or it was taken back. */
export const OUTCOME_ENDS = ['replaced', 'withdrawn'] as const;
export type OutcomeEnd = (typeof OUTCOME_ENDS)[number];

/** Where the notice names it. */
export const OUTCOME_BASIS: Readonly<Record<OutcomeKind, string>> = {
    instruction: '附件1 第21条',
    accountability: '附件1 第21条',
    sanction: '正文 三(四)',
};

/** Clauses that somebody can breach: those that bind. Annex 2 is for reference, and what is only permitted or stated binds nobody. */
export const BREACHABLE: readonly Clause[] = CATALOGUE.map(({ clause }) => clause).filter(
    ({ force, bound }) => (force === 'must' || force === 'should') && bound !== 'nobody',
);

/** Whose entries somebody sees: everybody their own; a section head those of the department; heads and inspectors all. */
export type OutcomeScope = 'all' | 'department' | 'own';
export function outcomeScope(roles: readonly Role[]): OutcomeScope {
    const permissions = permissionsOf(roles);
    if (permissions.includes('outcome.view')) return 'all';
    return permissions.includes('outcome.viewDepartment') ? 'department' : 'own';
}
