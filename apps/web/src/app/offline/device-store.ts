const DATABASE = 'liuhen';
/**
 * Drafts of documents that the server knows, documents that it does not know yet, photos and checks of recorders on their way,
 * and what was taken along.
 */
const STORES = ['drafts', 'offlineDrafts', 'photos', 'kept', 'checks'] as const;
type StoreName = (typeof STORES)[number];

function open(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
        const request = indexedDB.open(DATABASE, 4);
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

/** Works in a database of this device; what is written is on its disk when the promise is kept. */
export async function withinStore<T>(
    name: StoreName,
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
    const database = await open();
    try {
        return await new Promise<T>((resolve, reject) => {
            const transaction = database.transaction(name, mode, { durability: 'strict' });
            const request = work(transaction.objectStore(name));
            // Only a completed transaction is on the disk of the device.
            transaction.oncomplete = () => resolve(request.result);
            transaction.onabort = () => reject(transaction.error ?? request.error);
        });
    } finally {
        database.close();
    }
}

/** How many documents, photos and checks wait on this device, of whomever. */
export async function countUnsent(): Promise<number> {
    const counts = (['offlineDrafts', 'photos', 'checks'] as const).map((name) =>
        withinStore(name, 'readonly', (store) => store.count()),
    );
    return (await Promise.all(counts)).reduce((sum, each) => sum + each, 0);
}

/**
 * Asks the browser to keep its data when the disk gets full; some decide by themselves, some ask the person. Where it
 * says no, everything works the same until the device runs out of space.
 */
export const askToStay = (): void => void navigator.storage?.persist?.().catch(() => undefined);
