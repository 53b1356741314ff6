import { open, rm } from 'node:fs/promises';
import {
    DECODED_FIRST,
    type Derivation,
    type DerivedReason,
    decodingOfRebuilt,
    derivationOfRebuilt,
    frameRateMilliOf,
    type Id,
    type Inspection,
    isTimedTrack,
    type Rebuilt,
} from '@liuhen/domain';
import type { JobRun } from '../../platform/jobs.ts';
import { deriveFile, deriveLimits, type MediaProgram } from '../../platform/media/derive-file.ts';
import { type RebuildAnswer, type RebuildAsked, readStreamSets, rebuildStreams } from '../../platform/media/rebuild-file.ts';
import type { Services } from '../../platform/services.ts';
import { type Reference, referencesFor } from './rebuilding.queries.ts';

/** `copy`: made at the path that was asked for. */
export type Rebuilding =
    | { readonly came: 'copy'; readonly derivation: Derivation; readonly rebuilt: Rebuilt }
    | { readonly came: 'none'; readonly reason: DerivedReason };

type Streams = { readonly pictures: string; readonly sound: string };
type Found = Extract<RebuildAnswer, { came: 'rebuilt' }>;
type Fitting = { readonly found: Found; readonly reference: Reference | undefined };

/**
 * A copy of a recording without an index: its pictures and sound are sought in it, by its own parameters or by those of whole
 * recordings of the same recorder, then of its model, until the pictures decode.
 */
export async function rebuildCopy(
    services: Services,
    job: JobRun,
    of: { recordingId: Id; key: string; to: string; most: number; program: MediaProgram; inspection: Inspection },
): Promise<Rebuilding> {
    const { store } = services;
    const references = await services.db.read({ readOrgs: [job.orgId] }, (db) => referencesFor(db, of.recordingId));
    const streams: Streams = { pictures: `${of.to}.h264`, sound: `${of.to}.aac` };
    try {
        const fitting = await store.withLocalFile(of.key, (from) => fit(services, of.program, from, references, streams));
        if (typeof fitting === 'string') return { came: 'none', reason: fitting };
        const { found, reference } = fitting;
        const hasSound = found.sound === 'kept';
        const derivation = derivationOfRebuilt({ ...found, hasSound }, of.inspection.fileLength);
        const failed = await deriveFile(
            of.program,
            derivation,
            { from: streams.pictures, second: streams.sound, to: of.to },
            deriveLimits(derivation, of.most),
        );
        return failed === undefined
            ? { came: 'copy', derivation, rebuilt: rebuiltOf(found, reference) }
            : { came: 'none', reason: failed };
    } finally {
        for (const path of Object.values(streams)) await rm(path, { force: true });
    }
}

/** The first parameters by which pictures are found that decode. */
async function fit(
    services: Services,
    program: MediaProgram,
    from: string,
    references: readonly Reference[],
    streams: Streams,
): Promise<Fitting | DerivedReason> {
    const tried = new Set<string>();
    let last: DerivedReason = 'noReference';
    for (const reference of references.length === 0 ? [undefined] : references) {
        const asked = reference === undefined ? {} : await lent(services, reference);
        const key = JSON.stringify(asked);
        if (tried.has(key)) continue;
        tried.add(key);
        const found = await rebuildStreams(from, asked, streams);
        if (found === 'timedOut') return found;
        if (typeof found === 'string') last = found;
        else if (found.came === 'rebuilt') {
            if (await decodes(program, streams.pictures)) return { found, reference };
            // Parameters of its own that do not decode are not mended by another's.
            if (found.parameters === 'inStream') return 'unplayable';
        }
    }
    return last;
}

async function lent({ store }: Services, { key, inspection }: Reference): Promise<RebuildAsked> {
    const sets = await store.withLocalFile(key, readStreamSets);
    const rateMilli = frameRateMilliOf(inspection);
    const audio = inspection.tracks.filter(isTimedTrack).find((track) => track.kind === 'audio');
    const channels = audio?.channels === 1 || audio?.channels === 2 ? audio.channels : undefined;
    // AAC LC alone has blocks of 1024 samples and no rate hidden in them.
    const plain = audio?.codec === 'aac' && audio.codecString === 'mp4a.40.2';
    return {
        ...(sets === undefined ? {} : { sets }),
        ...(rateMilli === undefined || rateMilli < 1_000 ? {} : { rateMilli }),
        ...(audio === undefined || !plain || channels === undefined ? {} : { sound: { sampleRate: audio.sampleRate, channels } }),
    };
}

/** Wrong parameters give pictures that nobody filmed, or none: their beginning is decoded strictly, and kept nowhere. */
async function decodes(program: MediaProgram, pictures: string): Promise<boolean> {
    const nowhere = `${pictures}.none`;
    await (await open(nowhere, 'wx', 0o600)).close();
    try {
        const derivation = decodingOfRebuilt();
        return (
            (await deriveFile(program, derivation, { from: pictures, to: nowhere }, deriveLimits(derivation, 0))) === undefined
        );
    } finally {
        await rm(nowhere, { force: true });
    }
}

function rebuiltOf({ came: _, reorders: __, ...found }: Found, reference: Reference | undefined): Rebuilt {
    // Also where the parameters are its own: the rate and the coding of the sound are lent.
    const from =
        reference === undefined ? {} : { reference: { recordingId: reference.recordingId, likeness: reference.likeness } };
    return { ...found, ...from, decoded: Math.min(DECODED_FIRST, found.pictures) };
}
