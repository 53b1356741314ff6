import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { type Column, DataList, type Pages } from './data-list.tsx';
import { Filters, SearchField } from './filters.tsx';
import { useKeys } from './keys.ts';
import { Card, Empty, PageHead } from './page.tsx';

type Words = {
    readonly title: string;
    readonly sub: string;
    /** On the button that begins one; absent where nothing is begun on the page. */
    readonly new?: string;
    readonly search: string;
    readonly noneTitle: string;
    readonly noneWhat: string;
    readonly emptyTitle: string;
    readonly emptyWhat: string;
};
/** Some filters anew; `undefined` takes one away. */
type Change<S> = (next: { readonly [K in keyof S]?: S[K] | undefined }) => void;
type Props<T extends { readonly id: string }, S extends { readonly q?: string }> = {
    /** Under this name the choice of columns is kept. */
    id: string;
    words: Words;
    /** The filters as they stand in the address. */
    search: S;
    setSearch: (next: (before: S) => S) => void;
    filters: (change: Change<S>) => ReactNode;
    columns: readonly Column<T>[];
    pages: Pages & { readonly items: readonly T[]; readonly total: number | undefined };
    mayCreate: boolean;
    /** Other steps beside the creation of a new one. */
    steps?: ReactNode;
    /** Figures about all of it, between the head and the list. */
    figures?: ReactNode;
    /** The drawer in which a new one is registered. */
    creation: (close: () => void) => ReactNode;
};

/** The page of a register: head, filters that live in the address, rows, and a drawer for a new one. */
export function ListPage<T extends { readonly id: string }, S extends { readonly q?: string }>({
    id,
    words,
    search,
    setSearch,
    filters,
    columns,
    pages,
    mayCreate,
    steps,
    figures,
    creation,
}: Props<T, S>) {
    const [creating, setCreating] = useState(false);
    useKeys(mayCreate ? { n: () => setCreating(true) } : {});
    const change: Change<S> = (next) => setSearch((before) => ({ ...before, ...next }));
    const count = Object.keys(search).length;
    const button = mayCreate && (
        <Button type="primary" onClick={() => setCreating(true)}>
            {words.new}
        </Button>
    );
    return (
        <>
            <PageHead
                title={words.title}
                facts={words.sub}
                actions={
                    steps === undefined ? (
                        button
                    ) : (
                        <>
                            {steps}
                            {button}
                        </>
                    )
                }
            />
            {figures}
            <Card label={words.title}>
                <Filters
                    count={count}
                    onClear={() => setSearch(() => ({}) as S)}
                    search={
                        <SearchField
                            label={words.search}
                            value={search.q}
                            onChange={(q) => change({ q } as Parameters<Change<S>>[0])}
                        />
                    }
                >
                    {filters(change)}
                </Filters>
                <DataList<T>
                    id={id}
                    name={words.title}
                    columns={columns}
                    items={pages.items}
                    idOf={(item) => item.id}
                    total={pages.total}
                    pages={pages}
                    empty={
                        count > 0 ? (
                            <Empty title={words.noneTitle} what={words.noneWhat} />
                        ) : (
                            <Empty title={words.emptyTitle} what={words.emptyWhat} action={button} />
                        )
                    }
                />
            </Card>
            {creating && creation(() => setCreating(false))}
        </>
    );
}
