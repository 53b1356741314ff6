import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
    bodyOf,
    type HeardPlace,
    hasSound,
    heardPlaces,
    type Id,
    type Inspection,
    isId,
    type ListeningState,
    newPlaces,
    SECOND,
    SOUND_BYTES_PER_MS,
    soundOf,
} from '@liuhen/domain';
import { runCommand } from '../../platform/command/command.ts';
import type { JobHandlers, JobRun } from '../../platform/jobs.ts';
import { deriveFile, deriveLimits, installedFfmpeg } from '../../platform/media/derive-file.ts';
import { listenTo, type SpeechProgram, speechProgramAt } from '../../platform/media/listen.ts';
import type { Services } from '../../platform/services.ts';
import { insertPlace, keepListening, LISTEN_TASK, placesOf } from './listening.store.ts';
import { contentOfRecording, type RecordingContent } from './recording.queries.ts';
import { lockRecording } from './recording.store.ts';
import { objectsOf } from './recording-mark.commands.ts';

export const listeningJobs = (services: Services): JobHandlers => ({ [LISTEN_TASK]: (job) => listen(services, job) });

type Came =
    | { readonly state: Exclude<ListeningState, 'asked' | 'done'> }
    | { readonly state: 'done'; readonly program: SpeechProgram; readonly places: readonly HeardPlace[] };

/** Has a recording listened to, and keeps where the words of 附件1 第8、9条 seem to be said. The original is only read. */
async function listen(services: Services, job: JobRun): Promise<void> {
    const { recordingId } = job.data;
    if (!isId(recordingId)) throw new TypeError('the job names no recording');
    const content = await services.db.read({ readOrgs: [job.orgId] }, (db) => contentOfRecording(db, recordingId));
    // What is damaged or in quarantine is played to nobody, a program among them.
    if (content === undefined || (content.state !== 'registered' && content.state !== 'sealed')) return;
    const { inspection } = content;
    if (inspection === null) return;
    const came = hasSound(inspection) ? await hear(services, content, inspection) : ({ state: 'noSound' } as const);
    await keep(services, job, { recordingId, content }, came);
}

async function hear(services: Services, content: RecordingContent, inspection: Inspection): Promise<Came> {
    const { config, store } = services;
    const program = config.speechProgram === undefined ? undefined : await speechProgramAt(config.speechProgram);
    const ffmpeg = await installedFfmpeg();
    if (program === undefined || ffmpeg === undefined) return { state: 'programMissing' };
    const lengthMs = inspection.durationMs ?? 0;
    const most = (lengthMs + 60 * SECOND) * SOUND_BYTES_PER_MS;
    await store.assertWritable();
    const reservation = await store.reserve(BigInt(most));
    const sound = join(store.stagingFolder, `sound-${services.clock.newId()}.wav`);
    try {
        await (await open(sound, 'wx', 0o600)).close();
        const derivation = { ...soundOf(inspection), mediaType: 'video/mp4' as const, detail: {} };
        const limits = deriveLimits(derivation, most);
        const failed = await store.withLocalFile(content.key, (from) =>
            deriveFile(ffmpeg, derivation, { from, to: sound }, limits),
        );
        if (failed !== undefined) return { state: 'failed' };
        // Ten times as long as it is said, on an old machine with nothing else to do.
        const wallMs = 600 * SECOND + lengthMs * 10;
        const cues = await listenTo(program, sound, { wallMs, cpuSeconds: Math.ceil(wallMs / 250) });
        // A place beyond the end of the file is no place of it.
        const inside = cues?.filter((each) => each.startMs <= lengthMs);
        return inside === undefined ? { state: 'failed' } : { state: 'done', program, places: heardPlaces(inside) };
    } finally {
        reservation.release();
        await rm(sound, { force: true });
    }
}

type Heard = { readonly recordingId: Id; readonly content: RecordingContent };

const keep = (services: Services, job: JobRun, { recordingId, content }: Heard, came: Came): Promise<void> =>
    runCommand(services.commands, job.command, 'recording.keepHeard', async (tx) => {
        const recording = await lockRecording(tx, recordingId);
        if (recording === undefined) throw new Error('the recording is gone');
        const program = came.state === 'done' ? came.program.name : null;
        const from = came.state === 'done' ? Buffer.from(content.entry.sha256, 'hex') : null;
        await keepListening(tx, recordingId, { state: came.state, program, from_sha256: from, at: tx.now });
        const kept = (await placesOf(tx, recordingId)).map((each) => ({ kind: each.kind, mediaMs: each.media_ms }));
        const places = came.state === 'done' ? newPlaces(came.places, kept) : [];
        const made: Id[] = [];
        for (const { kind, mediaMs, words } of places) {
            const row = { id: tx.newId(), recording_id: recordingId, kind, media_ms: mediaMs, words, state: 'waiting' as const };
            made.push((await insertPlace(tx, row)).id);
        }
        const body = bodyOf({
            state: came.state,
            program: program ?? undefined,
            from: came.state === 'done' ? content.entry.sha256 : undefined,
            places: places.map(({ kind, mediaMs }) => ({ kind, mediaMs })),
        });
        const event = { kind: 'recording.listened' as const, creates: made, objects: objectsOf(recording), body };
        return { result: undefined, events: [event] };
    });
