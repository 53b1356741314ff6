import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { type DocumentType, dayOf, templateOf } from '@liuhen/domain';
import { newCommandId } from '../../app/command-id.ts';
import { ask, queryClient } from '../../app/query.ts';
import type { DocumentLinks } from './document-links.ts';
import { localBeginning } from './local-beginning.ts';
import { keepOffline, offlineDraftsOf } from './offline-draft.ts';
import { offlineChanged } from './offline-outbox.ts';
import { keptBlocks, nextReserved } from './reserved-numbers.ts';

/** What a page has read already. */
const known = <K extends 'act.get' | 'party.get'>(_: K, key: readonly unknown[]) =>
    queryClient.getQueryData<ResponseOf<Endpoints[K]>>(key);

/** Begins a document on this device alone, with what has been read before, and with a number that was taken along. */
export async function beginOffline(type: DocumentType, links: DocumentLinks, personId: string): Promise<string | undefined> {
    const now = Date.now();
    const template = templateOf(type, dayOf(now));
    if (template === undefined) return undefined;
    const { actId } = links;
    const act = actId === undefined ? undefined : known('act.get', ask('act.get', { params: { id: actId } }).queryKey);
    const partyId = links.partyId ?? act?.party?.id;
    const party = partyId === undefined ? undefined : known('party.get', ask('party.get', { params: { id: partyId } }).queryKey);
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
