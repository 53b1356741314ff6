import { fill } from '@liuhen/contract';
import { Button, Checkbox, Popover } from 'antd';
import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react';
import { countWords } from './count-words.ts';
import { ErrorNote } from './error-note.tsx';
import { ExportButton } from './export-button.tsx';
import type { ExportSource } from './export-list.ts';
import { useKeys } from './keys.ts';
import { useFormat, useText } from './language.tsx';
import { Waiting } from './page.tsx';
import { leastWidth, sheetColumns } from './sheet-columns.ts';

export type Column<T> = {
    key: string;
    title: string;
    /** Grid track such as `minmax(160px, 2fr)` or `120px`. */
    width: string;
    /** What it says, as plain text: for the export, and on the page where nothing else is shown. */
    plain: (item: T) => string;
    cell?: (item: T) => ReactNode;
    /** The first column carries the link and is never hidden; `off` columns start hidden. */
    shown?: 'always' | 'on' | 'off';
    /** On a phone: without label (`title`), with label (default) or not at all. */
    phone?: 'title' | 'hide';
    number?: boolean;
};

/** How far a list has been read. */
export type Pages = {
    isPending: boolean;
    isPlaceholderData: boolean;
    error: unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => Promise<unknown>;
    refetch: () => Promise<unknown>;
    /** There are more than the total says: counting stopped there. */
    totalIsLeast?: boolean;
    /** Where everything that the filter matches can be had at once. */
    source?: ExportSource | undefined;
};

type Props<T> = {
    /** Name of the list: its accessible name, the file name of the export and the key of the chosen columns. */
    name: string;
    id: string;
    columns: readonly Column<T>[];
    items: readonly T[];
    idOf: (item: T) => string;
    total: number | undefined;
    pages: Pages;
    empty: ReactNode;
    selection?: { chosen: ReadonlySet<string>; onChange: (next: ReadonlySet<string>) => void; actions: ReactNode };
    right?: ReactNode;
};

/** The list of every noun: true count, chosen columns, export of what is seen, keyset pages, j/k, cards on a phone. */
export function DataList<T>(props: Props<T>) {
    const { columns, items, idOf, pages, selection, name } = props;
    const text = useText();
    const format = useFormat();
    const [hidden, setHidden] = useHiddenColumns(props.id, columns);
    const visible = columns.filter((column) => !hidden.has(column.key));
    const box = useRef<HTMLDivElement>(null);
    useRowKeys(box);
    const least = visible.reduce((sum, column) => sum + leastWidth(column.width), selection === undefined ? 0 : 44);
    const style = {
        '--columns': `${selection === undefined ? '' : '44px '}${visible.map((column) => column.width).join(' ')}`,
        '--least': `${least}px`,
        // On paper nothing can be scrolled: the columns share the width of the sheet in the same proportions.
        '--sheet': sheetColumns(visible),
    } as CSSProperties;

    if (pages.error !== null && items.length === 0) {
        return (
            <div className="body">
                <ErrorNote error={pages.error} of="read" onRetry={() => void pages.refetch()} />
            </div>
        );
    }
    if (pages.isPending) return <Waiting />;
    if (items.length === 0) return props.empty;
    return (
        <>
            <Tools {...props} hidden={hidden} setHidden={setHidden} visible={visible} />
            <p className="print-only note">
                {props.total === undefined
                    ? fill(text.common.printedSome, { shown: format.count(items.length) })
                    : fill(text.common.printed, {
                          shown: format.count(items.length),
                          total: countWords(format, props.total, pages),
                      })}
            </p>
            <div className="grid" aria-busy={pages.isPlaceholderData} style={style} ref={box}>
                <table aria-label={name}>
                    <thead>
                        <tr className="row names">
                            {selection !== undefined && <SelectAll {...selection} ids={items.map(idOf)} />}
                            {visible.map((column) => (
                                <th key={column.key} scope="col" className={column.number === true ? 'num' : ''}>
                                    {column.title}
                                </th>
                            ))}
                        </tr>
                    </thead>
                    <tbody>
                        {items.map((item) => (
                            <Row key={idOf(item)} item={item} id={idOf(item)} columns={visible} selection={selection} />
                        ))}
                    </tbody>
                </table>
            </div>
            <More {...props} />
        </>
    );
}

type RowProps<T> = { item: T; id: string; columns: readonly Column<T>[]; selection: Props<T>['selection'] };

function Row<T>({ item, id, columns, selection }: RowProps<T>) {
    const text = useText();
    return (
        <tr className="row line">
            {selection !== undefined && (
                <td className="above no-print">
                    <Checkbox
                        aria-label={text.common.select}
                        checked={selection.chosen.has(id)}
                        onChange={({ target }) => {
                            const next = new Set(selection.chosen);
                            if (target.checked) next.add(id);
                            else next.delete(id);
                            selection.onChange(next);
                        }}
                    />
                </td>
            )}
            {columns.map((column) => (
                <td
                    key={column.key}
                    className={`${column.number === true ? 'num ' : ''}${column.phone === 'hide' ? 'phone-hide' : ''}`}
                    {...(column.phone === undefined ? { 'data-label': column.title } : {})}
                >
                    <div className="wrap">{(column.cell ?? column.plain)(item)}</div>
                </td>
            ))}
        </tr>
    );
}

function SelectAll({
    ids,
    chosen,
    onChange,
}: {
    ids: string[];
    chosen: ReadonlySet<string>;
    onChange: (next: Set<string>) => void;
}) {
    const text = useText();
    const all = ids.every((id) => chosen.has(id));
    return (
        <th scope="col" className="no-print">
            <Checkbox
                aria-label={text.common.selectAll}
                checked={all}
                indeterminate={!all && chosen.size > 0}
                onChange={({ target }) => onChange(new Set(target.checked ? ids : []))}
            />
        </th>
    );
}

type ToolProps<T> = Props<T> & {
    hidden: ReadonlySet<string>;
    setHidden: (next: ReadonlySet<string>) => void;
    visible: readonly Column<T>[];
};

function Tools<T>({ columns, hidden, setHidden, visible, items, total, name, pages, selection, right }: ToolProps<T>) {
    const text = useText();
    const format = useFormat();
    const choice = (
        <div style={{ display: 'grid', gap: 6 }}>
            {columns
                .filter((column) => column.shown !== 'always')
                .map((column) => (
                    <Checkbox
                        key={column.key}
                        checked={!hidden.has(column.key)}
                        onChange={({ target }) => {
                            const next = new Set(hidden);
                            if (target.checked) next.delete(column.key);
                            else next.add(column.key);
                            setHidden(next);
                        }}
                    >
                        {column.title}
                    </Checkbox>
                ))}
        </div>
    );
    return (
        <div className="list-tools no-print">
            {selection !== undefined && selection.chosen.size > 0 ? (
                <>
                    <strong>{fill(text.common.selected, { count: format.count(selection.chosen.size) })}</strong>
                    {selection.actions}
                    <Button type="link" size="small" onClick={() => selection.onChange(new Set())}>
                        {text.common.deselect}
                    </Button>
                </>
            ) : (
                <span aria-live="polite">
                    {total === undefined ? '' : fill(text.common.total, { total: countWords(format, total, pages) })}
                </span>
            )}
            <div className="right">
                {right}
                <Popover trigger="click" placement="bottomRight" content={choice} title={text.common.columnsTitle}>
                    <Button type="text" size="small">
                        {text.common.columns}
                    </Button>
                </Popover>
                <ExportButton name={name} columns={visible} items={items} source={pages.source} />
            </div>
        </div>
    );
}

/** Reads the next page when its end comes into view; the button does the same for keyboards. */
function More<T>({ items, total, pages }: Props<T>) {
    const text = useText();
    const format = useFormat();
    const end = useRef<HTMLDivElement>(null);
    const { hasNextPage, isFetchingNextPage, fetchNextPage, error } = pages;
    useEffect(() => {
        const element = end.current;
        if (element === null || !hasNextPage || isFetchingNextPage || error !== null) return;
        const watcher = new IntersectionObserver(
            (seen) => {
                if (seen.some((each) => each.isIntersecting)) void fetchNextPage();
            },
            { rootMargin: '400px' },
        );
        watcher.observe(element);
        return () => watcher.disconnect();
    }, [hasNextPage, isFetchingNextPage, fetchNextPage, error]);
    if (!hasNextPage) return null;
    return (
        <div className="list-foot no-print" ref={end}>
            <span>
                {fill(text.common.shown, {
                    shown: format.count(items.length),
                    total: total === undefined ? '?' : countWords(format, total, pages),
                })}
            </span>
            <Button size="small" onClick={() => void fetchNextPage()} disabled={isFetchingNextPage}>
                {isFetchingNextPage ? text.common.loadingMore : text.common.more}
            </Button>
            {error !== null && <ErrorNote error={error} of="read" onRetry={() => void fetchNextPage()} />}
        </div>
    );
}

function useHiddenColumns<T>(id: string, columns: readonly Column<T>[]) {
    const key = `liuhen.columns.${id}`;
    const [hidden, set] = useState<ReadonlySet<string>>(() => {
        const kept = localStorage.getItem(key);
        if (kept !== null) return new Set(kept.split(',').filter((each) => each !== ''));
        return new Set(columns.filter((column) => column.shown === 'off').map((column) => column.key));
    });
    const setHidden = (next: ReadonlySet<string>) => {
        localStorage.setItem(key, [...next].join(','));
        set(next);
    };
    return [hidden, setHidden] as const;
}

/** j/k and the arrow keys walk over the links of the rows; Enter opens as links do. */
function useRowKeys(box: { current: HTMLDivElement | null }): void {
    const step = (by: number) => {
        const links = [...(box.current?.querySelectorAll<HTMLElement>('.line a.main, .line button.main') ?? [])];
        const at = links.indexOf(document.activeElement as HTMLElement);
        const next = links[at === -1 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by))];
        next?.focus();
        next?.scrollIntoView({ block: 'nearest' });
    };
    useKeys({ j: () => step(1), k: () => step(-1) });
}
