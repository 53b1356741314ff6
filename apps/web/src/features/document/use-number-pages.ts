import type { Endpoints, ResponseOf } from '@liuhen/contract';
import type { NumberState } from '@liuhen/domain';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';

export type Register = ResponseOf<Endpoints['document.numberRegister']>;
export type NumberRow = Register['items'][number];

/** One register, page by page: it is named in the path, unlike the lists of nouns. */
export function useNumberPages(
    id: string | undefined,
    { state, q }: { state?: NumberState | undefined; q?: string | undefined },
) {
    const filters = { ...(state === undefined ? {} : { state }), ...(q === undefined ? {} : { q }) };
    const pages = useInfiniteQuery({
        queryKey: ['document.numberRegister', 'pages', id, filters],
        enabled: id !== undefined,
        initialPageParam: undefined as string | undefined,
        queryFn: ({ pageParam, signal }) =>
            client.call(
                'document.numberRegister',
                {
                    params: { id: id ?? '' },
                    query: { limit: 50, ...filters, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
                },
                { signal },
            ),
        getNextPageParam: (last) => last.next ?? undefined,
        placeholderData: keepPreviousData,
    });
    const head = pages.data?.pages[0];
    const source = id === undefined ? undefined : { list: 'document.numberRegister' as const, params: { id }, query: filters };
    return { ...pages, source, items: (pages.data?.pages ?? []).flatMap((page) => page.items), head, total: head?.total };
}
