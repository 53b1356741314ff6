import { PERSON_KINDS, ROLES } from '@liuhen/domain';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDepartments } from '../../app/departments.ts';
import { Pick } from '../../app/filters.tsx';
import { useText } from '../../app/language.tsx';
import { ListPage } from '../../app/list-page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import type { PersonSearch } from '../../routes/search.ts';
import { usePersonColumns } from './person-columns.tsx';
import { PersonDrawer } from './person-drawer.tsx';

type Person = ItemOf<'person.list'>;

export function PersonListPage() {
    const text = useText();
    const may = useMay();
    const navigate = useNavigate({ from: '/persons' });
    const search = useSearch({ from: '/signed-in/shell/persons' });
    const departments = useDepartments();
    return (
        <ListPage<Person, PersonSearch>
            id="persons"
            words={text.person}
            search={search}
            setSearch={(next) => void navigate({ search: next, replace: true })}
            columns={usePersonColumns()}
            pages={usePages('person.list', search)}
            mayCreate={may('person.manage')}
            creation={(close) => (
                <PersonDrawer onClose={close} onCreated={(id) => void navigate({ to: '/persons/$id', params: { id } })} />
            )}
            filters={(change) => (
                <>
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
                </>
            )}
        />
    );
}
