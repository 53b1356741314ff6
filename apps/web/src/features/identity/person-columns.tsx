import { fill } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import type { Column } from '../../app/data-list.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import type { ItemOf } from '../../app/query.ts';

type Person = ItemOf<'person.list'>;

export function usePersonColumns(): Column<Person>[] {
    const text = useText();
    const format = useFormat();
    const roles = (person: Person) => format.list(person.roles.map((role) => text.person.roleNames[role]));
    const posts = (person: Person) => format.list(person.posts.map((post) => text.person.postNames[post]));
    const devices = (person: Person) => format.list(person.devices.map((device) => device.number));
    const orDash = (words: string) => (words === '' ? <span className="faint">{text.common.none}</span> : words);
    return [
        {
            key: 'name',
            title: text.person.name,
            width: 'minmax(150px, 1.3fr)',
            shown: 'always',
            phone: 'title',
            cell: (person) => (
                <>
                    <Link to="/persons/$id" params={{ id: person.id }} className="main">
                        {person.name}
                    </Link>
                    {person.leftAt !== null && (
                        <span className="second">{fill(text.person.leftAt, { date: format.date(person.leftAt) })}</span>
                    )}
                </>
            ),
            plain: (person) => person.name,
        },
        {
            key: 'kind',
            title: text.person.kind,
            width: '90px',
            plain: (person) => text.person.kinds[person.kind],
        },
        {
            key: 'certificate',
            title: text.person.certificate,
            width: '130px',
            cell: (person) => orDash(person.certificateNumber ?? ''),
            plain: (person) => person.certificateNumber ?? '',
        },
        {
            key: 'department',
            title: text.person.department,
            width: 'minmax(120px, 1fr)',
            cell: (person) => orDash(person.department?.name ?? ''),
            plain: (person) => person.department?.name ?? '',
        },
        {
            key: 'roles',
            title: text.person.roles,
            width: 'minmax(150px, 1.3fr)',
            cell: (person) => orDash(roles(person)),
            plain: roles,
        },
        {
            key: 'devices',
            title: text.person.devices,
            width: 'minmax(90px, 1fr)',
            cell: (person) => orDash(devices(person)),
            plain: devices,
        },
        {
            key: 'posts',
            title: text.person.posts,
            width: 'minmax(120px, 1fr)',
            shown: 'off',
            cell: (person) => orDash(posts(person)),
            plain: posts,
        },
        {
            key: 'login',
            title: text.person.login,
            width: '130px',
            shown: 'off',
            cell: (person) => <span className="mono">{person.login ?? text.common.none}</span>,
            plain: (person) => person.login ?? '',
        },
    ];
}
