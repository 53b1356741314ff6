import {
    type EndpointId,
    type Endpoints,
    EXPORTABLE,
    type ExportableList,
    type QueryOf,
    RequestError,
    type RequestOf,
    type ResponseOf,
} from '@liuhen/contract';
import { keepPreviousData, QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { client } from './client.ts';
import type { ExportSource } from './export-list.ts';
import { freshen, keptAnswer, keyOf, wasAway } from './offline/kept-answers.ts';

const clearlyRefused = (error: unknown): boolean => error instanceof RequestError && error.status >= 400 && error.status < 500;

export const queryClient = new QueryClient({
    defaultOptions: {
        queries: {
            staleTime: 10_000,
            refetchOnWindowFocus: false,
            retry: (failures, error) => failures < 1 && !clearlyRefused(error),
            networkMode: 'always',
        },
        mutations: { networkMode: 'always' },
    },
});

/** What a page reads; the key is the question itself, so that every page asking the same shares one answer. */
export const ask = <K extends EndpointId>(endpointId: K, request: RequestOf<Endpoints[K]>) => ({
    queryKey: [endpointId, request] as const,
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<ResponseOf<Endpoints[K]>> => answerOf(endpointId, request, signal),
});

/** The server's answer; where there is none at all, the one that was taken along. What is on the screen is newer than that. */
async function answerOf<K extends EndpointId>(
    endpointId: K,
    request: RequestOf<Endpoints[K]>,
    signal: AbortSignal,
): Promise<ResponseOf<Endpoints[K]>> {
    try {
        const answer = await client.call(endpointId, request, { signal });
        void freshen(keyOf(endpointId, request), answer).catch(() => undefined);
        return answer;
    } catch (error) {
        if (!wasAway(error) || queryClient.getQueryData([endpointId, request]) !== undefined) throw error;
        const kept = await keptAnswer(endpointId, request);
        if (kept === undefined) throw error;
        return kept;
    }
}

export const useAsk = <K extends EndpointId>(
    endpointId: K,
    request: RequestOf<Endpoints[K]>,
    options: { enabled?: boolean; refetchInterval?: number | false } = {},
) =>
    useQuery<ResponseOf<Endpoints[K]>>({
        ...ask(endpointId, request),
        // Lists keep their rows while the next ones come; one thing is never shown in place of another.
        ...(endpointId.endsWith('.list') ? { placeholderData: keepPreviousData } : {}),
        ...options,
    });

type PagedId = {
    [K in EndpointId]: ResponseOf<Endpoints[K]> extends { items: unknown[]; next: string | null } ? K : never;
}[EndpointId];
export type ItemOf<K extends PagedId> = ResponseOf<Endpoints[K]>['items'][number];

/** A list read page by page by keyset; `items` are all that have been read so far. */
export function usePages<K extends PagedId>(
    endpointId: K,
    filters: Partial<NonNullable<QueryOf<Endpoints[K]>>>,
    options: {
        enabled?: boolean;
        unfinished?: (item: ItemOf<K>) => boolean;
        /** Whether something is about to come at the beginning, given what is there. */
        awaited?: (items: readonly ItemOf<K>[]) => boolean;
    } = {},
) {
    const { unfinished, awaited, ...rest } = options;
    const pages = useInfiniteQuery({
        queryKey: [endpointId, 'pages', filters],
        initialPageParam: undefined as string | undefined,
        queryFn: async ({ pageParam, signal }) => {
            const request = { query: { ...filters, ...(pageParam === undefined ? {} : { cursor: pageParam }) } };
            return await client.call(endpointId, request as never, { signal });
        },
        getNextPageParam: (last) => last.next ?? undefined,
        placeholderData: keepPreviousData,
        // Rows that the server is still working on are read again until they are done.
        refetchInterval: (query) => {
            const shown = (query.state.data?.pages ?? []).flatMap((page) => page.items as readonly unknown[]) as ItemOf<K>[];
            return (unfinished !== undefined && shown.some(unfinished)) || awaited?.(shown) === true ? 3_000 : false;
        },
        ...rest,
    });
    const items = (pages.data?.pages ?? []).flatMap((page) => page.items as readonly unknown[]) as ItemOf<K>[];
    const head = pages.data?.pages[0];
    // Long lists are counted to some thousands only.
    const totalIsLeast = head !== undefined && 'totalIsLeast' in head && head.totalIsLeast === true;
    return {
        ...pages,
        items,
        head,
        total: head?.total,
        totalIsLeast,
        source: sourceOf(endpointId, filters as ExportSource['query']),
    };
}

/** What an export of the list asks for; absent for lists that are no registers. */
const sourceOf = (list: string, query: ExportSource['query']): ExportSource | undefined =>
    isExportable(list) ? { list, query } : undefined;
const isExportable = (list: string): list is ExportableList => (EXPORTABLE as readonly string[]).includes(list);

/** After a command everything that is on screen is read again; the session only where the command touched it. */
export const refreshAll = () =>
    queryClient.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== 'session.get' && queryKey[0] !== 'setup.state',
    });
