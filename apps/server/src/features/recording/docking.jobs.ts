import { bodyOf, type DockQuestion, type DomainEvent, type Id, isId } from '@liuhen/domain';
import { runCommand } from '../../platform/command/command.ts';
import { derivedId } from '../../platform/derived-id.ts';
import type { JobHandlers, JobRun } from '../../platform/jobs.ts';
import type { Services } from '../../platform/services.ts';
import { firstDifference } from '../../platform/storage/first-difference.ts';
import { RELEASED_AT_ONCE, releaseItems } from './docking.commands.ts';
import { itemsAsking } from './docking.queries.ts';
import { contentOfRecording } from './recording.queries.ts';
import { lockRecording, markCopy } from './recording.store.ts';

export const dockingJobs = (services: Services): JobHandlers => ({
    'dock.verifyCopy': (job) => verifyCopy(services, job),
    'dock.release': (job) => release(services, job),
});

/**
 * Reads back what is stored of a file that waits in quarantine: its recorder needs the receipt as much as any other's. Bytes
 * that differ get none; the file stays on its recorder, and is sent again from there.
 */
async function verifyCopy(services: Services, job: JobRun): Promise<void> {
    const id = job.data.recordingId;
    if (!isId(id)) throw new TypeError('the job names no recording');
    const content = await services.db.read({ readOrgs: [job.orgId] }, (db) => contentOfRecording(db, id));
    if (content === undefined || content.state !== 'quarantined') return;
    if ((await firstDifference(services, content.key, content.chunkDigests)) !== undefined) return;
    await runCommand(services.commands, job.command, 'dock.verifyCopy', async (tx) => {
        const recording = await lockRecording(tx, id);
        if (recording === undefined) throw new Error('the recording is gone');
        await markCopy(tx, recording.blob_id, 'verified');
        return {
            result: null,
            events: [{ kind: 'recording.copyVerified', objects: [id], content: [content.entry], body: {} }],
        };
    });
}

/** A number was settled: what waited for it is released, a few recordings to an entry; repeated until none waits. */
async function release(services: Services, job: JobRun): Promise<void> {
    const aliasId = job.data.aliasId;
    if (!isId(aliasId)) throw new TypeError('the job names no settlement');
    for (let round = 0; ; round += 1) {
        const next = await services.db.read({ readOrgs: [job.orgId] }, async (db) => {
            const alias = await db.selectFrom('dock_alias').selectAll().where('id', '=', aliasId).executeTakeFirst();
            if (alias === undefined || alias.ended_at !== null) return undefined;
            const question = alias.kind as DockQuestion;
            const items = await itemsAsking(db, job.orgId, question, alias.text, RELEASED_AT_ONCE);
            return items.length === 0 ? undefined : { question, items, deviceId: alias.device_id };
        });
        if (next === undefined) return;
        // Named by what it releases: a run that was cut off goes on with what is left.
        const context = { ...job.command, commandId: derivedId('dockRelease', aliasId, next.items[0]?.id ?? '') };
        await runCommand(services.commands, context, 'dock.release', async (tx) => {
            const done = await releaseItems(tx, next.question, next.items, next.deviceId);
            const objects = [aliasId, ...done.map((each): Id => each.id)];
            const body = bodyOf({ released: done.filter((each) => each.released).length });
            const event: DomainEvent = { kind: 'recording.releasedFromQuarantine', objects, body };
            return { result: null, events: [event] };
        });
        if (round > 10_000) throw new Error('releasing does not end');
    }
}
