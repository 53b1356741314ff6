import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError, type Id, isId, PACKAGE_PATHS, SYSTEM_ID } from '@liuhen/domain';
import { ResumableZip } from '../../platform/archive/resumable-zip.ts';
import type { CommandContext } from '../../platform/command/command.ts';
import { failpoint } from '../../platform/failpoint.ts';
import type { JobHandlers, JobRun } from '../../platform/jobs.ts';
import type { Services } from '../../platform/services.ts';
import { isMissing, writeDurable } from '../../platform/storage/durable.ts';
import type { KeptBytes } from '../../platform/storage/keep-bytes.ts';
import { failPacking, issuePackage, keepPackage, PACK_TASK } from './package.commands.ts';
import { issuedAt } from './package.queries.ts';
import { filesOf, manifestOf, type PackageFile, piece, receiptOf } from './package-content.ts';
import { keep, keepPlaced, keptBefore } from './package-keeping.ts';
import { type PackagePlan, planOf } from './package-plan.queries.ts';
import { forgetPacking, notePacking, type PackingProgress } from './packing-progress.store.ts';

/** What other features do for the making of packages. */
export type PackageHelp = {
    /** Signs logs now, so that their newest entries can be proven, and asks the witnesses to cosign. */
    readonly sign: (logs: readonly Id[]) => Promise<void>;
    /** Has the newest checkpoint of a log time-stamped, where an authority is set up and answers. */
    readonly stamp: (log: Id) => Promise<void>;
    /** Path of the page that verifies packages; fails where it could not be built. */
    readonly verifyPage: () => Promise<string>;
    /** Path of the program that draws the chart of an act for paper; fails where it could not be built. */
    readonly chartProgram: () => Promise<string>;
    /** Notes that a recording is damaged, as whoever plays it would. */
    readonly markDamaged: (context: CommandContext, recordingId: Id, chunk: number) => Promise<void>;
};
type Tools = Services & { readonly help: PackageHelp };

export const packageJobs = (services: Services, help: PackageHelp): JobHandlers => ({
    [PACK_TASK]: (job) => pack({ ...services, help }, job),
});

/** Told to the database at most once in so many bytes. */
const STEP = 16n * 1024n * 1024n;

/** The entry of the issuing and its proof. */
const RECEIPT_FILES = 2;

/** This making is not wanted any more: it was stopped. */
class Stopped extends Error {}
/** Something that belongs into the package cannot be read as it was. */
class Damaged extends Error {
    readonly path: string;
    readonly chunk: number;
    constructor(path: string, cause: DomainError) {
        super(cause.code, { cause });
        this.path = path;
        this.chunk = Number(cause.params.chunk ?? -1);
    }
}

type Making = { readonly orgId: Id; readonly retrievalId: Id; readonly packingId: Id; readonly folder: string };

/**
 * Makes a package: plans it once, writes it member by member, makes it an object of storage and says so in the log. Whatever interrupts it,
 * the next run goes on after the last whole member. Damage and a full disk end it with a reason that people see.
 */
async function pack(services: Tools, job: JobRun): Promise<void> {
    const { retrievalId, packingId } = job.data;
    if (!isId(retrievalId) || !isId(packingId)) throw new TypeError('the job names no retrieval');
    const folder = join(services.installation.storeRoot, 'packing', packingId);
    const making = { orgId: job.orgId, retrievalId, packingId, folder };
    const wanted = await wantedBy(services, making);
    if (wanted === undefined) return forget(services, making);
    let plan: PackagePlan | undefined;
    try {
        plan = await planFor(services, making, wanted);
        await write(services, making, plan);
    } catch (error) {
        const failure = await failureOf(services, job, plan, error);
        if (failure === undefined) throw error;
        if (failure !== 'stopped') await failPacking(services, making, failure);
    }
    await forget(services, making);
}

async function write(services: Tools, making: Making, plan: PackagePlan): Promise<void> {
    const kept = (await keptBefore(services, making)) ?? (await written(services, making, plan));
    failpoint('package.stored');
    await keepPackage(services, making, kept);
}

async function written(services: Tools, making: Making, plan: PackagePlan): Promise<KeptBytes> {
    const files = filesOf(services, plan, { verifier: await verifierOf(services), chart: services.help.chartProgram });
    const total = files.reduce((sum, { size }) => sum + size, 0n);
    const reservation = await services.store.reserve(total);
    const zip = await ResumableZip.open(making.folder);
    try {
        await addAll(services, making, { zip, files, total });
        await issue(services, making, plan, zip);
        await zip.finish();
        return await keepPlaced(services, making, zip.path);
    } finally {
        reservation.release();
        await zip.close();
    }
}

/** Adds the list, enters the issuing with the list's digest, and adds that entry: the list as a whole is the issuer's word then. */
async function issue(services: Tools, making: Making, plan: PackagePlan, zip: ResumableZip): Promise<void> {
    const manifest = manifestOf(plan, zip.members);
    await zip.add(PACKAGE_PATHS.manifest, () => piece(manifest));
    const listed = join(making.folder, PACKAGE_PATHS.manifest);
    await writeDurable(listed, `${listed}.tmp`, manifest, 0o600);
    const kept = await keep(services, making, listed);
    await issuePackage(services, making, { manifest: kept, files: zip.members.length + RECEIPT_FILES });
    failpoint('package.issued');
    const { orgId, packingId } = making;
    const index = await services.db.read({ readOrgs: [orgId] }, (db) => issuedAt(db, orgId, packingId));
    if (index === undefined) throw new DomainError('ledger.notFound');
    await services.help.sign([orgId]);
    for (const { path, make } of receiptOf(services, orgId, index)) await zip.add(path, async () => piece(await make()));
}

async function verifierOf({ help, log }: Tools): Promise<Uint8Array> {
    try {
        return await readFile(await help.verifyPage());
    } catch (cause) {
        log.error({ name: (cause as Error).name, message: (cause as Error).message }, 'no verify.html');
        throw new DomainError('retrieval.verifierMissing', {}, { cause });
    }
}

type Parts = { readonly zip: ResumableZip; readonly files: readonly PackageFile[]; readonly total: bigint };

async function addAll(services: Services, making: Making, { zip, files, total }: Parts): Promise<void> {
    let bytesDone = 0n;
    let told = 0n;
    const tell = async (filesDone: number) => {
        told = bytesDone;
        const progress: PackingProgress = { files: files.length, filesDone, bytes: total, bytesDone };
        if (!(await notePacking(services.db.pool, making.orgId, making, progress))) throw new Stopped();
    };
    for (const [place, { path, size, content }] of files.entries()) {
        const before = bytesDone;
        // Small files come by the thousand, and telling of each would take longer than writing it.
        if (size > 0n || place % 50 === 0) await tell(place);
        await zip
            .add(path, content, async (length) => {
                bytesDone += size > 0n ? BigInt(length) : 0n;
                if (bytesDone - told >= STEP) await tell(place);
            })
            .catch((error: unknown) => {
                throw isDamage(error) ? new Damaged(path, error) : error;
            });
        bytesDone = before + size;
        failpoint('package.memberDone');
    }
    await tell(files.length);
}

/** Decided once and kept beside the archive: entries that are written meanwhile change nothing of it. */
async function planFor(services: Tools, making: Making, by: { maker: Id; takenAt: number }): Promise<PackagePlan> {
    const path = join(making.folder, 'plan.json');
    try {
        // A plan of an older server knew no time-stamps.
        const kept = JSON.parse(await readFile(path, 'utf8')) as Omit<PackagePlan, 'stamps'> & Partial<PackagePlan>;
        return { ...kept, stamps: kept.stamps ?? [] };
    } catch (error) {
        if (!isMissing(error)) throw error;
    }
    const { orgId, retrievalId, folder } = making;
    await services.help.sign([SYSTEM_ID, orgId]);
    await services.help.stamp(orgId);
    const plan = await services.db.read({ readOrgs: [orgId, SYSTEM_ID] }, (db) => planOf(db, orgId, retrievalId, by));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeDurable(path, `${path}.tmp`, Buffer.from(JSON.stringify(plan)), 0o600);
    return plan;
}

/** Who began this making and when; undefined once it is over or another has taken its place. */
async function wantedBy(services: Services, { orgId, retrievalId, packingId }: Making) {
    const row = await services.db.read({ readOrgs: [orgId] }, (db) =>
        db
            .selectFrom('retrieval')
            .select(['packing_by', 'packing_since'])
            .where('id', '=', retrievalId)
            .where('packing_id', '=', packingId)
            .executeTakeFirst(),
    );
    if (row === undefined || row.packing_by === null || row.packing_since === null) return undefined;
    return { maker: row.packing_by, takenAt: row.packing_since };
}

/** What people are told; undefined for what may pass when it is tried again. Damage of a recording is noted on it too. */
async function failureOf(
    services: Tools,
    job: JobRun,
    plan: PackagePlan | undefined,
    error: unknown,
): Promise<'stopped' | { code: string; name: string | null } | undefined> {
    if (error instanceof Stopped) return 'stopped';
    if (error instanceof Damaged) {
        const recording = plan?.recordings.find(({ path }) => path === error.path);
        const document = plan?.documents.find(({ path }) => path === error.path);
        const context = { ...job.command, commandId: services.clock.newId() };
        if (recording !== undefined) await services.help.markDamaged(context, recording.id, error.chunk);
        return { code: 'storage.objectDamaged', name: recording?.name ?? document?.name ?? error.path };
    }
    const hopeless = [
        'storage.full',
        'document.characterMissing',
        'ledger.bodyDestroyed',
        'retrieval.notVouched',
        'retrieval.verifierMissing',
    ];
    if (error instanceof DomainError && hopeless.includes(error.code))
        return { code: error.code, name: typeof error.params.name === 'string' ? error.params.name : null };
    return undefined;
}

const isDamage = (error: unknown): error is DomainError =>
    error instanceof DomainError && (error.code === 'storage.objectDamaged' || error.code === 'storage.objectMissing');

async function forget(services: Services, { orgId, packingId, folder }: Making): Promise<void> {
    await rm(folder, { recursive: true, force: true });
    await forgetPacking(services.db.pool, orgId, packingId);
}
