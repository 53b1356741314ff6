import type { BodyOf, Endpoints, ResponseOf } from '@liuhen/contract';
import { bodyOf, DomainError, hasCodes, type Id, isReadableAgain, judgeScan, settleScan } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { lockDocument } from './document.store.ts';
import { pagesAsItStands, readingOf } from './document-scan.queries.ts';
import { lockScan, updateScan } from './document-scan.store.ts';
import { SCAN_TASK } from './document-scan-task.ts';

type Params = { id: Id; scanId: Id };

/** A person's word about one sheet, or about their order, stands beside what was read; it never replaces it. */
export const settleScanByHand = (
    services: Services,
    context: CommandContext,
    { id, scanId }: Params,
    { reason, ...settling }: BodyOf<Endpoints['document.settleScan']>,
): Promise<ResponseOf<Endpoints['document.settleScan']>> =>
    runCommand(services.commands, context, 'document.settleScan', async (tx) => {
        if ((await lockDocument(tx, id)) === undefined) throw new DomainError('document.scanNotFound');
        const scan = await lockScan(tx, scanId, id);
        if (scan === undefined) throw new DomainError('document.scanNotFound');
        const before = readingOf(scan.reading);
        if (before === null) throw new DomainError('document.scanNotInReview');
        const said = { by: tx.actor, at: tx.now, reason };
        const reading = settleScan(before, settling, said, await pagesAsItStands(tx.read, id));
        const { finding, standing } = judgeScan(reading);
        await updateScan(tx, scan, { finding, reading: JSON.stringify(reading) });
        const body = bodyOf({ scan: scanId, ...settling, reason, finding, standing });
        return { result: { finding, standing }, events: [{ kind: 'document.scanSettled', objects: [id], body }] };
    });

export const readScanAgain = (
    services: Services,
    context: CommandContext,
    { id, scanId }: Params,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'document.readScanAgain', async (tx) => {
        const scan = await lockScan(tx, scanId, id);
        if (scan === undefined) throw new DomainError('document.scanNotFound');
        if (!isReadableAgain(scan.finding)) throw new DomainError('document.scanNotToRead');
        await updateScan(tx, scan, { finding: hasCodes(scan.role) ? 'waiting' : 'notRead', reading: null, read_at: null });
        tx.enqueue({ task: SCAN_TASK, payload: { scanId } });
        return { result: {}, events: [{ kind: 'document.scanReadAgain', objects: [id], body: { scan: scanId } }] };
    });
