import type { Endpoints, RequestOf, ResponseOf } from '@liuhen/contract';
import { type DocumentType, dayOf, templateOf } from '@liuhen/domain';
import { newCommandId } from '../../app/command-id.ts';
import { keptAnswer } from '../../app/offline/kept-answers.ts';
import { ask, queryClient } from '../../app/query.ts';
import type { DocumentLinks } from './document-links.ts';
import { localBeginning } from './local-beginning.ts';
import { keepOffline, offlineDraftsOf } from './offline-draft.ts';
import { offlineChanged } from './offline-outbox.ts';
import { keptBlocks, nextReserved } from './reserved-numbers.ts';

/** What a page has read already, or what was taken along. */
async function known<K extends 'act.get' | 'party.get'>(
    endpointId: K,
    id: string | null | undefined,
): Promise<ResponseOf<Endpoints[K]> | undefined> {
    if (id === undefined || id === null) return undefined;
    const request = { params: { id } } as RequestOf<Endpoints[K]>;
    return (
        queryClient.getQueryData<ResponseOf<Endpoints[K]>>(ask(endpointId, request).queryKey) ??
        (await keptAnswer(endpointId, request))
    );
}

/** Begins a document on this device alone, with what has been read before, and with a number that was taken along. */
export async function beginOffline(type: DocumentType, links: DocumentLinks, personId: string): Promise<string | undefined> {
    const now = Date.now();
    const template = templateOf(type, dayOf(now));
    if (template === undefined) return undefined;
    const act = await known('act.get', links.actId);
    const party = await known('party.get', links.partyId ?? act?.party?.id);
    const others = await offlineDraftsOf(personId);
    const number = nextReserved(
        type,
        keptBlocks(personId),
        others.map((each) => each.number),
    );
    const id = newCommandId();
    await keepOffline({
        ...{ id, personId, type, links, number },
        about: party?.name ?? act?.party?.name ?? '',
        content: localBeginning(template, { party, act }),
        ...{ startedAt: null, endedAt: null, madeAt: now, keptAt: now, attempt: null, refused: null },
    });
    offlineChanged();
    return id;
}
