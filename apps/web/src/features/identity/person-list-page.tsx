import { PERSON_KINDS, ROLES } from '@liuhen/domain';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { DataList } from '../../app/data-list.tsx';
import { Filters, Pick, SearchField } from '../../app/filters.tsx';
import { useKeys } from '../../app/keys.ts';
import { useText } from '../../app/language.tsx';
import { Card, Empty, PageHead } from '../../app/page.tsx';
import { type ItemOf, useAsk, usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { usePersonColumns } from './person-columns.tsx';
import { PersonDrawer } from './person-drawer.tsx';

type Person = ItemOf<'person.list'>;

export function PersonListPage() {
    const text = useText();
    const may = useMay();
    const navigate = useNavigate({ from: '/persons' });
    const search = useSearch({ from: '/signed-in/shell/persons' });
    const pages = usePages('person.list', search);
    const tree = useAsk('organisation.tree', {}, { enabled: may('organisation.view') });
    const departments = tree.data?.organisations.find((each) => each.own)?.departments ?? [];
    const [creating, setCreating] = useState(false);
    const mayCreate = may('person.manage');
    useKeys(mayCreate ? { n: () => setCreating(true) } : {});
    const change = (next: Partial<{ [K in keyof typeof search]: (typeof search)[K] | undefined }>) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    const count = Object.keys(search).length;
    const button = mayCreate && (
        <Button type="primary" onClick={() => setCreating(true)}>
            {text.person.new}
        </Button>
    );
    return (
        <>
            <PageHead title={text.person.title} facts={text.person.sub} actions={button} />
            <Card label={text.person.title}>
                <Filters
                    count={count}
                    onClear={() => void navigate({ search: {}, replace: true })}
                    search={<SearchField label={text.person.search} value={search.q} onChange={(q) => change({ q })} />}
                >
                    <Pick
                        label={text.person.kind}
                        value={search.kind}
                        options={PERSON_KINDS.map((each) => [each, text.person.kinds[each]] as const)}
                        onChange={(kind) => change({ kind })}
                    />
                    <Pick
                        label={text.person.department}
                        value={search.departmentId}
                        options={departments.map((each) => [each.id, each.name] as const)}
                        onChange={(departmentId) => change({ departmentId })}
                    />
                    <Pick
                        label={text.person.roles}
                        value={search.role}
                        options={ROLES.map((each) => [each, text.person.roleNames[each]] as const)}
                        onChange={(role) => change({ role })}
                    />
                    <Pick
                        always
                        label={text.person.left}
                        value={search.left ?? 'no'}
                        options={(['no', 'yes', 'all'] as const).map((each) => [each, text.person.leftOptions[each]] as const)}
                        onChange={(left) => change({ left: left === 'no' ? undefined : left })}
                    />
                </Filters>
                <DataList<Person>
                    id="persons"
                    name={text.person.title}
                    columns={usePersonColumns()}
                    items={pages.items}
                    idOf={(person) => person.id}
                    total={pages.total}
                    pages={pages}
                    empty={
                        count > 0 ? (
                            <Empty title={text.person.noneTitle} what={text.person.noneWhat} />
                        ) : (
                            <Empty title={text.person.emptyTitle} what={text.person.emptyWhat} action={button} />
                        )
                    }
                />
            </Card>
            {creating && (
                <PersonDrawer
                    onClose={() => setCreating(false)}
                    onCreated={(id) => void navigate({ to: '/persons/$id', params: { id } })}
                />
            )}
        </>
    );
}
