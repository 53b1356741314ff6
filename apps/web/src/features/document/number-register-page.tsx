import { fill } from '@liuhen/contract';
import { NUMBER_STATES, type NumberState } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { type Column, DataList } from '../../app/data-list.tsx';
import { ErrorNote } from '../../app/error-note.tsx';
import { Filters, Pick, SearchField } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Empty, PageHead, type Status, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { DocumentTabs } from './document-tabs.tsx';
import { type Series, useSeriesWords } from './series-words.ts';
import { type NumberRow, type Register, useNumberPages } from './use-number-pages.ts';

const STATUS: Readonly<Record<NumberState, Status | undefined>> = {
    reserved: 'act',
    given: 'held',
    returned: undefined,
    voided: 'broken',
};

/** The register of numbers: every place of every year, what stands at it, and whether one is missing. */
export function NumberRegisterPage() {
    const text = useText();
    const { data, error, isPending, refetch } = useAsk('document.numberSeries', { query: {} });
    return (
        <>
            <DocumentTabs />
            <PageHead title={text.documentRegisters.numbersTitle} facts={text.documentRegisters.numbersSub} />
            {isPending && <Waiting />}
            <ErrorNote error={error} of="read" onRetry={() => void refetch()} />
            {data?.items.length === 0 && (
                <Card label={text.documentRegisters.numbersTitle}>
                    <Empty title={text.documentRegisters.numbersEmpty} what={text.documentRegisters.numbersEmptyWhat} />
                </Card>
            )}
            {data !== undefined && data.items.length > 0 && <Registers series={data.items} />}
        </>
    );
}

function Registers({ series }: { series: readonly Series[] }) {
    const text = useText();
    const say = useSeriesWords();
    const navigate = useNavigate({ from: '/documents/numbers' });
    const search = useSearch({ from: '/signed-in/shell/documents/numbers' });
    const years = [...new Set(series.map((each) => String(each.year)))];
    const ofYear = series.filter((each) => search.year === undefined || String(each.year) === search.year);
    const shown = ofYear.find((each) => each.id === search.series) ?? ofYear[0] ?? series[0];
    const pages = useNumberPages(shown?.id, { state: search.state, q: search.q });
    const [spoiling, setSpoiling] = useState<NumberRow>();
    const change = (next: Partial<Record<keyof typeof search, string | undefined>>) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    return (
        <Card label={text.documentRegisters.numbersTitle}>
            <Filters
                count={Object.keys(search).length}
                onClear={() => void navigate({ search: {}, replace: true })}
                search={
                    <SearchField label={text.documentRegisters.numbersSearch} value={search.q} onChange={(q) => change({ q })} />
                }
            >
                <Pick
                    label={text.documentRegisters.year}
                    value={search.year}
                    options={years.map((year) => [year, year] as const)}
                    onChange={(year) => change({ year, series: undefined })}
                />
                <Pick
                    label={text.documentRegisters.series}
                    value={shown?.id}
                    always
                    options={ofYear.map((each) => [each.id, say(each)] as const)}
                    onChange={(id) => change({ series: id })}
                />
                <Pick
                    label={text.document.state}
                    value={search.state}
                    options={NUMBER_STATES.map((each) => [each, text.documentRegisters.numberStates[each]] as const)}
                    onChange={(state) => change({ state })}
                />
            </Filters>
            {pages.head !== undefined && <Completeness register={pages.head} />}
            <DataList<NumberRow>
                id="document-numbers"
                name={shown === undefined ? text.documentRegisters.numbersTitle : say(shown)}
                columns={useColumns(setSpoiling)}
                items={pages.items}
                idOf={(row) => row.id}
                total={pages.total}
                pages={pages}
                empty={<Empty title={text.documentRegisters.numbersNone} what={text.document.noneWhat} />}
            />
            {spoiling !== undefined && <Spoil number={spoiling} onClose={() => setSpoiling(undefined)} />}
        </Card>
    );
}

/** The answer a reviewer comes for: no place of the register is missing. */
function Completeness({ register: { series, counts, missing } }: { register: Register }) {
    const text = useText();
    const format = useFormat();
    const held = missing.length === 0;
    return (
        <p className="answer-line">
            <Dot status={held ? 'held' : 'broken'} />
            <span>
                {held
                    ? fill(text.documentRegisters.complete, { last: series.last })
                    : fill(text.documentRegisters.holes, { places: format.list(missing.map(String)) })}{' '}
                <span className="soft">{fill(text.documentRegisters.counts, counts)}</span>
            </span>
        </p>
    );
}

function useColumns(spoil: (row: NumberRow) => void): Column<NumberRow>[] {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    return [
        {
            key: 'number',
            title: text.document.number,
            width: 'minmax(190px, 1fr)',
            shown: 'always',
            phone: 'title',
            cell: (row) => <span className="nowrap">{row.text}</span>,
            plain: (row) => row.text,
        },
        {
            key: 'state',
            title: text.document.state,
            width: '100px',
            cell: (row) => <Tag status={STATUS[row.state]}>{text.documentRegisters.numberStates[row.state]}</Tag>,
            plain: (row) => text.documentRegisters.numberStates[row.state],
        },
        {
            key: 'document',
            title: text.documentRegisters.document,
            width: 'minmax(200px, 2fr)',
            cell: (row) =>
                row.document === null ? (
                    <span className="faint">{text.common.none}</span>
                ) : (
                    <Link
                        to="/documents/$id"
                        params={{ id: row.document.id }}
                        className="main two-lines"
                        title={row.document.title}
                    >
                        {row.document.title}
                    </Link>
                ),
            plain: (row) => row.document?.title ?? '',
        },
        {
            key: 'given',
            title: text.documentRegisters.givenAt,
            width: '180px',
            cell: (row) =>
                row.givenAt === null ? <span className="faint">{text.common.none}</span> : format.dateTime(row.givenAt),
            plain: (row) => (row.givenAt === null ? '' : format.dateTime(row.givenAt)),
        },
        {
            key: 'reason',
            title: text.documentFields.reason,
            width: 'minmax(140px, 1fr)',
            cell: (row) =>
                row.state === 'reserved' && may('document.write') ? (
                    <Button size="small" onClick={() => spoil(row)}>
                        {text.documentRegisters.spoil}
                    </Button>
                ) : (
                    (row.reason ?? '')
                ),
            plain: (row) => row.reason ?? '',
        },
    ];
}

function Spoil({ number, onClose }: { number: NumberRow; onClose: () => void }) {
    const text = useText();
    const spoil = useCommand('document.spoilNumber', { onDone: onClose });
    return (
        <ReasonDialogue
            title={fill(text.documentRegisters.spoilTitle, { number: number.text })}
            what={text.documentRegisters.spoilWhat}
            label={text.documentFields.reason}
            error={spoil.error}
            busy={spoil.isPending}
            danger
            onClose={onClose}
            onSubmit={(reason) => spoil.mutate({ params: { id: number.id }, body: { reason } })}
        />
    );
}
