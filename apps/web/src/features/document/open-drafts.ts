import { useSyncExternalStore } from 'react';
import { ask, queryClient } from '../../app/query.ts';
import type { DocumentDetail } from './document-types.ts';

/** Drafts on the screen: how to send what was typed into each; the answer says whether all of it is on the server. */
const drafts = new Map<string, () => Promise<boolean>>();

/** A draft is on the screen; gives how to take it off. */
export function showsDraft(id: string, send: () => Promise<boolean>): () => void {
    drafts.set(id, send);
    return () => {
        if (drafts.get(id) === send) drafts.delete(id);
    };
}

/** Whether everything that was typed into any of them is on the server; sends what is not. */
export const allSaved = async (): Promise<boolean> =>
    (await Promise.all([...drafts.values()].map((send) => send()))).every((saved) => saved);

const keyOf = (id: string) => ask('document.get', { params: { id } }).queryKey;

type Standing = Pick<DocumentDetail, 'revision' | 'version'>;
/** What the last save of each made of it, and who wants to know. */
const savedAs = new Map<string, Standing>();
const listeners = new Set<() => void>();
const listen = (tell: () => void) => {
    listeners.add(tell);
    return () => {
        listeners.delete(tell);
    };
};

/** How a document stands, told at once after a save: what asks for its pages need not wait until all else on the screen is drawn. */
export function useStanding({ id, revision, version }: Standing & { id: string }): Standing {
    const saved = useSyncExternalStore(listen, () => savedAs.get(id));
    return saved !== undefined && saved.version > version ? saved : { revision, version };
}

/** What a save has made of a document, before it is read again. */
export function noteSaved(id: string, saved: Standing & Partial<DocumentDetail>): void {
    savedAs.set(id, { revision: saved.revision, version: saved.version });
    for (const tell of listeners) tell();
    queryClient.setQueryData<DocumentDetail>(keyOf(id), (known) => (known === undefined ? known : { ...known, ...saved }));
}

/** What the user's own last step made of each, which the page may not have read again yet. */
const steppedTo = new Map<string, number>();

/** A step has been taken: what follows at once goes on from there, and is not told that somebody else has changed the document. */
export function noteStepped(id: string, version: number): void {
    steppedTo.set(id, Math.max(version, steppedTo.get(id) ?? 0));
}

/** For a command that is a step: what it made of the document is noted before all else. */
export const afterStep = (id: string, onDone: () => void) => ({
    onDone({ version }: { version: number }) {
        noteStepped(id, version);
        onDone();
    },
});

const PATIENCE_MS = 5_000;
const STEP_MS = 100;

/**
 * The version to take a step on, once what was typed is saved: whoever writes the last word and prints at once prints that
 * word, and is not told that somebody else has changed the document.
 */
export async function versionOnceSaved({ id, version }: Pick<DocumentDetail, 'id' | 'version'>): Promise<number> {
    const send = drafts.get(id);
    for (let waited = 0; send !== undefined && waited < PATIENCE_MS; waited += STEP_MS) {
        if (await send()) break;
        await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    }
    const known = queryClient.getQueryData<DocumentDetail>(keyOf(id))?.version ?? version;
    return Math.max(known, steppedTo.get(id) ?? known);
}
