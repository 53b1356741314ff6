import type { BodyOf, Endpoints } from '@liuhen/contract';
import { DomainError, decideDocumentSeal, type Id } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { SealService } from '../../platform/seal-service.ts';
import type { Services } from '../../platform/services.ts';
import { factsOf } from './document.store.ts';
import { lockBlock } from './document-number.store.ts';
import { insertSealUse } from './document-paper.store.ts';
import { takeStep } from './document-step.ts';

export const useSeal = (
    services: Services,
    seals: SealService,
    context: CommandContext,
    id: Id,
    { means, copies, purpose, version }: BodyOf<Endpoints['document.useSeal']>,
): Promise<{ id: Id; version: number }> =>
    takeStep(services, context, 'document.useSeal', { id, version }, async (tx, row) => {
        decideDocumentSeal(factsOf(row));
        if (means === 'certified') await seals.apply({ documentId: id, purpose });
        const use = await insertSealUse(tx, {
            id: tx.newId(),
            document_id: id,
            means,
            copies,
            purpose,
            used_by: tx.actor,
            used_at: tx.now,
        });
        return {
            step: 'sealed',
            patch: { sealed_at: row.sealed_at ?? tx.now },
            note: purpose,
            kind: 'document.sealUsed',
            body: { use: use.id, means, copies, purpose },
            answer: { id: use.id },
        };
    });

export const sealBlock = (
    services: Services,
    context: CommandContext,
    blockId: Id,
    { copies, purpose }: BodyOf<Endpoints['document.sealBlock']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'document.sealBlock', async (tx) => {
        const block = await lockBlock(tx, blockId);
        if (block === undefined) throw new DomainError('document.blockNotFound');
        if (block.state === 'returned') throw new DomainError('document.blockReturned');
        const { id } = await insertSealUse(tx, {
            id: tx.newId(),
            block_id: blockId,
            means: 'ink',
            copies,
            purpose,
            used_by: tx.actor,
            used_at: tx.now,
        });
        const body = { use: id, means: 'ink', copies, purpose };
        return { result: { id }, events: [{ kind: 'document.sealUsed', objects: [blockId], body }] };
    });
