import { bodyOf, DomainError, type Id, SYSTEM_ID } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../../platform/command/command.ts';
import type { Services } from '../../../platform/services.ts';
import { checkRow, isAnswered, runningCheck } from './log-check.queries.ts';
import { insertAnswer, insertRequest } from './log-check.store.ts';

/** Has the log checked as soon as the server looks, which takes seconds. Throws `logCheck.running`. */
export const askForCheck = (services: Services, context: CommandContext): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'logCheck.start', async (tx) => {
        const running = await runningCheck(tx.read, tx.orgId);
        if (running !== undefined)
            throw new DomainError('logCheck.running', { read: String(running.read), size: String(running.size) });
        const { id } = await insertRequest(tx, tx.actor);
        return { result: { id }, events: [{ kind: 'logCheck.asked', creates: [id], body: {} }] };
    });

/**
 * Findings are an alarm until somebody has said what they come from. The answer is about these findings: as long as the same are found,
 * night after night, nobody is asked again; others are an alarm anew.
 */
export const answerCheck = (services: Services, context: CommandContext, id: Id, reason: string): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'logCheck.answer', async (tx) => {
        // The system's log is seen by every organisation, and each answers for itself.
        const check = await services.db.read({ readOrgs: [tx.orgId, SYSTEM_ID] }, (db) => checkRow(db, tx.orgId, id));
        const { digest, log, findings } = check;
        if (digest === null) throw new DomainError('logCheck.nothingToAnswer');
        if (await isAnswered(tx.read, tx.orgId, check)) throw new DomainError('logCheck.answered');
        const answer = { id: tx.newId(), check_id: id, log, digest, findings, reason };
        await insertAnswer(tx, { ...answer, answered_by: tx.actor, answered_at: tx.now });
        const body = bodyOf({ check: id, log, digest, findings, reason });
        return { result: { id: answer.id }, events: [{ kind: 'logCheck.answered', creates: [answer.id], body }] };
    });
