import type { ReactNode } from 'react';
import { countWords } from './count-words.ts';
import { ErrorNote } from './error-note.tsx';
import { useFormat } from './language.tsx';
import { Card, Waiting } from './page.tsx';

type Props<T> = {
    title: string;
    /** The way to all of them, with the same filter. */
    all: ReactNode;
    found: {
        data: { readonly items: readonly T[]; readonly total: number; readonly totalIsLeast?: boolean } | undefined;
        error: unknown;
        isPending: boolean;
        refetch: () => Promise<unknown>;
    };
    empty: string;
    /** Above the list: what is not on the server yet. */
    note?: ReactNode;
    className: 'people' | 'doc-list';
    row: (item: T) => ReactNode;
    /** Buttons below, where something can be begun from here. */
    actions?: ReactNode;
    /** Dialogues of the card. */
    children?: ReactNode;
};

/** What belongs to the thing on this page: cases of an act, documents of a party. */
export function RelatedCard<T extends { readonly id: string }>({
    title,
    all,
    found: { data, error, isPending, refetch },
    empty,
    note,
    className,
    row,
    actions,
    children,
}: Props<T>) {
    const format = useFormat();
    return (
        <Card title={title} small={data === undefined ? undefined : countWords(format, data.total, data)} right={all}>
            {note}
            {/* One row high from the beginning: what lies below stays under the finger while this loads. */}
            <div className="related" aria-busy={isPending}>
                {isPending && <Waiting />}
                {error !== null && data === undefined && (
                    <div className="body">
                        <ErrorNote error={error} of="read" onRetry={() => void refetch()} />
                    </div>
                )}
                {data?.items.length === 0 && <p className="empty-small">{empty}</p>}
                {data !== undefined && data.items.length > 0 && (
                    <ul className={className}>
                        {data.items.map((item) => (
                            <li key={item.id}>{row(item)}</li>
                        ))}
                    </ul>
                )}
            </div>
            {actions !== undefined && actions !== false && <div className="body buttons">{actions}</div>}
            {children}
        </Card>
    );
}
