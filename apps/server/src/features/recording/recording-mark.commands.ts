import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    bodyOf,
    DomainError,
    type Duration,
    decide,
    decideMark,
    decideMarkWithdrawal,
    type Id,
    type Inspection,
    momentAt,
    type RecordingMarkKind,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Session } from '../../platform/http/session.ts';
import type { Services } from '../../platform/services.ts';
import { refuseUnlessActVisible } from '../act/act-visibility.queries.ts';
import { refuseUnlessPlayable } from './recording.commands.ts';
import { concernedBy } from './recording.queries.ts';
import { lockRecording } from './recording.store.ts';
import { stretchesOf } from './recording-mark.queries.ts';
import { insertMark, lockMark, updateMark } from './recording-mark.store.ts';

type Marked = NonNullable<Awaited<ReturnType<typeof lockRecording>>>;

/** Who may play a recording may say what they saw in it, and nobody else (附件1 第12、19条). */
export async function resourceFor(tx: Tx, recording: Marked, session: Session) {
    await refuseUnlessActVisible(tx.read, recording.act_id, session.subject.personId);
    const concerned = await concernedBy(tx.read, recording.id);
    const { id, org_id: organisationId, state } = recording;
    return { kind: 'recording' as const, id, organisationId, state, concerned };
}

export const objectsOf = (recording: Marked): Id[] => [recording.id, ...(recording.act_id === null ? [] : [recording.act_id])];

/** Marks a moment. The original is not touched; the times are worked out here from the place in the file. */
export const markMoment = (
    services: Services,
    context: CommandContext,
    session: Session,
    id: Id,
    { kind, mediaMs, words }: BodyOf<Endpoints['recording.mark']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'recording.mark', async (tx) => {
        const recording = await lockRecording(tx, id);
        if (recording === undefined) throw new DomainError('recording.notFound');
        refuseUnlessPlayable(session, await resourceFor(tx, recording, session), tx.now);
        const { id: made, event } = await markIn(tx, recording, { kind, mediaMs, words: words ?? null });
        return { result: { id: made }, events: [event] };
    });

type Mark = { readonly kind: RecordingMarkKind; readonly mediaMs: Duration; readonly words: string | null };

/** The mark of whoever acts now, and the entry that says so. */
export async function markIn(tx: Tx, recording: Marked, mark: Mark, more: Parameters<typeof bodyOf>[0] = {}) {
    const inspection = recording.inspection as Inspection | null;
    decideMark(mark, { state: recording.state, durationMs: inspection?.durationMs ?? null });
    const stretches = (await stretchesOf(tx.read, [recording.id])).get(recording.id) ?? [];
    const { device, corrected } = momentAt(mark.mediaMs, stretches);
    const { id } = await insertMark(tx, {
        id: tx.newId(),
        recording_id: recording.id,
        kind: mark.kind,
        media_ms: mark.mediaMs,
        device_at: device,
        corrected_at: corrected?.at ?? null,
        corrected_lower: corrected?.lower ?? null,
        corrected_upper: corrected?.upper ?? null,
        words: mark.words,
        made_by: tx.actor,
        made_at: tx.now,
    });
    const body = bodyOf({ ...mark, ...more, deviceAt: device, corrected });
    return { id, event: { kind: 'recording.momentMarked' as const, creates: [id], objects: objectsOf(recording), body } };
}

/** Takes a mark back: an entry of its own, the mark stays readable. */
export const withdrawMark = (services: Services, context: CommandContext, session: Session, id: Id, reason: string) =>
    runCommand(services.commands, context, 'recording.withdrawMark', async (tx) => {
        const mark = await lockMark(tx, id);
        const recording = mark === undefined ? undefined : await lockRecording(tx, mark.recording_id);
        if (mark === undefined || recording === undefined) throw new DomainError('recording.markNotFound');
        const resource = await resourceFor(tx, recording, session);
        // A recording that became damaged must not keep a wrong mark: its state does not matter here.
        const { allow } = decide(session.subject, 'recording.play', { ...resource, state: 'sealed' }, [], tx.now);
        if (!allow) throw new DomainError('access.denied');
        decideMarkWithdrawal({ madeBy: mark.made_by, withdrawnAt: mark.withdrawn_at }, session.subject);
        await updateMark(tx, mark, { withdrawn_by: tx.actor, withdrawn_at: tx.now, withdrawn_why: reason });
        const body = { kind: mark.kind, mediaMs: mark.media_ms, reason };
        return { result: {}, events: [{ kind: 'recording.markWithdrawn', objects: [id, ...objectsOf(recording)], body }] };
    });
