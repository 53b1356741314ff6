import { IMPORT_OUTCOMES } from '@liuhen/contract';
import { IMPORT_PLANS, type ImportPlan } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { type Column, DataList } from '../../app/data-list.tsx';
import { ExportButton } from '../../app/export-button.tsx';
import { useText } from '../../app/language.tsx';
import { Card, Empty } from '../../app/page.tsx';
import { usePages } from '../../app/query.ts';
import { type Import, type ImportRow, importWords, rowWords } from './import-words.ts';

/** Every row: what is planned, why it is refused, what became of it. */
export function RowsCard({ found }: { found: Import }) {
    const text = useText();
    const [plan, setPlan] = useState<ImportPlan | undefined>(found.planned.refuse > 0 ? 'refuse' : undefined);
    const [outcome, setOutcome] = useState<(typeof IMPORT_OUTCOMES)[number]>();
    const over = found.state === 'done';
    const filter = over ? (outcome === undefined ? {} : { outcome }) : plan === undefined ? {} : { plan };
    const pages = usePages(
        'party.importRows',
        { importId: found.id, ...filter },
        { unfinished: (row) => found.state !== 'previewed' && row.outcome === null },
    );
    const chosen = over ? outcome : plan;
    // A list of grades makes no party.
    const keys = (over ? IMPORT_OUTCOMES : IMPORT_PLANS).filter(
        (each) => found.about === 'parties' || (each !== 'create' && each !== 'created'),
    );
    const { plans, outcomes } = importWords(text, found.about);
    const words = { ...plans, ...outcomes };
    return (
        <Card label={text.imports.rowsTitle}>
            <div className="filters no-print" role="toolbar" aria-label={text.common.filters}>
                {[undefined, ...keys].map((each) => (
                    <Button
                        key={each ?? 'all'}
                        type={each === chosen ? 'primary' : 'default'}
                        aria-pressed={each === chosen}
                        onClick={() => (over ? setOutcome(each as typeof outcome) : setPlan(each as typeof plan))}
                    >
                        {each === undefined ? text.imports.all : words[each]}
                    </Button>
                ))}
            </div>
            <DataList<ImportRow>
                id="party-import-rows"
                name={text.imports.rowsTitle}
                columns={useRowColumns(found.about, over)}
                items={pages.items}
                idOf={(row) => String(row.line)}
                total={pages.total}
                pages={pages}
                empty={<Empty title={text.imports.noRowsTitle} what={text.imports.noRowsWhat} />}
            />
        </Card>
    );
}

function useRowColumns(about: Import['about'], over: boolean): Column<ImportRow>[] {
    const text = useText();
    const { plans, outcomes } = importWords(text, about);
    const what = (row: ImportRow) =>
        row.outcome !== null && (over || row.outcome !== 'left') ? outcomes[row.outcome] : plans[row.plan];
    return [
        {
            key: 'name',
            title: text.party.name,
            width: 'minmax(180px, 1.2fr)',
            shown: 'always',
            phone: 'title',
            cell: (row) =>
                row.partyId === null ? (
                    <span>{row.name === '' ? text.common.none : row.name}</span>
                ) : (
                    <Link to="/parties/$id" params={{ id: row.partyId }} className="main two-lines">
                        {row.name}
                    </Link>
                ),
            plain: (row) => row.name,
        },
        {
            key: 'line',
            title: text.imports.line,
            width: '72px',
            number: true,
            cell: (row) => row.line,
            plain: (row) => String(row.line),
        },
        { key: 'plan', title: text.imports.what, width: '100px', plain: what },
        {
            key: 'details',
            title: text.imports.details,
            width: 'minmax(280px, 2.6fr)',
            cell: (row) => (
                <span>
                    {rowWords(text, row).map((words) => (
                        <span key={words} style={{ display: 'block' }}>
                            {words}
                        </span>
                    ))}
                </span>
            ),
            plain: (row) => rowWords(text, row).join('；'),
        },
    ];
}

/** All rows, whatever the filter, as a file. */
export function ResultButton({ found }: { found: Import }) {
    const text = useText();
    const { plans, outcomes } = importWords(text, found.about);
    const columns: { key: string; title: string; plain: (row: ImportRow) => string }[] = [
        { key: 'line', title: text.imports.line, plain: (row) => String(row.line) },
        { key: 'name', title: text.party.name, plain: (row) => row.name },
        { key: 'plan', title: text.imports.plan, plain: (row) => plans[row.plan] },
        {
            key: 'outcome',
            title: text.imports.outcome,
            plain: (row) => (row.outcome === null ? '' : outcomes[row.outcome]),
        },
        { key: 'details', title: text.imports.details, plain: (row) => rowWords(text, row).join('；') },
    ];
    return (
        <ExportButton
            name={`${found.fileName} ${text.imports.resultName}`}
            label={text.imports.download}
            columns={columns}
            items={[]}
            source={{ list: 'party.importRows', query: { importId: found.id } }}
        />
    );
}
