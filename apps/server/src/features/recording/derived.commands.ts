import {
    askableKinds,
    bodyOf,
    type DerivedKind,
    DomainError,
    decide,
    HOUR,
    type Id,
    type Inspection,
    isId,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Session } from '../../platform/http/session.ts';
import type { Services } from '../../platform/services.ts';
import { refuseUnlessActVisible } from '../act/act-visibility.queries.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';
import { type DerivedContent, derivedContents } from './derived.queries.ts';
import { deriveLater, insertLook, lockDerived, updateDerived } from './derived.store.ts';
import { concernedBy } from './recording.queries.ts';
import { lockRecording } from './recording.store.ts';

/** A look at pictures lasts as long as a page is worked on. */
const LOOK_MS = HOUR;

/** Asks for an item again, or for one that is not made by itself. */
export const askForDerived = (services: Services, context: CommandContext, id: Id, kind: DerivedKind) =>
    runCommand(services.commands, context, 'recording.askForDerived', async (tx) => {
        const recording = await lockRecording(tx, id);
        if (recording === undefined) throw new DomainError('recording.notFound');
        await refuseUnlessActVisible(tx.read, recording.act_id, tx.actor);
        const inspection = recording.inspection as Inspection | null;
        if (inspection === null || !askableKinds(inspection).includes(kind)) throw new DomainError('recording.notDerivable');
        if (recording.state === 'damaged') throw new DomainError('recording.damaged');
        if (recording.state === 'quarantined') throw new DomainError('recording.quarantined');
        deriveLater(tx, id, kind, 0);
        return { result: {}, events: [{ kind: 'recording.derivationAsked', objects: [id], body: { kind } }] };
    });

/**
 * Registers that somebody looks at the pictures of recordings (附件1 第19条): one entry for a page of them, before a picture has an
 * address. Participants see those of their own acts where the organisation has said so; what may not be seen is left out and counted.
 */
export const openPictures = (
    services: Services,
    context: CommandContext,
    session: Session,
    ids: readonly Id[],
    purpose: string,
) =>
    runCommand(services.commands, context, 'recording.openPictures', async (tx) => {
        const { value: ownSeen } = await parameterAt(tx.read, tx.orgId, 'recording.participantsSeePictures', tx.now);
        const allowed: Id[] = [];
        for (const id of new Set(ids.filter(isId))) {
            const recording = await tx.db
                .selectFrom('recording')
                .select(['org_id', 'state', 'act_id'])
                .where('id', '=', id)
                .where('org_id', '=', tx.orgId)
                .executeTakeFirst();
            if (recording === undefined) continue;
            const visible = await refuseUnlessActVisible(tx.read, recording.act_id, tx.actor).then(
                () => true,
                (error: unknown) => {
                    if (error instanceof DomainError) return false;
                    throw error;
                },
            );
            if (!visible) continue;
            const resource = {
                kind: 'recording' as const,
                id,
                organisationId: recording.org_id,
                state: recording.state,
                concerned: await concernedBy(tx.read, id),
            };
            const { allow, reasons } = decide(session.subject, 'recording.play', resource, [], tx.now);
            if (allow && (ownSeen === true || !reasons.includes('access.concerned'))) allowed.push(id);
        }
        const made = await derivedContents(tx.read, allowed, ['thumbnail', 'storyboard']);
        const until = tx.now + LOOK_MS;
        const look = await insertLook(tx, {
            id: tx.newId(),
            person_id: session.subject.personId,
            recording_ids: allowed,
            purpose,
            opened_at: tx.now,
            until,
        });
        const address = (id: Id, kind: DerivedKind) => `/api/recordings/${id}/derived/${kind}?look=${look.id}`;
        const pictures = allowed.map((id) => {
            const own = made.filter((each) => each.recordingId === id);
            const board = own.find((each) => each.kind === 'storyboard');
            const { columns, rows, everyMs } = board?.detail ?? {};
            return {
                recordingId: id,
                thumbnail: own.some((each) => each.kind === 'thumbnail') ? address(id, 'thumbnail') : null,
                storyboard:
                    columns === undefined || rows === undefined || everyMs === undefined
                        ? null
                        : { url: address(id, 'storyboard'), columns, rows, everyMs },
            };
        });
        return {
            result: { until, pictures, withheld: ids.length - allowed.length },
            events: [
                {
                    kind: 'recording.picturesOpened',
                    creates: [look.id],
                    objects: allowed,
                    body: bodyOf({ purpose, count: allowed.length, withheld: ids.length - allowed.length }),
                },
            ],
        };
    });

/** Its bytes are no longer what they were: it is not shown again, and asked for anew. */
export const remakeDamaged = (services: Services, context: CommandContext, item: DerivedContent, chunk: number): Promise<void> =>
    runCommand(services.commands, context, 'recording.remakeDerived', async (tx) => {
        const { recordingId, kind } = item;
        const found = await lockDerived(tx, recordingId, kind);
        if (found === undefined) throw new DomainError('recording.derivedNotFound');
        if (found.state === 'made')
            await updateDerived(tx, found, { state: 'failed', reason: 'damaged', blob_id: null, media_type: null, detail: '{}' });
        deriveLater(tx, recordingId, kind, 0);
        const body = { kind, reason: 'damaged', chunk };
        return { result: undefined, events: [{ kind: 'recording.derivationFailed', objects: [recordingId], body }] };
    });
