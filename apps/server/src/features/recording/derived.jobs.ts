import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
    askableKinds,
    bodyOf,
    type ContentDigest,
    DERIVED_KINDS,
    type Derivation,
    type DerivedDetail,
    type DerivedKind,
    type DerivedReason,
    derivationOf,
    dullStretches,
    type Id,
    type Inspection,
    isId,
    isWithoutIndex,
    type Levels,
    type Rebuilt,
    shownAs,
} from '@liuhen/domain';
import { runCommand } from '../../platform/command/command.ts';
import type { JobHandlers, JobRun } from '../../platform/jobs.ts';
import { argumentsOf, deriveFile, deriveLimits, installedFfmpeg, type MediaProgram } from '../../platform/media/derive-file.ts';
import { inspectFile } from '../../platform/media/inspect-file.ts';
import { sayMaking, stopMaking } from '../../platform/media/making.ts';
import type { Services } from '../../platform/services.ts';
import { blobFor } from '../../platform/storage/blob-rows.ts';
import { makingKey } from './derived.queries.ts';
import { DERIVE_TASK, insertDerived, lockDerived, updateDerived } from './derived.store.ts';
import { rebuildCopy } from './rebuilding.jobs.ts';
import { contentOfRecording, type RecordingContent } from './recording.queries.ts';

/** Pictures are small; a copy may be larger than what it was made from, within reason. */
const MOST_PICTURE_BYTES = 8 << 20;
const COPY_ROOM = 64 << 20;

export const derivedJobs = (services: Services, program?: () => Promise<MediaProgram | undefined>): JobHandlers => ({
    [DERIVE_TASK]: (job) => derive(services, job, program ?? installedFfmpeg),
});

const isKind = (value: unknown): value is DerivedKind => (DERIVED_KINDS as readonly unknown[]).includes(value);

/** Makes one item from what is stored, and keeps it with what it was made from and how. The original is only read. */
async function derive(services: Services, job: JobRun, find: () => Promise<MediaProgram | undefined>): Promise<void> {
    const { recordingId, kind } = job.data;
    if (!isId(recordingId) || !isKind(kind)) throw new TypeError('the job names no item');
    const content = await services.db.read({ readOrgs: [job.orgId] }, (db) => contentOfRecording(db, recordingId));
    // What is damaged or in quarantine is shown to nobody, so nothing is made of it.
    if (content === undefined || (content.state !== 'registered' && content.state !== 'sealed')) return;
    const { inspection } = content;
    if (inspection === null || !askableKinds(inspection).includes(kind)) return;
    const derivation = derivationOf(kind, inspection);
    const of = { services, job, recordingId, kind, content, derivation };
    const program = await find();
    if (program === undefined) return note(of, { state: 'programMissing' });
    await make(of, program, inspection);
}

type Wanted = {
    services: Services;
    job: JobRun;
    recordingId: Id;
    kind: DerivedKind;
    content: RecordingContent;
    derivation: Derivation;
};

type Came =
    | { state: 'programMissing' }
    | { state: 'failed'; program: MediaProgram; reason: DerivedReason }
    | { state: 'made'; program: MediaProgram; digest: ContentDigest; key: string; detail: DerivedDetail };

async function make(of: Wanted, program: MediaProgram, inspection: Inspection): Promise<void> {
    const { services, job, kind, content } = of;
    const { store } = services;
    const most = kind === 'thumbnail' || kind === 'storyboard' ? MOST_PICTURE_BYTES : inspection.fileLength * 2 + COPY_ROOM;
    const rebuilds = kind === 'repaired' && isWithoutIndex(inspection);
    await store.assertWritable();
    // The streams that are found in it lie beside the copy while it is made.
    const reservation = await store.reserve(BigInt(rebuilds ? most + inspection.fileLength * 2 : most));
    const making = makingKey(of.recordingId, kind);
    // Of a file whose length is not known no part is known either, nor of one that is put together anew.
    const onWritten = (ms: number) => {
        if (inspection.durationMs !== undefined && inspection.durationMs > 0)
            sayMaking(making, (ms * 1_000) / inspection.durationMs);
    };
    const path = join(store.stagingFolder, `derived-${services.clock.newId()}`);
    try {
        await (await open(path, 'wx', 0o600)).close();
        const from = { recordingId: of.recordingId, key: content.key, to: path, most, program, inspection };
        const came: Copy = rebuilds
            ? await rebuildCopy(services, job, from)
            : await runDerivation(of, program, path, most, onWritten);
        if (came.came === 'none') return await note(of, { state: 'failed', program, reason: came.reason });
        const { derivation } = came;
        const looked = await lookAt(path, derivation);
        if (typeof looked === 'string') return await note(of, { state: 'failed', program, reason: looked });
        const digest = await services.hashes.hashFile(path);
        const { key } = await store.put({ orgId: job.orgId, path, digest });
        const rebuilt = came.rebuilt === undefined ? {} : { rebuilt: came.rebuilt };
        const detail = { ...derivation.detail, ...looked, ...rebuilt };
        await note({ ...of, derivation }, { state: 'made', program, digest, key, detail });
    } finally {
        stopMaking(making);
        reservation.release();
        await rm(path, { force: true });
    }
}

type Copy =
    | { readonly came: 'copy'; readonly derivation: Derivation; readonly rebuilt?: Rebuilt }
    | { readonly came: 'none'; readonly reason: DerivedReason };

async function runDerivation(
    of: Wanted,
    program: MediaProgram,
    to: string,
    most: number,
    onWritten: (ms: number) => void,
): Promise<Copy> {
    const { services, content, derivation } = of;
    let levels: Levels | undefined;
    const onLevels = (of: Levels) => {
        levels = of;
    };
    const by = (way: Derivation) =>
        services.store.withLocalFile(content.key, (from) =>
            deriveFile(program, way, { from, to }, deriveLimits(way, most), { onWritten, onLevels }),
        );
    const failed = await by(derivation);
    if (failed === undefined) {
        const detail = levels === undefined ? derivation.detail : { ...derivation.detail, dull: dullStretches(levels) };
        return { came: 'copy', derivation: { ...derivation, detail } };
    }
    // Pictures that can be made come before what is looked for beside them: broken sound takes none away.
    const { watch, ...alone } = derivation;
    if (failed !== 'program' || watch === undefined || (await by(alone)) !== undefined) return { came: 'none', reason: failed };
    return { came: 'copy', derivation: alone };
}

/** What the program made is looked at before it counts: a copy that does not play is none. */
async function lookAt(path: string, { mediaType }: Derivation): Promise<DerivedReason | DerivedDetail> {
    const file = await open(path, 'r');
    const { size } = await file.stat().finally(() => file.close());
    if (size === 0) return 'nothing';
    if (mediaType !== 'video/mp4') return {};
    const inspection = await inspectFile(path);
    if (inspection.durationMs === undefined || inspection.durationMs <= 0) return 'nothing';
    return shownAs(inspection, []) === 'original' ? { durationMs: inspection.durationMs } : 'unplayable';
}

const note = ({ services, job, recordingId, kind, content, derivation }: Wanted, came: Came): Promise<void> =>
    runCommand(services.commands, job.command, 'recording.derive', async (tx) => {
        const before = await lockDerived(tx, recordingId, kind);
        const blob = came.state === 'made' ? await blobFor(tx, came.digest, { storeId: services.store.id, key: came.key }) : null;
        const values = {
            state: came.state,
            from_sha256: Buffer.from(content.entry.sha256, 'hex'),
            blob_id: blob?.id ?? null,
            media_type: came.state === 'made' ? derivation.mediaType : null,
            program: 'ffmpeg',
            program_version: came.state === 'programMissing' ? null : came.program.version,
            arguments: argumentsOf(derivation),
            detail: JSON.stringify(came.state === 'made' ? came.detail : {}),
            reason: came.state === 'failed' ? came.reason : null,
            made_at: tx.now,
        };
        if (before === undefined) await insertDerived(tx, { id: tx.newId(), recording_id: recordingId, kind, ...values });
        else await updateDerived(tx, before, values);
        const about = { objects: [recordingId] };
        if (came.state !== 'made') {
            const reason = came.state === 'failed' ? came.reason : 'programMissing';
            return { result: undefined, events: [{ kind: 'recording.derivationFailed', ...about, body: { kind, reason } }] };
        }
        const { sha256, sm3, size, chunkRoot } = came.digest;
        const body = bodyOf({
            kind,
            from: content.entry.sha256,
            program: `ffmpeg ${came.program.version}`,
            arguments: values.arguments,
            // Whose parameters its pictures are read by, where they are not its own.
            reference: came.detail.rebuilt?.reference?.recordingId,
            pictures: came.detail.rebuilt?.pictures,
        });
        const made = { sha256, sm3, size: String(size), chunkRoot };
        return { result: undefined, events: [{ kind: 'recording.derived', ...about, content: [made], body }] };
    });
