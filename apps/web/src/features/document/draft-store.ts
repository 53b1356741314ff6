import type { DocumentContent } from '@liuhen/domain';

/** What was typed and has not reached the server, kept on this device under the document's id. */
export type KeptDraft = {
    readonly id: string;
    readonly personId: string;
    /** The revision it was typed on. */
    readonly revision: number;
    readonly content: DocumentContent;
    readonly startedAt: number | null;
    readonly endedAt: number | null;
    readonly keptAt: number;
};

const DATABASE = 'liuhen';
/** Drafts of documents that the server knows, and documents that it does not know yet. */
const STORES = ['drafts', 'offlineDrafts'] as const;

function open(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
        const request = indexedDB.open(DATABASE, 2);
        request.onupgradeneeded = () => {
            for (const name of STORES)
                if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name, { keyPath: 'id' });
        };
        request.onsuccess = () => {
            // A page of a later version is not held up by this one.
            request.result.onversionchange = () => request.result.close();
            resolve(request.result);
        };
        request.onerror = () => reject(request.error);
    });
}

export async function withinStore<T>(
    name: (typeof STORES)[number],
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
    const database = await open();
    try {
        return await new Promise<T>((resolve, reject) => {
            const transaction = database.transaction(name, mode);
            const request = work(transaction.objectStore(name));
            // Only a completed transaction is on the disk of the device.
            transaction.oncomplete = () => resolve(request.result);
            transaction.onabort = () => reject(transaction.error ?? request.error);
        });
    } finally {
        database.close();
    }
}

export const keepDraft = (draft: KeptDraft): Promise<unknown> => withinStore('drafts', 'readwrite', (store) => store.put(draft));
export const dropDraft = (id: string): Promise<unknown> => withinStore('drafts', 'readwrite', (store) => store.delete(id));

/** The kept draft of this person; another person at the same device neither sees nor sends it. */
export async function keptDraft(id: string, personId: string): Promise<KeptDraft | undefined> {
    const found = (await withinStore('drafts', 'readonly', (store) => store.get(id))) as KeptDraft | undefined;
    return found?.personId === personId ? found : undefined;
}
