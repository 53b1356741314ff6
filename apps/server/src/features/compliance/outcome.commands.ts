import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    bodyOf,
    DomainError,
    dayOf,
    decideOutcome,
    decideOutcomeEnd,
    decideOutcomeOf,
    type Id,
    type OutcomeEnd,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { searchTextOf } from '../../platform/search-text.ts';
import type { Services } from '../../platform/services.ts';
import {
    actForOutcome,
    findingForOutcome,
    insertOutcome,
    lockOutcome,
    personForOutcome,
    updateOutcome,
} from './outcome.store.ts';

type Given = BodyOf<Endpoints['outcome.record']>;

/** 附件1 第21条: what was decided about a confirmed violation. */
export const recordOutcome = (services: Services, context: CommandContext, given: Given): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'outcome.record', async (tx) => {
        const id = await enter(tx, given, null);
        return { result: { id }, events: [{ kind: 'outcome.recorded', creates: [id], body: said(given) }] };
    });

/** Another entry in the place of one that was wrong; both stay. */
export const correctOutcome = (
    services: Services,
    context: CommandContext,
    former: Id,
    { reason, ...given }: BodyOf<Endpoints['outcome.correct']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'outcome.correct', async (tx) => {
        await end(tx, former, 'replaced', reason);
        const id = await enter(tx, given, former);
        const event = { kind: 'outcome.corrected' as const, creates: [id], objects: [former], body: said(given) };
        return { result: { id }, events: [event] };
    });

export const withdrawOutcome = (
    services: Services,
    context: CommandContext,
    id: Id,
    reason: string,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'outcome.withdraw', async (tx) => {
        await end(tx, id, 'withdrawn', reason);
        return { result: {}, events: [{ kind: 'outcome.withdrawn', objects: [id], body: {} }] };
    });

/**
 * Entries of the log name neither the person nor what happened: many may read that something was entered, few about whom. The digest of
 * the row holds all of it. For the same reason a finding is no object of the entry: whoever reads its history would learn of it.
 */
const said = ({ clause, kind, decidedDay }: Given) => bodyOf({ clause, kind, decidedDay });

async function enter(tx: Tx, given: Given, replaces: Id | null): Promise<Id> {
    const { clause, personId = null, happenedDay, facts, kind, measure = null, decidedBy, decidedDay } = given;
    const { paperNumber = null, findingId = null } = given;
    decideOutcome({ clause, personId, happenedDay, kind, decidedDay, paperNumber }, tx.actor, dayOf(tx.now));
    const person = personId === null ? undefined : await personForOutcome(tx, personId);
    if (personId !== null && person === undefined) throw new DomainError('person.notFound');
    const finding = findingId === null ? undefined : await findingForOutcome(tx, findingId);
    if (findingId !== null && finding === undefined) throw new DomainError('finding.notFound');
    if (finding !== undefined) decideOutcomeOf(finding);
    const actId = finding?.act_id ?? given.actId ?? null;
    const act = actId === null ? undefined : await actForOutcome(tx, actId);
    if (actId !== null && act === undefined) throw new DomainError('act.notFound');
    const { id } = await insertOutcome(tx, {
        id: tx.newId(),
        clause,
        person_id: personId,
        happened_day: happenedDay,
        facts,
        act_id: actId,
        finding_id: findingId,
        kind,
        measure,
        decided_by: decidedBy,
        decided_day: decidedDay,
        paper_number: paperNumber,
        replaces,
        recorded_by: tx.actor,
        recorded_at: tx.now,
        search_text: searchTextOf([person?.name ?? null], [clause, facts, measure, decidedBy, paperNumber, act?.number ?? null]),
    });
    return id;
}

async function end(tx: Tx, id: Id, as: OutcomeEnd, why: string): Promise<void> {
    const found = await lockOutcome(tx, id);
    if (found === undefined) throw new DomainError('outcome.notFound');
    decideOutcomeEnd({ endedAt: found.ended_at, personId: found.person_id }, tx.actor);
    await updateOutcome(tx, found, { ended_as: as, ended_at: tx.now, ended_by: tx.actor, ended_why: why });
}
