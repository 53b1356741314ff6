import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    bodyOf,
    DomainError,
    dayOf,
    decidePlanApproval,
    decidePlanPublish,
    decidePlanStep,
    decidePlanSubmit,
    decidePlanUpdate,
    type Id,
    type PlanItem,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { insertPlan, lockPlan, updatePlan } from './plan.store.ts';

type Done = Promise<Record<string, never>>;

async function planOf(tx: Tx, id: Id) {
    const plan = await lockPlan(tx, id);
    if (plan === undefined) throw new DomainError('plan.notFound');
    return { ...plan, items: plan.items as readonly PlanItem[] };
}

export const draftPlan = (
    services: Services,
    context: CommandContext,
    { year, title }: BodyOf<Endpoints['plan.draft']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'plan.draft', async (tx) => {
        const { id } = await insertPlan(tx, {
            id: tx.newId(),
            year,
            title,
            items: JSON.stringify([]),
            state: 'draft',
            drafted_by: tx.actor,
        });
        return { result: { id }, events: [{ kind: 'plan.drafted', creates: [id], body: { year, title } }] };
    });

export const changePlan = (
    services: Services,
    context: CommandContext,
    id: Id,
    { title, items, version }: BodyOf<Endpoints['plan.update']>,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, 'plan.update', async (tx) => {
        const plan = await planOf(tx, id);
        decidePlanUpdate(plan.state);
        const known = new Set(plan.items.map((each) => each.id));
        const kept = items.map(({ id: own, ...item }) => ({
            ...Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)),
            id: own !== undefined && known.has(own) ? own : tx.newId(),
        }));
        const after = await updatePlan(tx, { id, version }, { title, items: JSON.stringify(kept) });
        return {
            result: { version: after.version },
            events: [{ kind: 'plan.updated', objects: [id], body: { title, items: items.length } }],
        };
    });

export const submitPlan = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version }: BodyOf<Endpoints['plan.submit']>,
): Done =>
    runCommand(services.commands, context, 'plan.submit', async (tx) => {
        const plan = await planOf(tx, id);
        decidePlanSubmit(plan.state, plan.items);
        await updatePlan(tx, { id, version }, { state: 'submitted', submitted_by: tx.actor, reason: null });
        const { title, items } = plan;
        return { result: {}, events: [{ kind: 'plan.submitted', objects: [id], body: { title, items: items.length } }] };
    });

/** What is approved is the version that was read: a plan that changed meanwhile is read again first. */
export const approvePlan = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version, sendBack }: BodyOf<Endpoints['plan.approve']>,
): Done =>
    runCommand(services.commands, context, 'plan.approve', async (tx) => {
        const plan = await planOf(tx, id);
        if (sendBack !== undefined) {
            decidePlanStep(plan.state, 'draft');
            await updatePlan(tx, { id, version }, { state: 'draft', reason: sendBack });
            return { result: {}, events: [{ kind: 'plan.sentBack', objects: [id], body: { reason: sendBack } }] };
        }
        decidePlanApproval({ state: plan.state, submittedBy: plan.submitted_by }, tx.actor);
        await updatePlan(tx, { id, version }, { state: 'approved', approved_by: tx.actor, approved_at: tx.now });
        const { title, year } = plan;
        return { result: {}, events: [{ kind: 'plan.approved', objects: [id], body: bodyOf({ title, year, version }) }] };
    });

export const publishPlan = (
    services: Services,
    context: CommandContext,
    id: Id,
    { day, where }: BodyOf<Endpoints['plan.publish']>,
): Done =>
    runCommand(services.commands, context, 'plan.publish', async (tx) => {
        const plan = await planOf(tx, id);
        decidePlanPublish(plan.state, day, dayOf(tx.now));
        await updatePlan(tx, plan, { state: 'published', published_day: day, published_at_place: where });
        return { result: {}, events: [{ kind: 'plan.published', objects: [id], body: { day, where } }] };
    });

export const withdrawPlan = (
    services: Services,
    context: CommandContext,
    id: Id,
    { reason }: BodyOf<Endpoints['plan.withdraw']>,
): Done =>
    runCommand(services.commands, context, 'plan.withdraw', async (tx) => {
        const plan = await planOf(tx, id);
        decidePlanStep(plan.state, 'withdrawn');
        await updatePlan(tx, plan, { state: 'withdrawn', reason });
        return { result: {}, events: [{ kind: 'plan.withdrawn', objects: [id], body: { reason } }] };
    });
