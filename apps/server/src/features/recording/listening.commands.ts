import type { BodyOf, Endpoints } from '@liuhen/contract';
import { bodyOf, DomainError, decideHeard, decideListening, type Id, type Inspection } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Session } from '../../platform/http/session.ts';
import type { Services } from '../../platform/services.ts';
import { refuseUnlessActVisible } from '../act/act-visibility.queries.ts';
import { hasViewed } from './listening.queries.ts';
import { keepListening, listenLater, lockListening, lockPlace, updatePlace } from './listening.store.ts';
import { refuseUnlessPlayable } from './recording.commands.ts';
import { lockRecording } from './recording.store.ts';
import { markIn, objectsOf, resourceFor } from './recording-mark.commands.ts';

/** Asks the program for speech recognition to listen to a recording: for an older one, or once more. */
export const askToListen = (services: Services, context: CommandContext, id: Id) =>
    runCommand(services.commands, context, 'recording.listen', async (tx) => {
        if (services.config.speechProgram === undefined) throw new DomainError('recording.noSpeechProgram');
        const recording = await lockRecording(tx, id);
        if (recording === undefined) throw new DomainError('recording.notFound');
        await refuseUnlessActVisible(tx.read, recording.act_id, tx.actor);
        const { state, inspection } = recording;
        const before = await lockListening(tx, id);
        decideListening({ state, inspection: inspection as Inspection | null }, before?.state);
        await keepListening(tx, id, { state: 'asked', at: tx.now });
        listenLater(tx, id, 0);
        return { result: {}, events: [{ kind: 'recording.listeningAsked', objects: [id], body: {} }] };
    });

/** Somebody has listened: it is the words, which becomes their mark, or it is not. The moment may be set right. */
export const decideOnHeard = (
    services: Services,
    context: CommandContext,
    session: Session,
    id: Id,
    decision: BodyOf<Endpoints['recording.decideHeard']>,
) =>
    runCommand(services.commands, context, 'recording.decideHeard', async (tx) => {
        const place = await lockPlace(tx, id);
        const recording = place === undefined ? undefined : await lockRecording(tx, place.recording_id);
        if (place === undefined || recording === undefined) throw new DomainError('recording.heardNotFound');
        refuseUnlessPlayable(session, await resourceFor(tx, recording, session), tx.now);
        decideHeard(place.state, { viewed: await hasViewed(tx.read, recording.id, tx.actor) });
        const decided = { decided_by: tx.actor, decided_at: tx.now };
        if (decision.as === 'rejected') {
            await updatePlace(tx, place, { state: 'rejected', ...decided });
            const body = bodyOf({ kind: place.kind, mediaMs: place.media_ms });
            return { result: {}, events: [{ kind: 'recording.heardRejected', objects: [id, ...objectsOf(recording)], body }] };
        }
        const mediaMs = decision.mediaMs ?? place.media_ms;
        const { id: markId, event } = await markIn(tx, recording, { kind: place.kind, mediaMs, words: null }, { heard: id });
        await updatePlace(tx, place, { state: 'confirmed', mark_id: markId, ...decided });
        return { result: {}, events: [{ ...event, objects: [id, ...event.objects] }] };
    });
