import { CLOCK_DOUBTED } from '../kernel/server-clock.ts';
import { nextSteps } from './case.decide.ts';
import type { CaseFacts } from './case.ts';
import type { Countdown } from './case-deadlines.ts';
import { reopenedAt } from './case-facts.ts';
import { isAside } from './case-papers.ts';
import { isEnded } from './procedure-states.ts';
import { overturned, pendingRemedy } from './remedy.decide.ts';

/** What a reviewer asks first of a case, each with how it stands. */
export const CASE_ANSWERS = [
    'officers',
    'terms',
    'termsUnset',
    'termsDoubted',
    'documents',
    'children',
    'contested',
    'overturned',
    'evidence',
] as const;
export type CaseAnswer = {
    readonly code: (typeof CASE_ANSWERS)[number];
    readonly status: 'held' | 'act' | 'judge' | 'broken';
    readonly params: Readonly<Record<string, string | number>>;
};

export function caseAnswers(facts: CaseFacts, countdowns: readonly Countdown[], evidence: number): CaseAnswer[] {
    const ended = isEnded(facts.procedure, facts.state);
    const count = (...states: readonly Countdown['state'][]) => countdowns.filter((each) => states.includes(each.state)).length;
    // What is still owed after the end of a case stays so; what the end has settled does not.
    const owed = countdowns.filter((each) => !ended || each.outlives);
    const late = owed.filter((each) => each.state === 'late').length + count('metLate');
    const soon = owed.filter((each) => each.state === 'soon').length;
    const doubted = owed.filter((each) => each.state === CLOCK_DOUBTED).length;
    const unset = ended ? 0 : count('unset');
    const missing = new Set(
        nextSteps(facts)
            .filter(({ step }) => !isAside(facts.procedure, step))
            .flatMap(({ refusals }) =>
                refusals.flatMap(({ code, params }) => (code === 'case.documentMissing' ? [params?.document] : [])),
            ),
    );
    const open = facts.children.filter((child) => !isEnded(child.procedure, child.state));
    return [
        { code: 'officers', status: facts.handlers.length >= 2 ? 'held' : 'act', params: { count: facts.handlers.length } },
        // What was done late stays so; of what runs nobody can say it while the clock is doubted.
        ...(doubted > 0 ? [{ code: 'termsDoubted', status: 'judge', params: { count: doubted } } as const] : []),
        ...(doubted === 0 || late > 0
            ? [
                  {
                      code: 'terms',
                      status: late > 0 ? 'broken' : soon > 0 ? 'act' : 'held',
                      params: { late, soon, all: countdowns.length },
                  } as const,
              ]
            : []),
        ...(unset > 0 ? [{ code: 'termsUnset', status: 'judge', params: { count: unset } } as const] : []),
        {
            code: 'documents',
            status: ended || missing.size === 0 ? 'held' : 'act',
            params: { count: facts.documents.length, missing: ended ? 0 : missing.size },
        },
        ...(open.length > 0
            ? [{ code: 'children', status: 'act', params: { count: open.length, number: open[0]?.number ?? '' } } as const]
            : []),
        ...contestAnswers(facts, ended),
        { code: 'evidence', status: evidence > 0 ? 'held' : 'judge', params: { count: evidence } },
    ];
}

/** Review and lawsuit: what runs, and what was said of a decision that still stands here. */
function contestAnswers(facts: CaseFacts, ended: boolean): CaseAnswer[] {
    const pending = pendingRemedy(facts);
    const last = overturned(facts, reopenedAt(facts));
    return [
        ...(pending === undefined
            ? []
            : [{ code: 'contested', status: 'act', params: { kind: pending.kind, authority: pending.authority } } as const]),
        ...(last === undefined
            ? []
            : [
                  {
                      code: 'overturned',
                      // A decision changed by another body needs nothing more done here than its publication taken back.
                      status: ended || last.result === 'changed' ? 'judge' : 'act',
                      params: { kind: last.kind, authority: last.authority, result: last.result ?? '' },
                  } as const,
              ]),
    ];
}
