import type { DrawShare } from '../chance/draw-sample.ts';
import type { Day } from '../kernel/day.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import type { PlanState } from './task.ts';

/** One line of a year's plan: of whom, how many, how often. */
export type PlanItem = {
    readonly id: Id;
    readonly subject: string;
    /** Speciality or kind of party, in words. */
    readonly speciality?: string;
    readonly grade?: string;
    readonly take: DrawShare;
    readonly timesPerYear: number;
    readonly note?: string;
};

const NEXT: Readonly<Record<PlanState, readonly PlanState[]>> = {
    draft: ['submitted', 'withdrawn'],
    submitted: ['draft', 'approved', 'withdrawn'],
    approved: ['published', 'withdrawn'],
    published: ['withdrawn'],
    withdrawn: [],
};

export function decidePlanStep(from: PlanState, to: PlanState): void {
    if (!NEXT[from].includes(to)) throw new DomainError('plan.wrongState', { state: from });
}

/** Items change in a draft only: what was approved is what was approved. */
export function decidePlanUpdate(state: PlanState): void {
    if (state !== 'draft') throw new DomainError('plan.wrongState', { state });
}

export function decidePlanSubmit(state: PlanState, items: readonly PlanItem[]): void {
    decidePlanStep(state, 'submitted');
    if (items.length === 0) throw new DomainError('plan.empty');
}

/** Approved by the head, who did not hand it in. */
export function decidePlanApproval(plan: { state: PlanState; submittedBy: Id | null }, actor: Id): void {
    decidePlanStep(plan.state, 'approved');
    if (plan.submittedBy === actor) throw new DomainError('plan.ownWork');
}

/** Published where, and on a day that has come. */
export function decidePlanPublish(state: PlanState, publishedDay: Day, today: Day): void {
    decidePlanStep(state, 'published');
    if (publishedDay > today) throw new DomainError('plan.publishedInFuture');
}
