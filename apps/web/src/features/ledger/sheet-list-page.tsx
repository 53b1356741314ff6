import { type Endpoints, errorText, fill, type ResponseOf, SHEET_PATH } from '@liuhen/contract';
import { fromBase64 } from '@liuhen/domain';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { Hash } from '../../app/copy.tsx';
import { downloadBlob } from '../../app/csv.ts';
import { type Column, DataList } from '../../app/data-list.tsx';
import { DayRange, Filters } from '../../app/filters.tsx';
import { useFormat, useLanguage, useText } from '../../app/language.tsx';
import { Card, Empty, PageHead } from '../../app/page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { CompareSheet } from './compare-sheet.tsx';
import { LogTabs } from './log-tabs.tsx';

type Sheet = ItemOf<'ledger.sheets'>;
type Stamps = ResponseOf<Endpoints['ledger.sheets']>['stamps'];

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
                {pages.head !== undefined && <StampNote stamps={pages.head.stamps} />}
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
            key: 'stamp',
            title: text.daySheet.stamp,
            width: 'minmax(180px, 2fr)',
            cell: (each) => <Stamps sheet={each} />,
            plain: (each) => {
                const stamp = of(each, 'sha256')?.stamp;
                if (each.heads.length === 0) return '';
                return stamp === null || stamp === undefined
                    ? text.daySheet.notStamped
                    : fill(text.daySheet.stamped, { time: format.dateTime(stamp.at, 'second'), authority: stamp.authority });
            },
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

/** Whether anybody is asked for time-stamps, and why there is none now. */
function StampNote({ stamps: { stamping, trouble } }: { stamps: Stamps }) {
    const text = useText();
    const format = useFormat();
    const { language } = useLanguage();
    return (
        <div className="body">
            <p className="faint">{stamping ? text.daySheet.stampOn : text.daySheet.stampOff}</p>
            {stamping && trouble !== null && (
                <div className="note note-bad" role="alert">
                    {fill(text.daySheet.stampTrouble, { why: errorText(language, trouble.code, trouble.params) })}
                    {format.brackets(fill(text.daySheet.stampSince, { time: format.dateTime(trouble.since) }))}
                </div>
            )}
        </div>
    );
}

/** When and by whom, each head's token to be saved for whoever checks it with a program of theirs. */
function Stamps({ sheet: { day, heads } }: { sheet: Sheet }) {
    const text = useText();
    const format = useFormat();
    if (heads.length === 0) return null;
    const stamped = heads.flatMap(({ head, size, stamp }) => (stamp === null ? [] : [{ head, size, ...stamp }]));
    const [first] = stamped;
    if (first === undefined) return <span className="soft">{text.daySheet.notStamped}</span>;
    return (
        <>
            {fill(text.daySheet.stamped, { time: format.dateTime(first.at, 'second'), authority: first.authority })}{' '}
            {stamped.map(({ head, size, token }) => (
                <Button
                    key={head}
                    size="small"
                    aria-label={fill(text.daySheet.stampSaveLabel, { day, head: text.checkpoint.heads[head] })}
                    onClick={() => downloadBlob(`checkpoint-${head}-${size}.tst`, tokenFile(token))}
                >
                    {text.daySheet.stampSave}
                    {head === 'sm3' && ' SM3'}
                </Button>
            ))}
        </>
    );
}

/** The token in DER, as `openssl ts -verify -token_in` reads it. */
const tokenFile = (base64: string): Blob =>
    new Blob([new Uint8Array(fromBase64(base64) ?? [])], { type: 'application/octet-stream' });

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
