import {
    bodyOf,
    DomainError,
    decide,
    decideFiling,
    type Grant,
    HOUR,
    type Id,
    type Inspection,
    playedRanges,
    type Resource,
    shownAs,
    VIEWING_HOURS,
} from '@liuhen/domain';
import type { CommandContext } from '../../platform/command/command.ts';
import { runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Session } from '../../platform/http/session.ts';
import type { Services } from '../../platform/services.ts';
import { refuseUnlessActVisible } from '../act/act-visibility.queries.ts';
import { derivedOf, madeOf } from './derived.queries.ts';
import { answerProposal, undoProposal } from './filing.store.ts';
import { concernedBy, participantsOf } from './recording.queries.ts';
import { closeViewing, insertViewing, lockRecording, updateRecording } from './recording.store.ts';

export async function found(tx: Tx, id: Id) {
    const recording = await lockRecording(tx, id);
    if (recording === undefined) throw new DomainError('recording.notFound');
    return recording;
}

/** Files a recording under an act, as that of one of its participants. */
export const fileRecording = (
    services: Services,
    context: CommandContext,
    id: Id,
    into: { actId: Id; personId?: Id | undefined },
) =>
    runCommand(services.commands, context, 'recording.file', async (tx) => {
        const recording = await found(tx, id);
        const act = await tx.db
            .selectFrom('act')
            .select(['id', 'state'])
            .where('id', '=', into.actId)
            .where('org_id', '=', tx.orgId)
            .forShare()
            .executeTakeFirst();
        if (act === undefined) throw new DomainError('act.notFound');
        await refuseUnlessActVisible(tx.read, act.id, tx.actor);
        const participants = await participantsOf(tx.read, act.id);
        const { personId } = decideFiling(
            { actId: recording.act_id, state: recording.state, personId: recording.person_id },
            { ...act, participants },
            into.personId,
        );
        await updateRecording(tx, recording, { act_id: act.id, person_id: personId });
        await answerProposal(tx, id, act.id);
        return { result: {}, events: [{ kind: 'recording.filed', objects: [id, act.id], body: bodyOf({ personId }) }] };
    });

/** Undoes a filing; the reason is kept. */
export const unfileRecording = (services: Services, context: CommandContext, id: Id, reason: string) =>
    runCommand(services.commands, context, 'recording.unfile', async (tx) => {
        const recording = await found(tx, id);
        if (recording.act_id === null) throw new DomainError('recording.notFiled');
        await updateRecording(tx, recording, { act_id: null });
        await undoProposal(tx, id);
        return { result: {}, events: [{ kind: 'recording.unfiled', objects: [id, recording.act_id], body: { reason } }] };
    });

/**
 * Registers a viewing (附件1 第19条). The entry is committed before anybody can ask for a byte: the content route serves
 * only what an open viewing names.
 */
export const openViewing = (services: Services, context: CommandContext, session: Session, id: Id, purpose: string) =>
    runCommand(services.commands, context, 'recording.openViewing', async (tx) => {
        const recording = await found(tx, id);
        await refuseUnlessActVisible(tx.read, recording.act_id, session.subject.personId);
        const concerned = await concernedBy(tx.read, id);
        refuseUnlessPlayable(
            session,
            { kind: 'recording', id, organisationId: recording.org_id, state: recording.state, concerned },
            tx.now,
        );
        const { result, event } = await registerViewing(tx, recording, { purpose });
        return { result, events: [event] };
    });

/** Registers that the actor looks at a recording, in words of their own or for a review sheet, and says under which address it is served. */
export async function registerViewing(
    tx: Tx,
    recording: Awaited<ReturnType<typeof found>>,
    { purpose, sheetId }: { readonly purpose: string; readonly sheetId?: Id },
) {
    const { id } = recording;
    const until = tx.now + VIEWING_HOURS * HOUR;
    const made = madeOf((await derivedOf(tx.read, [id])).get(id));
    // Nothing to show yet: the viewing is of the original, and the player says that it does not play.
    const shown = shownAs(recording.inspection as Inspection | null, made) ?? 'original';
    const viewing = await insertViewing(tx, {
        ...{ id: tx.newId(), recording_id: id, person_id: tx.actor, purpose, opened_at: tx.now, until },
        sheet_id: sheetId ?? null,
    });
    const contentUrl = `/api/recordings/${id}/${shown === 'original' ? 'content' : `derived/${shown}`}?viewing=${viewing.id}`;
    return {
        result: { viewingId: viewing.id, contentUrl, shown, until },
        event: {
            kind: 'recording.viewingOpened' as const,
            creates: [viewing.id],
            objects: [id, ...(recording.act_id === null ? [] : [recording.act_id])],
            body: bodyOf({ purpose, shown: shown === 'original' ? undefined : shown, sheetId }),
        },
    };
}

/** Throws the reason in the catalogue's words. */
export function refuseUnlessPlayable(
    session: Session,
    resource: Extract<Resource, { kind: 'recording' }>,
    now: number,
    grants: readonly Grant[] = [],
): void {
    const decision = decide(session.subject, 'recording.play', resource, grants, now);
    if (decision.allow) return;
    if (decision.reasons.includes('access.damaged')) throw new DomainError('recording.damaged');
    if (decision.reasons.includes('access.quarantined')) throw new DomainError('recording.quarantined');
    throw new DomainError('access.denied');
}

/** Ends a viewing with what was really played: one entry for the whole of it, not one per second. */
export const endViewing = (
    services: Services,
    context: CommandContext,
    by: { viewingId: Id; personId: Id | undefined },
    {
        played,
        leftOut,
    }: { played: readonly { startMs: number; endMs: number }[]; leftOut?: { ranges: number; ms: number } | undefined },
) =>
    runCommand(services.commands, context, 'recording.closeViewing', async (tx) => {
        const viewing = await tx.db
            .selectFrom('viewing')
            .selectAll()
            .where('id', '=', by.viewingId)
            .where('org_id', '=', tx.orgId)
            .forUpdate()
            .executeTakeFirst();
        const own = by.personId === undefined || viewing?.person_id === by.personId;
        if (viewing === undefined || viewing.closed_at !== null || !own) throw new DomainError('viewing.notFound');
        const recording = await tx.db
            .selectFrom('recording')
            .select(['inspection', 'act_id'])
            .where('id', '=', viewing.recording_id)
            .executeTakeFirstOrThrow();
        const ranges = playedRanges(played, (recording.inspection as Inspection | null)?.durationMs ?? null);
        await closeViewing(tx, viewing, { closed_at: tx.now, played: JSON.stringify(ranges) });
        const objects = [viewing.id, viewing.recording_id, ...(recording.act_id === null ? [] : [recording.act_id])];
        return {
            result: {},
            events: [
                {
                    kind: 'recording.viewingClosed',
                    objects,
                    body: bodyOf({ played: ranges, leftOut, abandoned: by.personId === undefined }),
                },
            ],
        };
    });
