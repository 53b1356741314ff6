import type { DocumentContent, DocumentType } from '@liuhen/domain';
import { withinStore } from '../../app/offline/device-store.ts';
import type { DocumentLinks } from './document-links.ts';
import type { ReservedNumber } from './reserved-numbers.ts';

/** A document that was begun where there was no network, whole: the server does not know it yet. */
export type OfflineDraft = {
    /** The id it will have on the server, too. */
    readonly id: string;
    readonly personId: string;
    readonly type: DocumentType;
    readonly links: DocumentLinks;
    /** Of the party it is for, as this page knew it. */
    readonly about: string;
    readonly content: DocumentContent;
    readonly startedAt: number | null;
    readonly endedAt: number | null;
    readonly madeAt: number;
    readonly keptAt: number;
    /** Taken from a block that this terminal took along. */
    readonly number: ReservedNumber | null;
    /** What was sent and under which commands: an answer that did not come is asked for once more, word by word. */
    readonly attempt: Attempt | null;
    /** The server has it since then; what is left to send is its number and what was written meanwhile. */
    readonly created?: Created;
    /** Why the server did not take it; it stays here until somebody has looked at it. */
    readonly refused: { readonly code: string; readonly params: Readonly<Record<string, string | number>> } | null;
};

/** What the server answered to its creation, and whether its number is bound. */
export type Created = { readonly version: number; readonly revision: number; readonly numbered: boolean };

export type Attempt = {
    readonly createId: string;
    readonly numberId: string;
    /** When it was begun, as the server is told. */
    readonly madeAt: number;
    readonly content: DocumentContent;
    readonly startedAt: number | null;
    readonly endedAt: number | null;
};

const STORE = 'offlineDrafts';

export const keepOffline = (draft: OfflineDraft): Promise<unknown> =>
    withinStore(STORE, 'readwrite', (store) => store.put(draft));
export const dropOffline = (id: string): Promise<unknown> => withinStore(STORE, 'readwrite', (store) => store.delete(id));
export const offlineDraft = async (id: string): Promise<OfflineDraft | undefined> =>
    (await withinStore(STORE, 'readonly', (store) => store.get(id))) as OfflineDraft | undefined;

/**
 * Changes some members of what is kept, whatever others changed meanwhile: a page writes while the outbox notes what it sent.
 * Gives whether it is still here; it is gone once it has arrived.
 */
export async function changeOffline(id: string, patch: Partial<OfflineDraft>): Promise<boolean> {
    const found = await withinStore(STORE, 'readwrite', (store) => {
        const reading = store.get(id) as IDBRequest<OfflineDraft | undefined>;
        reading.addEventListener('success', () => {
            if (reading.result !== undefined) store.put({ ...reading.result, ...patch });
        });
        return reading;
    });
    return found !== undefined;
}

/** Those of one person, the oldest first; another person at the same device neither sees nor sends them. */
export async function offlineDraftsOf(personId: string): Promise<readonly OfflineDraft[]> {
    const all = (await withinStore(STORE, 'readonly', (store) => store.getAll())) as OfflineDraft[];
    return all.filter((each) => each.personId === personId).toSorted((a, b) => a.madeAt - b.madeAt);
}
