import { fill } from '@liuhen/contract';
import { EQUIPMENT, type Equipment } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type Column, DataList } from '../../app/data-list.tsx';
import { useDepartments } from '../../app/departments.ts';
import { Filters, Pick, SearchField } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Empty, Line, PageHead, type Status, Tag } from '../../app/page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { DeviceTabs } from './device-tabs.tsx';

type Item = ItemOf<'device.coverage'>;

const EQUIPMENT_STATUS: Record<Equipment, Status> = {
    none: 'broken',
    inRepair: 'act',
    unusable: 'act',
    several: 'act',
    one: 'held',
};

/** 附件1 第3条: one recorder each. Who has none, who two, whose is in repair. */
export function CoveragePage() {
    const text = useText();
    const format = useFormat();
    const navigate = useNavigate({ from: '/devices/coverage' });
    const search = useSearch({ from: '/signed-in/shell/devices/coverage' });
    const pages = usePages('device.coverage', search);
    const departments = useDepartments();
    const change = (next: Partial<{ [K in keyof typeof search]: (typeof search)[K] | undefined }>) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    const { order: _, ...filters } = search;
    const count = Object.keys(filters).length;
    const head = pages.head;
    const of = (...which: Equipment[]) =>
        (head?.counts ?? [])
            .filter((each) => each.kind === 'officer' && which.includes(each.equipment))
            .reduce((sum, each) => sum + each.count, 0);
    const missing = of('none', 'inRepair', 'unusable');
    return (
        <>
            <PageHead
                crumb={<Link to="/devices">{text.device.title}</Link>}
                title={text.coverage.title}
                tag={
                    head !== undefined &&
                    missing > 0 && <Tag status="broken">{fill(text.coverage.missing, { count: format.count(missing) })}</Tag>
                }
                facts={
                    <Line
                        of={[
                            text.coverage.sub,
                            head !== undefined &&
                                fill(text.coverage.all, {
                                    officers: format.count(of(...EQUIPMENT)),
                                    equipped: format.count(of('one')),
                                }),
                            of('several') > 0 && fill(text.coverage.several, { count: format.count(of('several')) }),
                            head !== undefined &&
                                fill(text.coverage.stock, {
                                    spare: format.count(head.spare),
                                    repair: format.count(head.inRepair),
                                }),
                            head !== undefined &&
                                head.withoutTerminal > 0 &&
                                fill(text.coverage.terminalsMissing, { count: format.count(head.withoutTerminal) }),
                        ]}
                    />
                }
            />
            <DeviceTabs />
            <Card label={text.coverage.title}>
                <Filters
                    count={count}
                    onClear={() => void navigate({ search: {}, replace: true })}
                    search={<SearchField label={text.coverage.search} value={search.q} onChange={(q) => change({ q })} />}
                >
                    <Pick
                        label={text.coverage.state}
                        value={search.equipment}
                        options={EQUIPMENT.map((each) => [each, text.coverage.equipment[each]] as const)}
                        onChange={(equipment) => change({ equipment })}
                    />
                    <Pick
                        label={text.coverage.short}
                        value={search.short}
                        options={[['yes', text.coverage.shortOnly] as const]}
                        onChange={(short) => change({ short })}
                    />
                    <Pick
                        label={text.coverage.terminals}
                        value={search.withoutTerminal}
                        options={[['yes', text.coverage.withoutTerminal] as const]}
                        onChange={(withoutTerminal) => change({ withoutTerminal })}
                    />
                    <Pick
                        label={text.coverage.kind}
                        value={search.kind}
                        options={(['officer', 'assistant'] as const).map((each) => [each, text.person.kinds[each]] as const)}
                        onChange={(kind) => change({ kind })}
                    />
                    <Pick
                        label={text.coverage.department}
                        value={search.departmentId}
                        options={departments.map(({ id, name }) => [id, name] as const)}
                        onChange={(departmentId) => change({ departmentId })}
                    />
                    <Pick
                        always
                        label={text.coverage.order}
                        value={search.order ?? 'name'}
                        options={(['name', 'department'] as const).map((each) => [each, text.coverage.orders[each]] as const)}
                        onChange={(order) => change({ order: order === 'name' ? undefined : order })}
                    />
                </Filters>
                <DataList<Item>
                    id="device-coverage"
                    name={text.coverage.title}
                    columns={useColumns()}
                    items={pages.items}
                    idOf={(item) => item.person.id}
                    total={pages.total}
                    pages={pages}
                    empty={
                        count > 0 ? (
                            <Empty title={text.coverage.noneTitle} what={text.coverage.noneWhat} />
                        ) : (
                            <Empty title={text.coverage.emptyTitle} what={text.coverage.emptyWhat} />
                        )
                    }
                />
            </Card>
        </>
    );
}

function useColumns(): Column<Item>[] {
    const text = useText();
    const recorders = ({ recorders: own }: Item) =>
        own
            .map(({ number, state, basis }) =>
                [
                    number,
                    state === 'inService' ? '' : text.device.states[state],
                    basis === 'personal' ? '' : text.deviceLife.bases[basis],
                ]
                    .filter((each) => each !== '')
                    .join(' '),
            )
            .join('；');
    return [
        {
            key: 'person',
            title: text.coverage.person,
            width: 'minmax(110px, 1fr)',
            shown: 'always',
            phone: 'title',
            cell: ({ person }) => (
                <Link to="/persons/$id" params={{ id: person.id }} className="main">
                    {person.name}
                </Link>
            ),
            plain: ({ person }) => person.name,
        },
        {
            key: 'certificate',
            title: text.coverage.certificate,
            width: 'minmax(90px, .7fr)',
            phone: 'hide',
            cell: ({ person }) => person.certificateNumber ?? <span className="faint">{text.common.none}</span>,
            plain: ({ person }) => person.certificateNumber ?? '',
        },
        {
            key: 'kind',
            title: text.coverage.kind,
            width: '90px',
            cell: ({ kind }) => text.person.kinds[kind],
            plain: ({ kind }) => text.person.kinds[kind],
        },
        {
            key: 'department',
            title: text.coverage.department,
            width: 'minmax(110px, 1fr)',
            cell: ({ department }) => department ?? <span className="faint">{text.person.departmentNone}</span>,
            plain: ({ department }) => department ?? '',
        },
        {
            key: 'equipment',
            title: text.coverage.state,
            width: 'minmax(150px, 1.2fr)',
            cell: ({ equipment, short }) => (
                <span>
                    <Dot status={short ? EQUIPMENT_STATUS[equipment] : equipment === 'one' ? 'held' : 'judge'} />
                    {text.coverage.equipment[equipment]}
                </span>
            ),
            plain: ({ equipment }) => text.coverage.equipment[equipment],
        },
        {
            key: 'recorders',
            title: text.coverage.recorders,
            width: 'minmax(140px, 1.2fr)',
            cell: (item) =>
                item.recorders.length === 0 ? (
                    <span className="faint">{text.common.none}</span>
                ) : (
                    item.recorders.map(({ id, number, state, basis }) => (
                        <span key={id} style={{ display: 'block' }}>
                            <Link to="/devices/$id" params={{ id }}>
                                {number}
                            </Link>{' '}
                            <span className="soft">
                                {state !== 'inService' && text.device.states[state]}
                                {basis !== 'personal' && ` ${text.deviceLife.bases[basis]}`}
                            </span>
                        </span>
                    ))
                ),
            plain: recorders,
        },
        {
            key: 'away',
            title: text.coverage.away,
            width: 'minmax(110px, .9fr)',
            cell: ({ away }) =>
                away === null ? (
                    <span className="faint">{text.common.none}</span>
                ) : (
                    <Link to="/devices/$id" params={{ id: away.id }}>
                        {away.number} {text.device.states[away.state]}
                    </Link>
                ),
            plain: ({ away }) => (away === null ? '' : `${away.number} ${text.device.states[away.state]}`),
        },
        {
            key: 'terminals',
            title: text.coverage.terminals,
            width: 'minmax(100px, .8fr)',
            cell: ({ terminals, withoutTerminal }) => (
                <span>
                    {withoutTerminal && <Dot status="act" />}
                    {terminals.length > 0 && terminals.join('、')}
                    {terminals.length === 0 && <span className="faint">{text.common.none}</span>}
                </span>
            ),
            plain: ({ terminals }) => terminals.join('、'),
        },
    ];
}
