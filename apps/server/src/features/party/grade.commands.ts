import type { BodyOf, Endpoints, ResponseOf } from '@liuhen/contract';
import { DomainError, type DomainEvent, dayOf, type Id } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { NonEmpty, Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { checkGrade, type Decided, previewGrades } from './grade.queries.ts';
import { insertGrade } from './grade.store.ts';
import { lockChangeable } from './party.store.ts';

type Stated = Decided & { readonly source: string; readonly reason: string };

/** A grade is a decision with a source and a reason; rows are added, so that what a draw weighed by stays known. */
export const gradeParty = (
    services: Services,
    context: CommandContext,
    partyId: Id,
    body: BodyOf<Endpoints['party.grade']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'party.grade', async (tx) => {
        await lockChangeable(tx, partyId);
        const { id, event } = await grade(tx, partyId, body);
        return { result: { id }, events: [event] };
    });

async function grade(tx: Tx, partyId: Id, stated: Stated): Promise<{ id: Id; event: DomainEvent }> {
    await checkGrade(tx.read, tx.orgId, partyId, stated, dayOf(tx.now));
    const { scheme, grade: value, fromDay, source, reason } = stated;
    const { id } = await insertGrade(tx, { party_id: partyId, scheme, grade: value, from_day: fromDay, source, reason });
    return { id, event: { kind: 'party.graded', objects: [partyId], body: { scheme, grade: value, fromDay, source, reason } } };
}

/** Grades of another system, by credit code: those rows that a preview calls new. */
export const importGrades = (
    services: Services,
    context: CommandContext,
    { source, reason, rows }: BodyOf<Endpoints['party.importGrades']>,
): Promise<ResponseOf<Endpoints['party.importGrades']>> =>
    runCommand(services.commands, context, 'party.importGrades', async (tx) => {
        const { items } = await previewGrades(tx.read, tx.orgId, { rows }, { today: dayOf(tx.now) });
        const events: DomainEvent[] = [];
        for (const [at, { outcome, party }] of items.entries()) {
            const row = rows[at];
            if (outcome === 'graded' && party !== null && row !== undefined)
                events.push((await grade(tx, party.id, { ...row, source, reason })).event);
        }
        const [first, ...rest] = events;
        if (first === undefined) throw new DomainError('task.nothingToApply');
        const all: NonEmpty<DomainEvent> = [first, ...rest];
        return { result: { items, applied: events.length }, events: all };
    });
