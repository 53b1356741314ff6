import { RequestError } from '@liuhen/contract';
import { client } from '../../app/client.ts';
import { newCommandId, outcomeUnknown } from '../../app/command-id.ts';
import { refreshAll } from '../../app/query.ts';
import { keepDraft } from './draft-store.ts';
import { type Attempt, changeOffline, dropOffline, type OfflineDraft, offlineDraft, offlineDraftsOf } from './offline-draft.ts';

type Told = () => void;
const listeners = new Set<Told>();

/** Tells whoever shows unsent documents that there are others now. */
export const offlineChanged = (): void => {
    for (const tell of listeners) tell();
};
export const onOfflineChange = (tell: Told): (() => void) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
};

let sending: Promise<readonly string[]> | undefined;

/** Sends what waits on this device, one after the other, once at a time. Gives the ids that arrived. */
export function sendOffline(personId: string): Promise<readonly string[]> {
    sending ??= sendAll(personId).finally(() => {
        sending = undefined;
    });
    return sending;
}

async function sendAll(personId: string): Promise<readonly string[]> {
    const arrived: string[] = [];
    for (const draft of await offlineDraftsOf(personId)) {
        if (draft.refused !== null) continue;
        try {
            await sendOne(draft);
            arrived.push(draft.id);
        } catch (error) {
            // Without an answer the next round asks again with the same words; a refusal waits for a person.
            if (outcomeUnknown(error) || !(error instanceof RequestError)) break;
            if (error.status === 401) break;
            await changeOffline(draft.id, { attempt: null, refused: { code: error.code, params: error.params } });
        }
    }
    offlineChanged();
    if (arrived.length > 0) void refreshAll();
    return arrived;
}

async function sendOne(draft: OfflineDraft): Promise<void> {
    const { id, type, links, madeAt, number } = draft;
    const attempt = draft.attempt ?? { createId: newCommandId(), numberId: newCommandId(), ...writtenOf(draft) };
    if (draft.attempt === null) await changeOffline(id, { attempt });
    const created = await client.call(
        'document.create',
        {
            body: { id, type, ...links, madeAt, ...writtenOf(attempt) },
        },
        { commandId: attempt.createId },
    );
    if (number !== null) await bindNumber(id, created.version, number, attempt.numberId);
    await sendRest(draft, attempt, created.revision);
    await dropOffline(id);
}

/** What was written while the answers were on their way, until nothing new came. */
async function sendRest({ id, personId }: OfflineDraft, attempt: Attempt, created: number): Promise<void> {
    let revision = created;
    let sent = JSON.stringify(writtenOf(attempt));
    for (;;) {
        const latest = await offlineDraft(id);
        if (latest === undefined) return;
        const written = writtenOf(latest);
        if (JSON.stringify(written) === sent) return;
        const answer = await client.call('document.save', { params: { id }, body: { revision, ...written } });
        if (answer.outcome === 'conflict') {
            // Somebody was faster: the page of the document offers what was written here.
            await keepDraft({ id, personId, revision: answer.theirs.revision, ...written, keptAt: latest.keptAt });
            return;
        }
        revision = answer.revision;
        sent = JSON.stringify(written);
    }
}

const writtenOf = ({ content, startedAt, endedAt }: Pick<Attempt, 'content' | 'startedAt' | 'endedAt'>) => ({
    content,
    startedAt,
    endedAt,
});

/** A number that cannot be bound any more keeps nothing from arriving: the document is there and is numbered by hand. */
async function bindNumber(
    id: string,
    version: number,
    { blockId, place, text }: NonNullable<OfflineDraft['number']>,
    commandId: string,
): Promise<void> {
    try {
        await client.call('document.number', { params: { id }, body: { reserved: { blockId, place }, version } }, { commandId });
    } catch (error) {
        if (outcomeUnknown(error)) throw error;
        unbound.set(id, text);
    }
}

/** Numbers of arrived documents that were given back or used elsewhere meanwhile; the page of the document says so once. */
const unbound = new Map<string, string>();
export const unboundNumber = (id: string): string | undefined => unbound.get(id);
