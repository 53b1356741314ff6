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
const STORE = 'drafts';

function open(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
        const request = indexedDB.open(DATABASE, 1);
        request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

async function within<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const database = await open();
    try {
        return await new Promise<T>((resolve, reject) => {
            const transaction = database.transaction(STORE, mode);
            const request = work(transaction.objectStore(STORE));
            // Only a completed transaction is on the disk of the device.
            transaction.oncomplete = () => resolve(request.result);
            transaction.onabort = () => reject(transaction.error ?? request.error);
        });
    } finally {
        database.close();
    }
}

export const keepDraft = (draft: KeptDraft): Promise<unknown> => within('readwrite', (store) => store.put(draft));
export const dropDraft = (id: string): Promise<unknown> => within('readwrite', (store) => store.delete(id));

/** The kept draft of this person; another person at the same device neither sees nor sends it. */
export async function keptDraft(id: string, personId: string): Promise<KeptDraft | undefined> {
    const found = (await within('readonly', (store) => store.get(id))) as KeptDraft | undefined;
    return found?.personId === personId ? found : undefined;
}
