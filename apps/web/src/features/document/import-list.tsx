import { type Endpoints, fill, IMPORT_MOST_BYTES, type ResponseOf } from '@liuhen/contract';
import { DOCUMENT_COLUMN_IDS, DOCUMENT_COLUMNS, documentTypeFacts } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { base64Of } from '../../app/base64.ts';
import { csvOf, download } from '../../app/csv.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { FilePick } from '../../app/file-pick.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { LongText } from '../../app/long-text.tsx';
import { Card, Empty, Tag } from '../../app/page.tsx';
import { useCommand } from '../../app/use-command.ts';
import { ImportFiles } from './import-files.tsx';
import { ScanMatches, type Scans, ScansPick, scanNamed } from './import-scans.tsx';

type Row = ResponseOf<Endpoints['document.importPreview']>['rows'][number];
type List = { fileName: string; content: string; from?: string };

/** A row that can be taken in. */
const isTakeable = (row: Row): boolean => row.faults.length === 0 && row.known === null;
const fileOf = (row: Row, scans: Scans): File | undefined => scanNamed(row.given.file, scans);

/** Many at once: a list and the folder of its scans. What would become of each row is seen before anything is taken in. */
export function ImportList() {
    const text = useText();
    const format = useFormat();
    const [list, setList] = useState<List>();
    const [from, setFrom] = useState('');
    const [files, setFiles] = useState<Scans>(new Map());
    const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
    const [fault, setFault] = useState('');
    const preview = useCommand('document.importPreview', {
        refresh: false,
        onDone: ({ rows }) => setChosen(new Set(rows.filter(isTakeable).map((row) => row.place))),
    });
    const take = useCommand('document.importMany');
    const rows = preview.data?.rows ?? [];
    const look = (next: List) => {
        setList(next);
        take.reset();
        preview.mutate({ body: next });
    };
    const choose = async (file: File) => {
        const large = file.size > IMPORT_MOST_BYTES;
        setFault(large ? fill(text.imports.tooLarge, { most: format.bytes(IMPORT_MOST_BYTES) }) : '');
        if (large) return;
        const content = await base64Of(file);
        look({ fileName: file.name.slice(-200), content, ...(from.trim() === '' ? {} : { from: from.trim() }) });
    };
    if (take.data !== undefined) {
        const sent = take.data.items.map(({ place, id }) => {
            const row = rows.find((each) => each.place === place);
            return { id, title: row?.title ?? '', file: row === undefined ? undefined : fileOf(row, files) };
        });
        return <ImportFiles documents={sent} onAgain={() => take.reset()} />;
    }
    return (
        <>
            <Card title={text.documentImport.how.many}>
                <div className="body">
                    <p className="step-what">{text.documentImport.listWhat}</p>
                    <div className="doc-field">
                        <label htmlFor="import-from">{text.documentImport.fromAll}</label>
                        <LongText
                            id="import-from"
                            most={200}
                            value={from}
                            onChange={setFrom}
                            onBlur={() => {
                                if (list !== undefined && from.trim() !== (list.from ?? ''))
                                    look({ ...list, ...(from.trim() === '' ? {} : { from: from.trim() }) });
                            }}
                        />
                    </div>
                    <div className="paper-do">
                        <FilePick label={text.documentImport.list} accept=".csv,.txt,.tsv,.xlsx" onFile={choose} />
                        <ScansPick onChoose={setFiles} />
                        <Button type="link" onClick={downloadSheet}>
                            {text.documentImport.sheet}
                        </Button>
                    </div>
                    {list !== undefined && (
                        <p className="soft" role="status">
                            {list.fileName}
                            {files.size > 0 && ` · ${fill(text.documentImport.filesChosen, { count: files.size })}`}
                        </p>
                    )}
                    {preview.data !== undefined && <ScanMatches named={rows.map((row) => row.given.file)} scans={files} />}
                    {fault !== '' && (
                        <p className="fault" role="alert">
                            {fault}
                        </p>
                    )}
                    <ErrorNote error={preview.error} of="read" />
                    {preview.isPending && <p role="status">{text.documentImport.reading}</p>}
                </div>
            </Card>
            {preview.data === undefined ? (
                <Card label={text.documentImport.preview}>
                    <Empty title={text.documentImport.previewEmpty} what={text.documentImport.previewEmptyWhat} />
                </Card>
            ) : (
                <Card
                    title={text.documentImport.preview}
                    small={fill(text.documentImport.counts, {
                        all: rows.length,
                        can: rows.filter(isTakeable).length,
                        known: rows.filter((row) => row.known !== null).length,
                        faulty: rows.filter((row) => row.faults.length > 0).length,
                    })}
                >
                    {preview.data.others.length > 0 && (
                        <p className="answer-line">
                            {fill(text.documentImport.others, { columns: format.list(preview.data.others) })}
                        </p>
                    )}
                    <ul className="doc-list import-rows">
                        {rows.map((row) => (
                            <RowLine
                                key={row.place}
                                row={row}
                                file={fileOf(row, files)}
                                chosen={chosen.has(row.place)}
                                onChoose={(on) => {
                                    const next = new Set(chosen);
                                    if (on) next.add(row.place);
                                    else next.delete(row.place);
                                    setChosen(next);
                                }}
                            />
                        ))}
                    </ul>
                    <div className="body">
                        <ErrorNote error={take.error} of="command" onRetry={() => list !== undefined && look(list)} />
                        <Button
                            type="primary"
                            disabled={chosen.size === 0 || take.isPending || list === undefined}
                            onClick={() => list !== undefined && take.mutate({ body: { ...list, places: [...chosen] } })}
                        >
                            {take.isPending ? text.common.saving : fill(text.documentImport.takeMany, { count: chosen.size })}
                        </Button>
                    </div>
                </Card>
            )}
        </>
    );
}

/** The headings that are read, in Chinese whatever the language of the pages: the lists are. */
const downloadSheet = () => download('文书导入表.csv', csvOf([DOCUMENT_COLUMN_IDS.map((column) => DOCUMENT_COLUMNS[column][0])]));

type LineProps = { row: Row; file: File | undefined; chosen: boolean; onChoose: (on: boolean) => void };

function RowLine({ row, file, chosen, onChoose }: LineProps) {
    const text = useText();
    const format = useFormat();
    const name = row.title === '' ? text.common.none : row.title;
    const facts = [
        row.type === null
            ? (row.given.type ?? '')
            : documentTypeFacts(row.type).zh === row.title
              ? ''
              : documentTypeFacts(row.type).zh,
        row.given.number ?? '',
        row.date ?? row.given.date ?? '',
        row.party?.name ?? row.given.partyName ?? '',
        row.act?.number ?? '',
        row.case?.number ?? '',
    ].filter((each) => each !== '');
    return (
        <li>
            <Checkbox
                checked={chosen}
                disabled={!isTakeable(row)}
                aria-label={fill(text.documentImport.rowOf, { place: row.place, title: name })}
                onChange={({ target }) => onChoose(target.checked)}
            />
            <div className="block-what">
                <strong>
                    {row.place}. {name}
                </strong>
                <div className="soft">{facts.join(' · ')}</div>
                {row.faults.length > 0 && (
                    <div className="fault">{format.list(row.faults.map((fault) => text.documentImport.faults[fault]))}</div>
                )}
                {row.known !== null && (
                    <div className="soft">
                        {text.documentImport.known}{' '}
                        <Link to="/documents/$id" params={{ id: row.known.id }}>
                            {row.known.title}
                        </Link>
                    </div>
                )}
                {isTakeable(row) && (
                    <div className="soft">
                        {file !== undefined
                            ? fill(text.documentImport.fileThere, { file: file.name })
                            : row.given.file === undefined
                              ? text.documentImport.fileLater
                              : fill(text.documentImport.fileNotThere, { file: row.given.file })}
                        {row.notices.map((notice) => ` · ${text.documentImport.notices[notice]}`)}
                    </div>
                )}
            </div>
            <Tag status={row.faults.length > 0 ? 'broken' : row.known !== null ? undefined : 'held'}>
                {row.faults.length > 0
                    ? text.documentImport.outcomes.faulty
                    : row.known !== null
                      ? text.documentImport.outcomes.known
                      : text.documentImport.outcomes.take}
            </Tag>
        </li>
    );
}
