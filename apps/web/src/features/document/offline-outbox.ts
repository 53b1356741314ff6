import { RequestError } from '@liuhen/contract';
import { client, knock } from '../../app/client.ts';
import { newCommandId, outcomeUnknown } from '../../app/command-id.ts';
import { clockAhead } from '../../app/offline/contact.ts';
import { queryClient, refreshAll } from '../../app/query.ts';
import { sessionQuery } from '../../app/session.ts';
import { keepDraft } from './draft-store.ts';
import {
    type Attempt,
    type Created,
    changeOffline,
    dropOffline,
    type OfflineDraft,
    offlineDraft,
    offlineDraftsOf,
} from './offline-draft.ts';
import { sendPhotos } from './photo-outbox.ts';
import { photosOf } from './photo-store.ts';

type Told = () => void;
const listeners = new Set<Told>();
const tellHere = (): void => {
    for (const tell of listeners) tell();
};
/** The other pages of this device show and send the same documents: what one of them sent is gone for all. */
const otherPages = new BroadcastChannel('liuhen.offline');
otherPages.addEventListener('message', tellHere);

/** Tells whoever shows unsent documents, on whatever page of this device, that there are others now. */
export const offlineChanged = (): void => {
    tellHere();
    otherPages.postMessage(null);
};
export const onOfflineChange = (tell: Told): (() => void) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
};

let sending: Promise<readonly string[]> | undefined;

/** Sends what waits on this device, one after the other, once at a time. Gives the ids of the documents that arrived. */
export function sendOffline(personId: string): Promise<readonly string[]> {
    sending ??= sendAll(personId).finally(() => {
        sending = undefined;
    });
    return sending;
}

async function sendAll(personId: string): Promise<readonly string[]> {
    const arrived: string[] = [];
    let photos = 0;
    if ((await offlineDraftsOf(personId)).length + (await photosOf(personId)).length === 0) {
        // A page that still shows something waiting slept while another one sent it.
        tellHere();
        return arrived;
    }
    // Tells whether the server is there, and how far the clock of this device is off, before anything is dated by it.
    await knock();
    try {
        await sendDocuments(personId, arrived);
        photos = await sendPhotos(personId);
    } catch (error) {
        // Without an answer the next round asks again with the same words. Nothing goes out without a sign-in either.
        if (error instanceof RequestError && error.status === 401) void askWhoIsSignedIn();
    }
    offlineChanged();
    if (arrived.length > 0 || photos > 0) void refreshAll();
    return arrived;
}

/** Documents first: they are small, and the photos are named in them. */
async function sendDocuments(personId: string, arrived: string[]): Promise<void> {
    for (const draft of await offlineDraftsOf(personId)) {
        if (draft.refused !== null) continue;
        try {
            await sendOne(draft);
            arrived.push(draft.id);
        } catch (error) {
            if (outcomeUnknown(error) || !(error instanceof RequestError) || error.status === 401) throw error;
            // A refusal waits for a person; the others go on.
            await changeOffline(draft.id, { attempt: null, refused: { code: error.code, params: error.params } });
        }
    }
}

async function sendOne(draft: OfflineDraft): Promise<void> {
    const { id, number } = draft;
    // After a refusal the attempt is a new one; what the server has by then is not created again.
    const attempt = draft.attempt ?? {
        createId: newCommandId(),
        numberId: newCommandId(),
        madeAt: madeBy(draft),
        ...writtenOf(draft),
    };
    if (draft.attempt === null) await changeOffline(id, { attempt });
    const created = draft.created ?? (await create(draft, attempt));
    if (number !== null && !created.numbered) {
        await bindNumber(id, created.version, number, attempt.numberId);
        await changeOffline(id, { created: { ...created, numbered: true } });
    }
    await sendRest(draft, created.revision, draft.created === undefined ? attempt : draft.attempt);
    await dropOffline(id);
}

async function create({ id, type, links }: OfflineDraft, attempt: Attempt): Promise<Created> {
    const body = { id, type, ...links, madeAt: attempt.madeAt, ...writtenOf(attempt) };
    const { version, revision } = await client.call('document.create', { body }, { commandId: attempt.createId });
    const created = { version, revision, numbered: false };
    await changeOffline(id, { created });
    return created;
}

/** When it was begun; where the clock of the device runs ahead, not later than now. */
const madeBy = ({ madeAt }: OfflineDraft): number => Math.min(madeAt, Date.now() - Math.max(0, clockAhead()));

/** What was written since `before` was sent, until nothing new came. */
async function sendRest({ id, personId }: OfflineDraft, on: number, before: Attempt | null): Promise<void> {
    let revision = on;
    let sent = before === null ? '' : JSON.stringify(writtenOf(before));
    for (;;) {
        const latest = await offlineDraft(id);
        if (latest === undefined) return;
        const written = writtenOf(latest);
        if (JSON.stringify(written) === sent) return;
        const answer = await client.call('document.save', { params: { id }, body: { revision, ...written } });
        if (answer.outcome === 'conflict') {
            // Somebody was faster: the page of the document offers what was written here.
            await keepDraft({ id, personId, revision, ...written, keptAt: latest.keptAt });
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

/** The sign-in ended while there was no network: asking says so to the page, which leads to the sign-in and back. */
const askWhoIsSignedIn = () => queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });

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
