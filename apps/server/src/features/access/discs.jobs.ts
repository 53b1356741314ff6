import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError, discLabel, type Id, isId, readZip, type ZipFiles } from '@liuhen/domain';
import { ImageFailed, installedXorriso, writeImage } from '../../platform/archive/disc-image.ts';
import { failpoint } from '../../platform/failpoint.ts';
import type { JobHandlers, JobRun } from '../../platform/jobs.ts';
import type { Services } from '../../platform/services.ts';
import { isMissing } from '../../platform/storage/durable.ts';
import type { KeptBytes } from '../../platform/storage/keep-bytes.ts';
import { storedAccess } from '../../platform/storage/stored-access.ts';
import { type DiscLayout, layoutOf } from './disc-layout.ts';
import { stageDisc } from './disc-stage.ts';
import { DISCS_TASK, type DiscMaking, failDiscs, finishDiscs, keepDisc } from './discs.commands.ts';
import { type WantedDiscs, wantedDiscs } from './discs.queries.ts';
import { packageOf } from './package.queries.ts';
import { keepPlaced, keptBefore } from './package-keeping.ts';
import { forgetPacking, noteDiscs } from './packing-progress.store.ts';

export const discJobs = (services: Services): JobHandlers => ({ [DISCS_TASK]: (job) => makeDiscs(services, job) });

/** Told to the database at most once in so many bytes. */
const STEP = 16 * 1024 * 1024;
/** While another program writes, its file is looked at so often. */
const LOOK_MS = 1000;

/** This making is not wanted any more: it was stopped. */
class Stopped extends Error {}

type Making = DiscMaking & { readonly folder: string };

/**
 * Makes images of discs of a package that lies in storage: plans once more what is always the same, and for each disc lays its files out, has an
 * image made of them, puts that into storage and says so in the log. Whatever interrupts it, the next run goes on with the disc it was at.
 */
async function makeDiscs(services: Services, job: JobRun): Promise<void> {
    const { setId, makingId } = job.data;
    if (!isId(setId) || !isId(makingId)) throw new TypeError('the job names no discs');
    const folder = join(services.installation.storeRoot, 'packing', makingId);
    const making = { orgId: job.orgId, setId, makingId, folder };
    const wanted = await services.db.read({ readOrgs: [job.orgId] }, (db) => wantedDiscs(db, setId, makingId));
    if (wanted === undefined) return forget(services, making);
    try {
        const volumes = await makeAll(services, making, wanted);
        await finishDiscs(services, making, volumes);
    } catch (error) {
        const code = failureOf(services, error);
        if (code === undefined) throw error;
        if (code !== 'stopped') await failDiscs(services, making, code);
    }
    await forget(services, making);
}

async function makeAll(services: Services, making: Making, wanted: WantedDiscs): Promise<number> {
    const kept = await services.db.read({ readOrgs: [making.orgId] }, (db) => packageOf(db, wanted.retrievalId));
    if (kept === undefined) throw new DomainError('retrieval.notPackaged');
    const zip = await readZip(storedAccess(services.store, kept));
    const layout = await layoutOf(zip, wanted.capacity);
    const progress = new Progress(services, making, layout);
    for (let volume = 1; volume <= layout.volumes; volume++) {
        if (!wanted.done.has(volume)) {
            const image = await imageOf(services, making, { zip, layout, volume, wanted, progress });
            failpoint('discs.stored');
            await keepDisc(services, making, {
                volume,
                volumes: layout.volumes,
                ...namesOf(wanted, volume, layout.volumes),
                image,
            });
        }
        await progress.discDone(volume);
    }
    return layout.volumes;
}

const namesOf = ({ number, medium }: WantedDiscs, volume: number, volumes: number) => ({
    fileName: `${number}-${medium.toUpperCase()}-${volume}-${volumes}.iso`,
    label: discLabel(number, volume, volumes),
});

type Disc = {
    readonly zip: ZipFiles;
    readonly layout: DiscLayout;
    readonly volume: number;
    readonly wanted: WantedDiscs;
    readonly progress: Progress;
};

/** The image in storage, where whoever made it ended before it was entered, or a new one. */
async function imageOf(services: Services, making: Making, disc: Disc): Promise<KeptBytes> {
    const folder = join(making.folder, String(disc.volume));
    const at = { orgId: making.orgId, folder };
    const before = await keptBefore(services, at);
    if (before !== undefined) return before;
    const [staged, path] = [join(folder, 'disc'), join(folder, 'image.iso')];
    // The files beside each other, and the image of them.
    const reservation = await services.store.reserve(BigInt(2 * bytesOn(disc)));
    try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await stageDisc(disc.zip, disc.layout, { folder: staged, volume: disc.volume }, (length) => disc.progress.add(length));
        failpoint('discs.staged');
        await rm(path, { force: true });
        await drawImage(disc, staged, path);
        failpoint('discs.imageWritten');
        await rm(staged, { recursive: true, force: true });
        return await keepPlaced(services, at, path);
    } finally {
        reservation.release();
    }
}

const bytesOn = ({ layout, volume }: Disc): number =>
    layout.pieces.filter((piece) => piece.volume === volume).reduce((sum, { size }) => sum + size, 0);

async function drawImage({ layout, volume, wanted, progress }: Disc, staged: string, path: string): Promise<void> {
    const program = await installedXorriso();
    if (program === undefined) throw new DomainError('retrieval.discsImpossible');
    const stop = new AbortController();
    const { label } = namesOf(wanted, volume, layout.volumes);
    let seen = 0;
    const look = setInterval(async () => {
        const size = await sizeOf(path);
        await progress.add(size - seen).catch((error: unknown) => stop.abort(error));
        seen = size;
    }, LOOK_MS);
    try {
        await writeImage(program, {
            ...{ folder: staged, to: path, label, at: wanted.madeAt, most: wanted.capacity },
            signal: stop.signal,
        });
    } finally {
        clearInterval(look);
    }
    // The plan leaves room enough; what would not fit a disc is given to nobody.
    if ((await sizeOf(path)) > wanted.capacity) throw new DomainError('retrieval.discTooLarge');
}

async function sizeOf(path: string): Promise<number> {
    try {
        return (await stat(path)).size;
    } catch (error) {
        if (isMissing(error)) return 0;
        throw error;
    }
}

/** Bytes of all discs, each written twice; discs that are done count whole. Throws `Stopped` once nobody wants them. */
class Progress {
    readonly #services: Services;
    readonly #making: Making;
    readonly #layout: DiscLayout;
    #discs = 0;
    #bytes = 0;
    #told = -STEP;

    constructor(services: Services, making: Making, layout: DiscLayout) {
        this.#services = services;
        this.#making = making;
        this.#layout = layout;
    }

    async add(length: number): Promise<void> {
        this.#bytes += length;
        if (this.#bytes - this.#told >= STEP) await this.#tell();
    }

    async discDone(volume: number): Promise<void> {
        this.#discs = volume;
        this.#bytes = 2 * this.#layout.pieces.filter((piece) => piece.volume <= volume).reduce((sum, { size }) => sum + size, 0);
        await this.#tell();
    }

    async #tell(): Promise<void> {
        this.#told = this.#bytes;
        const { volumes, pieces } = this.#layout;
        const all = 2 * pieces.reduce((sum, { size }) => sum + size, 0);
        const wanted = await noteDiscs(this.#services.db.pool, this.#making.orgId, this.#making, {
            ...{ files: volumes, filesDone: this.#discs },
            ...{ bytes: BigInt(all), bytesDone: BigInt(Math.min(all, this.#bytes)) },
        });
        if (!wanted) throw new Stopped();
    }
}

const TOLD = ['storage.full', 'retrieval.tooManyDiscs', 'retrieval.discsImpossible', 'retrieval.discTooLarge'];

/** What people are told; undefined for what may pass when it is tried again. */
function failureOf({ log }: Services, error: unknown): string | undefined {
    if (error instanceof Stopped) return 'stopped';
    if (error instanceof ImageFailed) {
        log.error({ how: error.how, said: error.message }, 'xorriso');
        return 'retrieval.discFailed';
    }
    if (!(error instanceof DomainError)) return undefined;
    if (error.code === 'storage.objectDamaged' || error.code === 'storage.objectMissing') return 'retrieval.packageDamaged';
    return TOLD.includes(error.code) ? error.code : undefined;
}

async function forget(services: Services, { orgId, makingId, folder }: Making): Promise<void> {
    await rm(folder, { recursive: true, force: true });
    await forgetPacking(services.db.pool, orgId, makingId satisfies Id);
}
