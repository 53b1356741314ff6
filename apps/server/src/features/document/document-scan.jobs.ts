import { hasCodes, type Id, isId, judgeScan, judgeSheets, printsNamed, readPrintCode } from '@liuhen/domain';
import { runCommand } from '../../platform/command/command.ts';
import type { JobHandlers, JobRun } from '../../platform/jobs.ts';
import type { PagePrograms } from '../../platform/media/page-pictures.ts';
import { type CodesRead, readCodes } from '../../platform/media/read-codes.ts';
import type { Services } from '../../platform/services.ts';
import { firstDifference } from '../../platform/storage/first-difference.ts';
import { lockDocument } from './document.store.ts';
import { printsByIds, scanToRead } from './document-scan.queries.ts';
import { damageScans, lockScan, updateScan } from './document-scan.store.ts';
import { SCAN_TASK } from './document-scan-task.ts';

export const scanJobs = (services: Services, programs?: PagePrograms): JobHandlers => ({
    [SCAN_TASK]: (job) => readScan(services, job, programs),
});

/** Compares the stored bytes with what came in; then, where codes are expected, says what each sheet is and what that comes to. */
async function readScan(services: Services, job: JobRun, programs: PagePrograms | undefined): Promise<void> {
    const id = job.data.scanId;
    if (!isId(id)) throw new TypeError('the job names no scan');
    const scan = await services.db.read({ readOrgs: [job.orgId] }, (db) => scanToRead(db, id));
    if (scan === undefined || scan.finding === 'damaged') return;
    if ((await firstDifference(services, scan.key, scan.chunkDigests)) !== undefined)
        return markDamaged(services, job, scan.blobId);
    if (scan.finding !== 'waiting' || !hasCodes(scan.role)) return;
    const read = await services.store.withLocalFile(scan.key, (path) =>
        readCodes(path, scan.mediaType, programs === undefined ? {} : { programs }),
    );
    await noteReading(services, job, { scanId: id, documentId: scan.documentId, read });
}

const markDamaged = (services: Services, job: JobRun, blobId: Id): Promise<void> =>
    runCommand(services.commands, job.command, 'document.damageScan', async (tx) => {
        const [first, ...others] = (await damageScans(tx, blobId)).map((each) => ({
            kind: 'document.scanDamaged' as const,
            objects: [each.document_id],
            body: { scan: each.id },
        }));
        if (first === undefined) throw new Error('the scan is known to be damaged');
        return { result: undefined, events: [first, ...others] };
    });

type Noted = { scanId: Id; documentId: Id; read: CodesRead };

const noteReading = (services: Services, job: JobRun, { scanId, documentId, read }: Noted): Promise<void> =>
    runCommand(services.commands, job.command, 'document.readScan', async (tx) => {
        const document = await lockDocument(tx, documentId);
        const scan = await lockScan(tx, scanId);
        if (document === undefined || scan?.finding !== 'waiting') throw new Error('the scan is not waiting any more');
        if (read.outcome === 'programMissing') {
            await updateScan(tx, scan, { finding: 'programMissing', read_at: tx.now });
            const body = { scan: scanId, finding: 'programMissing' };
            return { result: undefined, events: [{ kind: 'document.scanRead', objects: [documentId], body }] };
        }
        const reading = judgeSheets(document, read, await printsByIds(tx.read, tx.orgId, printsNamed(read.sheets)));
        const { finding, standing, missing, twice, disordered } = judgeScan(reading);
        const named = reading.sheets.find((each) => each.finding === 'matches')?.printId;
        const digest = read.sheets.flatMap(({ codes }) => codes.flatMap((code) => readPrintCode(code)?.digest ?? []))[0];
        await updateScan(tx, scan, {
            finding,
            reading: JSON.stringify(reading),
            read_at: tx.now,
            digest_read: digest ?? null,
            ...(named === undefined || named === null ? {} : { print_id: named }),
        });
        const sheets = reading.sheets.map((each) => ({ sheet: each.sheet, finding: each.finding, ...paperOf(each) }));
        const body = { scan: scanId, finding, standing, sheets, missing: [...missing], twice: [...twice], disordered };
        return { result: undefined, events: [{ kind: 'document.scanRead', objects: [documentId], body }] };
    });

/** What a sheet names, without what it does not. */
const paperOf = ({ printId, page }: { printId: Id | null; page: number | null }) => ({
    ...(printId === null ? {} : { print: printId }),
    ...(page === null ? {} : { page }),
});
