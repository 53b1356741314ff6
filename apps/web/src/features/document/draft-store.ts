import type { DocumentContent } from '@liuhen/domain';
import { withinStore } from '../../app/offline/device-store.ts';

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

export const keepDraft = (draft: KeptDraft): Promise<unknown> => withinStore('drafts', 'readwrite', (store) => store.put(draft));
export const dropDraft = (id: string): Promise<unknown> => withinStore('drafts', 'readwrite', (store) => store.delete(id));

/** The kept draft of this person; another person at the same device neither sees nor sends it. */
export async function keptDraft(id: string, personId: string): Promise<KeptDraft | undefined> {
    const found = (await withinStore('drafts', 'readonly', (store) => store.get(id))) as KeptDraft | undefined;
    return found?.personId === personId ? found : undefined;
}

export async function keptDraftsOf(personId: string): Promise<readonly KeptDraft[]> {
    const all = (await withinStore('drafts', 'readonly', (store) => store.getAll())) as KeptDraft[];
    return all.filter((each) => each.personId === personId);
}
