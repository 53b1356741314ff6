import { fill } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { type Column, DataList } from '../../app/data-list.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { Card, Empty, PageHead, Tag } from '../../app/page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { AvoidanceDrawer } from './avoidance-drawer.tsx';
import { WorkTabs } from './work-tabs.tsx';

type Draw = ItemOf<'draw.list'>;

export const DRAW_STATUS = { committed: 'act', revealed: 'held', abandoned: undefined } as const;

export function DrawListPage() {
    const text = useText();
    const may = useMay();
    const pages = usePages('draw.list', {});
    const [avoiding, setAvoiding] = useState(false);
    const prepare = may('task.draw') && (
        <LinkButton primary to="/draws/new">
            {text.draw.new}
        </LinkButton>
    );
    return (
        <>
            <WorkTabs />
            <PageHead
                title={text.draw.title}
                facts={text.draw.sub}
                actions={
                    <>
                        <LinkButton to="/draws/check">{text.draw.check}</LinkButton>
                        {may('task.draw') && <Button onClick={() => setAvoiding(true)}>{text.draw.avoidance.title}</Button>}
                        {prepare}
                    </>
                }
            />
            <Card label={text.draw.title}>
                <DataList<Draw>
                    id="draws"
                    name={text.draw.title}
                    columns={useColumns()}
                    items={pages.items}
                    idOf={(draw) => draw.id}
                    total={pages.total}
                    pages={pages}
                    empty={<Empty title={text.draw.emptyTitle} what={text.draw.emptyWhat} action={prepare} />}
                />
            </Card>
            {avoiding && <AvoidanceDrawer onClose={() => setAvoiding(false)} />}
        </>
    );
}

function useColumns(): Column<Draw>[] {
    const text = useText();
    const format = useFormat();
    return [
        {
            key: 'title',
            title: text.draw.name,
            width: 'minmax(220px, 2fr)',
            shown: 'always',
            phone: 'title',
            cell: (draw) => (
                <>
                    <Link to="/draws/$id" params={{ id: draw.id }} className="main">
                        {draw.title}
                    </Link>
                    <span className="second mono-figures">{draw.number}</span>
                    {draw.redrawReason !== null && (
                        <span className="second">
                            {fill(text.draw.redraw, {
                                count: draw.earlier.length + 1,
                                numbers: format.list(draw.earlier),
                                reason: draw.redrawReason,
                            })}
                        </span>
                    )}
                </>
            ),
            plain: (draw) => `${draw.title} ${draw.number}`,
        },
        {
            key: 'state',
            title: text.draw.state,
            width: '150px',
            cell: (draw) => <Tag status={DRAW_STATUS[draw.state]}>{text.draw.states[draw.state]}</Tag>,
            plain: (draw) => text.draw.states[draw.state],
        },
        {
            key: 'objects',
            title: text.draw.objects,
            width: '90px',
            number: true,
            cell: (draw) => format.count(draw.objectCount),
            plain: (draw) => String(draw.objectCount),
        },
        {
            key: 'committed',
            title: text.draw.committed,
            width: '186px',
            plain: (draw) => format.dateTime(draw.committedAt),
        },
        {
            key: 'by',
            title: text.draw.committedBy,
            width: '110px',
            plain: (draw) => draw.committedBy.name,
        },
        {
            key: 'due',
            title: text.draw.dueDay,
            width: '120px',
            plain: (draw) => draw.dueDay,
        },
    ];
}
