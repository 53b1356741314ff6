import { fill } from '@liuhen/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { type Column, DataList } from '../../app/data-list.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Empty, PageHead } from '../../app/page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { ImportDrawer } from './import-drawer.tsx';
import { WorkTabs } from './work-tabs.tsx';

type List = ItemOf<'taskImport.list'>;

/** Rows that wait for a person. */
export const waitingIn = (counts: List['counts']): number => counts.proposed + counts.unmatched;

export function ImportListPage() {
    const text = useText();
    const may = useMay();
    const navigate = useNavigate();
    const pages = usePages('taskImport.list', {});
    const [importing, setImporting] = useState(false);
    const button = may('task.import') && (
        <Button type="primary" onClick={() => setImporting(true)}>
            {text.taskList.new}
        </Button>
    );
    return (
        <>
            <WorkTabs />
            <PageHead title={text.taskList.title} facts={text.taskList.sub} actions={button} />
            <Card label={text.taskList.title}>
                <DataList<List>
                    id="task-lists"
                    name={text.taskList.title}
                    columns={useColumns()}
                    items={pages.items}
                    idOf={(list) => list.id}
                    total={pages.total}
                    pages={pages}
                    empty={<Empty title={text.taskList.emptyTitle} what={text.taskList.emptyWhat} action={button} />}
                />
            </Card>
            {importing && (
                <ImportDrawer
                    onClose={() => setImporting(false)}
                    onReceived={(id) => void navigate({ to: '/task-lists/$id', params: { id } })}
                />
            )}
        </>
    );
}

function useColumns(): Column<List>[] {
    const text = useText();
    const format = useFormat();
    const standing = ({ counts }: List) =>
        fill(text.taskList.preview, {
            matched: counts.matched + counts.changed,
            waiting: waitingIn(counts),
            faulty: counts.faulty,
        });
    return [
        {
            key: 'source',
            title: text.taskList.source,
            width: 'minmax(220px, 2fr)',
            shown: 'always',
            phone: 'title',
            cell: (list) => (
                <>
                    <Link to="/task-lists/$id" params={{ id: list.id }} className="main">
                        {list.source}
                    </Link>
                    {list.fileName !== null && <span className="second">{list.fileName}</span>}
                </>
            ),
            plain: (list) => list.source,
        },
        {
            key: 'origin',
            title: text.taskList.origin,
            width: '120px',
            plain: (list) => text.task.origins[list.origin],
        },
        {
            key: 'rows',
            title: text.taskList.rows,
            width: '80px',
            number: true,
            cell: (list) => format.count(list.rowCount),
            plain: (list) => String(list.rowCount),
        },
        {
            key: 'standing',
            title: text.task.state,
            width: 'minmax(240px, 2fr)',
            plain: standing,
        },
        {
            key: 'received',
            title: text.taskList.received,
            width: '210px',
            cell: (list) => `${format.dateTime(list.receivedAt)} ${list.receivedBy.name}`,
            plain: (list) => `${format.dateTime(list.receivedAt)} ${list.receivedBy.name}`,
        },
    ];
}
