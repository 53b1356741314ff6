import type { BodyOf, Endpoints } from '@liuhen/contract';
import { client } from '../../app/client.ts';

/** Drafts whose pages are on the screen. */
const looked = new Set<string>();

/** Somebody looks at the pages of a draft; gives how to say that nobody does any more. */
export function looksAtPages(id: string): () => void {
    looked.add(id);
    return () => {
        looked.delete(id);
    };
}

/** Lets the pages be set while their writer pauses, before anything is saved: what is seen afterwards only comes later without it. */
export function setAhead(id: string, { content, startedAt, endedAt }: BodyOf<Endpoints['document.setAhead']>): void {
    if (!looked.has(id)) return;
    client.call('document.setAhead', { params: { id }, body: { content, startedAt, endedAt } }).catch(() => undefined);
}
