import { fill, SHEET_PATH } from '@liuhen/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Hash } from '../../app/copy.tsx';
import { type Column, DataList } from '../../app/data-list.tsx';
import { DayRange, Filters } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Empty, PageHead } from '../../app/page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { CompareSheet } from './compare-sheet.tsx';
import { LogTabs } from './log-tabs.tsx';

type Sheet = ItemOf<'ledger.sheets'>;

/** One sheet of paper for each day of the log, and the way back from paper to the log. */
export function SheetListPage() {
    const text = useText();
    const navigate = useNavigate({ from: '/log/sheets' });
    const { from, to } = useSearch({ from: '/signed-in/shell/log/sheets' });
    const pages = usePages('ledger.sheets', { from, to });
    const change = (next: { from?: string | undefined; to?: string | undefined }) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    const count = [from, to].filter((each) => each !== undefined).length;
    return (
        <>
            <PageHead title={text.daySheet.title} facts={text.daySheet.sub} />
            <LogTabs />
            <CompareSheet />
            <Card label={text.daySheet.title}>
                <Filters count={count} onClear={() => void navigate({ search: {}, replace: true })}>
                    <DayRange from={from} to={to} onChange={change} />
                </Filters>
                <DataList<Sheet>
                    id="sheets"
                    name={text.daySheet.title}
                    columns={useColumns()}
                    items={pages.items}
                    idOf={(each) => each.day}
                    total={pages.total}
                    pages={pages}
                    empty={
                        count > 0 ? (
                            <Empty title={text.daySheet.noneTitle} what={text.daySheet.noneWhat} />
                        ) : (
                            <Empty title={text.daySheet.emptyTitle} what={text.daySheet.emptyWhat} />
                        )
                    }
                />
            </Card>
        </>
    );
}

function useColumns(): Column<Sheet>[] {
    const text = useText();
    const format = useFormat();
    const of = (each: Sheet, head: 'sha256' | 'sm3') => each.heads.find((one) => one.head === head);
    const sizeOf = (each: Sheet, head: 'sha256' | 'sm3') => {
        const size = of(each, head)?.size;
        return size === undefined ? '' : format.count(BigInt(size));
    };
    const timeOf = (each: Sheet) => {
        const at = of(each, 'sha256')?.at;
        if (at === undefined) return each.over ? text.daySheet.nothing : text.daySheet.nothingToday;
        const time = format.dateTime(at, 'second');
        return each.over ? time : `${time}${format.brackets(text.daySheet.soFar)}`;
    };
    return [
        { key: 'day', title: text.daySheet.day, width: '120px', shown: 'always', phone: 'title', plain: (each) => each.day },
        { key: 'at', title: text.daySheet.at, width: 'minmax(220px, 2fr)', plain: timeOf },
        { key: 'size', title: text.daySheet.heads.sha256, width: '110px', plain: (each) => sizeOf(each, 'sha256') },
        { key: 'sizeSm3', title: text.daySheet.heads.sm3, width: '110px', shown: 'off', plain: (each) => sizeOf(each, 'sm3') },
        {
            key: 'root',
            title: text.daySheet.root,
            width: 'minmax(200px, 2fr)',
            phone: 'hide',
            cell: (each) => {
                const root = of(each, 'sha256')?.root;
                return root === undefined ? null : <Hash value={root} label={text.checkpoint.heads.sha256} />;
            },
            plain: (each) => of(each, 'sha256')?.root ?? '',
        },
        {
            key: 'print',
            title: text.daySheet.print,
            width: '140px',
            cell: (each) => each.heads.length > 0 && <SheetLinks day={each.day} />,
            plain: (each) => (each.heads.length > 0 ? SHEET_PATH.replace(':day', each.day) : ''),
        },
    ];
}

function SheetLinks({ day }: { day: string }) {
    const text = useText();
    const link = (language: 'zh-CN' | 'en', word: string) => (
        <a
            href={`${SHEET_PATH.replace(':day', day)}.pdf?language=${language}`}
            target="_blank"
            rel="noreferrer"
            aria-label={fill(text.daySheet.printLabel, { day, language: word })}
        >
            {word}
        </a>
    );
    return (
        <>
            {link('zh-CN', text.daySheet.chinese)} · {link('en', text.daySheet.english)}
        </>
    );
}
