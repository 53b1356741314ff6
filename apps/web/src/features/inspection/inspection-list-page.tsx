import { fill } from '@liuhen/contract';
import { CAMPAIGN_STATES } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { type Column, DataList } from '../../app/data-list.tsx';
import { Filters, Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { Card, Empty, PageHead, Tag } from '../../app/page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { InspectionDrawer } from './inspection-drawer.tsx';
import { useParallelState } from './parallel-state.ts';

type Item = ItemOf<'inspection.list'>;

/** A line has room for the newest; the page of the inspection names all. */
const MOST_NAMED = 3;

export const INSPECTION_STATUS = {
    draft: undefined,
    committed: 'brand',
    drawn: 'act',
    ended: 'held',
    abandoned: undefined,
} as const;

export function InspectionListPage() {
    const text = useText();
    const may = useMay();
    const search = useSearch({ from: '/signed-in/shell/inspections' });
    const navigate = useNavigate({ from: '/inspections' });
    const pages = usePages('inspection.list', search);
    const [creating, setCreating] = useState(false);
    const create = may('inspection.manage') && (
        <Button type="primary" onClick={() => setCreating(true)}>
            {text.inspection.new}
        </Button>
    );
    return (
        <>
            <PageHead
                title={text.inspection.title}
                facts={text.inspection.sub}
                actions={
                    <>
                        <LinkButton to="/draws/check">{text.draw.check}</LinkButton>
                        {create}
                    </>
                }
            />
            <Card label={text.inspection.title}>
                <Filters count={Object.keys(search).length} onClear={() => void navigate({ search: {} })}>
                    <Pick
                        label={text.inspection.state}
                        value={search.state}
                        onChange={(state) => void navigate({ search: state === undefined ? {} : { state } })}
                        options={CAMPAIGN_STATES.map((state) => [state, text.inspection.states[state]] as const)}
                    />
                </Filters>
                <DataList<Item>
                    id="inspections"
                    name={text.inspection.title}
                    columns={useColumns()}
                    items={pages.items}
                    idOf={(each) => each.id}
                    total={pages.total}
                    pages={pages}
                    empty={<Empty title={text.inspection.emptyTitle} what={text.inspection.emptyWhat} action={create} />}
                />
            </Card>
            {creating && (
                <InspectionDrawer
                    onClose={() => setCreating(false)}
                    onCreated={(id) => void navigate({ to: '/inspections/$id', params: { id } })}
                />
            )}
        </>
    );
}

function useColumns(): Column<Item>[] {
    const text = useText();
    const format = useFormat();
    const stateOf = useParallelState();
    return [
        {
            key: 'title',
            title: text.inspection.name,
            width: 'minmax(220px, 2fr)',
            shown: 'always',
            phone: 'title',
            cell: (each) => (
                <>
                    <Link to="/inspections/$id" params={{ id: each.id }} className="main">
                        {each.title}
                    </Link>
                    <span className="second mono-figures">{each.number}</span>
                    {each.parallel.length > 0 && (
                        <span className="second">
                            {fill(text.inspection.parallelIn, {
                                count: each.parallel.length,
                                inspections: format.list(
                                    each.parallel
                                        .slice(0, MOST_NAMED)
                                        .map((other) =>
                                            fill(text.inspection.parallelOne, { number: other.number, state: stateOf(other) }),
                                        ),
                                ),
                            })}
                        </span>
                    )}
                </>
            ),
            plain: (each) => `${each.title} ${each.number}`,
        },
        {
            key: 'state',
            title: text.inspection.state,
            width: '140px',
            cell: (each) => <Tag status={INSPECTION_STATUS[each.state]}>{text.inspection.states[each.state]}</Tag>,
            plain: (each) => text.inspection.states[each.state],
        },
        { key: 'by', title: text.inspection.by, width: 'minmax(140px, 1fr)', plain: (each) => each.by.name },
        {
            key: 'inspected',
            title: text.inspection.inspected,
            width: 'minmax(140px, 1fr)',
            plain: (each) => format.list(each.organisations),
        },
        { key: 'period', title: text.inspection.period, width: '220px', plain: (each) => daysOf(format, each) },
        {
            key: 'progress',
            title: text.inspection.progress,
            width: 'minmax(160px, 1fr)',
            plain: (each) => (each.progress.sheets === 0 ? '' : fill(text.inspection.progressOf, each.progress)),
        },
    ];
}

/** The days of a period, the last one included. */
export const daysOf = (format: ReturnType<typeof useFormat>, { from, to }: { from: number; to: number }): string =>
    `${format.date(from)} – ${format.date(to - 1)}`;
