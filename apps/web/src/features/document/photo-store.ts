import { withinStore } from '../../app/offline/device-store.ts';

/** A photo that was put into a document and is not on the server yet. */
export type KeptPhoto = {
    /** Also of the recording that it becomes. */
    readonly id: string;
    readonly personId: string;
    readonly documentId: string;
    readonly actId: string | null;
    readonly name: string;
    readonly bytes: Blob;
    readonly keptAt: number;
    /** Where its bytes go; a part that arrived is not sent again. */
    readonly uploadUrl: string | null;
    readonly refused: { readonly code: string; readonly params: Readonly<Record<string, string | number>> } | null;
};

const STORE = 'photos';

export const keepPhoto = (photo: KeptPhoto): Promise<unknown> => withinStore(STORE, 'readwrite', (store) => store.put(photo));
export const dropPhoto = (id: string): Promise<unknown> => withinStore(STORE, 'readwrite', (store) => store.delete(id));

/** Changes some members of what is kept; of a photo that was taken out again nothing is left. */
export async function changePhoto(id: string, patch: Partial<KeptPhoto>): Promise<void> {
    await withinStore(STORE, 'readwrite', (store) => {
        const reading = store.get(id) as IDBRequest<KeptPhoto | undefined>;
        reading.addEventListener('success', () => {
            if (reading.result !== undefined) store.put({ ...reading.result, ...patch });
        });
        return reading;
    });
}

/** Those of one person, the oldest first; another person at the same device neither sees nor sends them. */
export async function photosOf(personId: string): Promise<readonly KeptPhoto[]> {
    const all = (await withinStore(STORE, 'readonly', (store) => store.getAll())) as KeptPhoto[];
    return all.filter((each) => each.personId === personId).toSorted((a, b) => a.keptAt - b.keptAt);
}
