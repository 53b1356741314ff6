import { type BodyValue, type DocumentStepKind, DomainError, type EventKind, type Id, type StepActor } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { type DocumentPatch, type DocumentRow, insertStep, lockDocument, updateDocument } from './document.store.ts';
import { rolesOf } from './document-roles.queries.ts';

/** What a step does: the change of the row, its line on the document's page, and its entry. */
export type Step<Answer> = {
    step: DocumentStepKind;
    patch: DocumentPatch;
    note?: string | null;
    kind: EventKind;
    body: { readonly [name: string]: BodyValue };
    /** Objects concerned beside the document. */
    objects?: readonly Id[];
    answer: Answer;
};

/**
 * One step of a document's way. Whoever takes it names the version that was read: nobody passes a content they have not
 * seen. The roles are those held at this moment.
 */
export const takeStep = <Answer extends object>(
    services: Services,
    context: CommandContext,
    command: string,
    at: { id: Id; version: number },
    work: (tx: Tx, row: DocumentRow, actor: StepActor) => Promise<Step<Answer>>,
): Promise<Answer & { version: number }> =>
    runCommand(services.commands, context, command, async (tx) => {
        const row = await lockDocument(tx, at.id);
        if (row === undefined) throw new DomainError('document.notFound');
        if (row.version !== at.version) throw new DomainError('conflict.changedMeanwhile');
        const actor = { personId: tx.actor, roles: await rolesOf(tx.read, tx.orgId, tx.actor) };
        const { step, patch, note, kind, body, objects = [], answer } = await work(tx, row, actor);
        const after = await updateDocument(tx, row, patch);
        await insertStep(tx, row, step, after.state, note ?? null);
        return {
            result: { ...answer, version: after.version },
            events: [{ kind, objects: [at.id, ...objects], body: { revision: row.revision, ...body } }],
        };
    });
