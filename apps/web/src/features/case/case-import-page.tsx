import { type Endpoints, fill, IMPORT_MOST_BYTES, type ResponseOf } from '@liuhen/contract';
import { CASE_COLUMN_IDS, CASE_COLUMNS, SHEET_STEPS } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { base64Of } from '../../app/base64.ts';
import { csvOf, download } from '../../app/csv.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { FilePick } from '../../app/file-pick.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { LongText } from '../../app/long-text.tsx';
import { Card, Empty, PageHead } from '../../app/page.tsx';
import { useCommand } from '../../app/use-command.ts';
import { CaseImportRow, outcomeOf } from './case-import-row.tsx';

type List = { fileName: string; content: string; from: string };
type Preview = ResponseOf<Endpoints['case.importPreview']>;

const STEP_DAYS = SHEET_STEPS.map((step) => `${step}日期`).join('、');
/** The headings of our own sheet, in Chinese whatever the language of the pages: the lists are. */
const HEADINGS = [
    ...CASE_COLUMN_IDS.map((column) => CASE_COLUMNS[column][0]),
    ...SHEET_STEPS.flatMap((step) => [`${step}日期`, `${step}文号`]),
];

/** Cases of another system arrive where they stand: what the procedure says of each is seen before any is taken in. */
export function CaseImportPage() {
    const text = useText();
    const format = useFormat();
    const words = text.case.importing;
    const [from, setFrom] = useState('');
    const [list, setList] = useState<List>();
    const [fault, setFault] = useState('');
    const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
    const [reasons, setReasons] = useState<Readonly<Record<number, string>>>({});
    const preview = useCommand('case.importPreview', { refresh: false });
    const take = useCommand('case.importMany');
    const look = (next: List) => {
        setList(next);
        setLeft(new Set());
        setReasons({});
        take.reset();
        preview.mutate({ body: next });
    };
    const choose = async (file: File) => {
        if (from.trim() === '') return setFault(words.fromMissing);
        const large = file.size > IMPORT_MOST_BYTES;
        setFault(large ? fill(text.imports.tooLarge, { most: format.bytes(IMPORT_MOST_BYTES) }) : '');
        if (!large) look({ fileName: file.name.slice(-200), content: await base64Of(file), from: from.trim() });
    };
    const again = () => {
        take.reset();
        preview.reset();
        setList(undefined);
    };
    const rows = preview.data?.rows ?? [];
    const reasonOf = (place: number): string => (reasons[place] ?? '').trim();
    const chosen = rows.filter((row) => {
        const outcome = outcomeOf(row);
        return !left.has(row.place) && (outcome === 'take' || (outcome === 'judge' && reasonOf(row.place) !== ''));
    });
    const send = () => {
        if (list === undefined) return;
        const stated = chosen.flatMap(({ place }) => (reasonOf(place) === '' ? [] : [{ place, reason: reasonOf(place) }]));
        take.mutate({ body: { ...list, places: chosen.map((row) => row.place), stated } });
    };
    return (
        <>
            <PageHead crumb={<Link to="/cases">{text.case.title}</Link>} title={words.title} facts={words.sub} />
            <Card label={words.list}>
                <div className="body">
                    <p className="step-what">
                        {words.what} <span lang="zh-CN">{STEP_DAYS}</span>
                    </p>
                    <div className="doc-field">
                        <label htmlFor="import-from">{words.fromAll}</label>
                        <LongText
                            id="import-from"
                            most={120}
                            value={from}
                            onChange={setFrom}
                            onBlur={() => {
                                if (list !== undefined && from.trim() !== '' && from.trim() !== list.from)
                                    look({ ...list, from: from.trim() });
                            }}
                        />
                        <p className="soft">{words.fromHint}</p>
                    </div>
                    <div className="paper-do">
                        <FilePick label={words.list} accept=".csv,.txt,.tsv,.xlsx" onFile={choose} />
                        <Button type="link" onClick={() => download('案件导入表.csv', csvOf([HEADINGS]))}>
                            {words.sheet}
                        </Button>
                    </div>
                    {list !== undefined && (
                        <p className="soft" role="status">
                            {list.fileName}
                        </p>
                    )}
                    {fault !== '' && (
                        <p className="fault" role="alert">
                            {fault}
                        </p>
                    )}
                    <ErrorNote error={preview.error} of="read" />
                    {preview.isPending && <p role="status">{words.reading}</p>}
                </div>
            </Card>
            {take.data !== undefined ? (
                <Done items={take.data.items} rows={rows} onAgain={again} />
            ) : preview.data === undefined ? (
                <Card label={words.preview}>
                    <Empty title={words.empty} what={words.emptyWhat} />
                </Card>
            ) : (
                <Card title={words.preview} small={countsOf(rows, words.counts)}>
                    {preview.data.others.length > 0 && (
                        <p className="answer-line">{fill(words.others, { columns: format.list(preview.data.others) })}</p>
                    )}
                    <ul className="doc-list import-rows">
                        {rows.map((row) => (
                            <CaseImportRow
                                key={row.place}
                                row={row}
                                chosen={chosen.includes(row)}
                                reason={reasons[row.place] ?? ''}
                                onReason={(reason) => setReasons({ ...reasons, [row.place]: reason })}
                                onChoose={(on) => {
                                    const next = new Set(left);
                                    if (on) next.delete(row.place);
                                    else next.add(row.place);
                                    setLeft(next);
                                }}
                            />
                        ))}
                    </ul>
                    <div className="body">
                        <ErrorNote error={take.error} of="command" onRetry={() => list !== undefined && look(list)} />
                        <Button type="primary" disabled={chosen.length === 0 || take.isPending} onClick={send}>
                            {take.isPending ? text.common.saving : fill(words.take, { count: chosen.length })}
                        </Button>
                    </div>
                </Card>
            )}
        </>
    );
}

const countsOf = (rows: Preview['rows'], words: string): string => {
    const count = (outcome: ReturnType<typeof outcomeOf>) => rows.filter((row) => outcomeOf(row) === outcome).length;
    return fill(words, {
        all: rows.length,
        can: count('take'),
        judge: count('judge'),
        known: count('known'),
        faulty: count('faulty'),
    });
};

type DoneProps = { items: readonly { place: number; id: string }[]; rows: Preview['rows']; onAgain: () => void };

function Done({ items, rows, onAgain }: DoneProps) {
    const text = useText();
    return (
        <Card title={fill(text.case.importing.done, { count: items.length })}>
            <ul className="people">
                {items.map(({ place, id }) => (
                    <li key={id}>
                        <Link to="/cases/$id" params={{ id }}>
                            {rows.find((row) => row.place === place)?.title ?? id}
                        </Link>
                    </li>
                ))}
            </ul>
            <div className="body">
                <Button onClick={onAgain}>{text.case.importing.again}</Button>
            </div>
        </Card>
    );
}
