import type { BodyOf, Endpoints } from '@liuhen/contract';
import { bodyOf, DomainError, dayOf, decideAttendance, decideStanding, decideTraining, type Id } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { searchTextOf } from '../../platform/search-text.ts';
import type { Services } from '../../platform/services.ts';
import {
    attendanceById,
    endAttendances,
    insertAttendances,
    insertTraining,
    knownPersons,
    lockTraining,
    openAttendances,
    updateTraining,
} from './training.store.ts';

type Done = Promise<Record<string, never>>;

/** 正文四(一): a training that was held, or will be. */
export const recordTraining = (
    services: Services,
    context: CommandContext,
    given: BodyOf<Endpoints['training.record']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'training.record', async (tx) => {
        decideTraining(given);
        const { title, topics, fromDay, toDay, minutes, trainer, note = null } = given;
        const { id } = await insertTraining(tx, {
            id: tx.newId(),
            title,
            topics: [...new Set(topics)],
            from_day: fromDay,
            to_day: toDay,
            minutes,
            trainer,
            note,
            recorded_by: tx.actor,
            recorded_at: tx.now,
            search_text: searchTextOf([trainer], [title, note]),
        });
        const body = bodyOf({ title, topics: [...topics], fromDay, toDay, minutes });
        return { result: { id }, events: [{ kind: 'training.recorded', creates: [id], body }] };
    });

export const cancelTraining = (services: Services, context: CommandContext, id: Id, reason: string): Done =>
    runCommand(services.commands, context, 'training.cancel', async (tx) => {
        const training = await trainingFor(tx, id);
        decideStanding(training);
        await updateTraining(tx, training, { cancelled_at: tx.now, cancelled_by: tx.actor, cancelled_why: reason });
        return { result: {}, events: [{ kind: 'training.cancelled', objects: [id], body: { reason } }] };
    });

/** Who attended; an earlier entry of the same person is ended, so that the result of a second test stands and the first is kept. */
export const attendTraining = (
    services: Services,
    context: CommandContext,
    id: Id,
    given: BodyOf<Endpoints['training.attend']>,
): Done =>
    runCommand(services.commands, context, 'training.attend', async (tx) => {
        const training = await trainingFor(tx, id);
        const { result, testedDay = null, score = null } = given;
        decideAttendance(training, { result, testedDay }, dayOf(tx.now));
        const personIds = [...new Set(given.personIds)];
        if ((await knownPersons(tx, personIds)) !== personIds.length) throw new DomainError('person.notFound');
        await endAttendances(tx, await openAttendances(tx, id, personIds), '改为新的登记');
        const rows = personIds.map((personId) => ({
            id: tx.newId(),
            training_id: id,
            person_id: personId,
            result,
            tested_day: testedDay,
            score,
            recorded_by: tx.actor,
            recorded_at: tx.now,
        }));
        await insertAttendances(tx, rows);
        const body = bodyOf({ people: personIds, result, testedDay });
        return { result: {}, events: [{ kind: 'training.attended', creates: rows.map((row) => row.id), objects: [id], body }] };
    });

export const unattendTraining = (services: Services, context: CommandContext, id: Id, reason: string): Done =>
    runCommand(services.commands, context, 'training.unattend', async (tx) => {
        const found = await attendanceById(tx, id);
        if (found === undefined) throw new DomainError('training.attendanceNotFound');
        await endAttendances(tx, [id], reason);
        const event = { kind: 'training.attendanceRemoved' as const, objects: [id, found.trainingId], body: { reason } };
        return { result: {}, events: [event] };
    });

async function trainingFor(tx: Tx, id: Id) {
    const training = await lockTraining(tx, id);
    if (training === undefined) throw new DomainError('training.notFound');
    return training;
}
