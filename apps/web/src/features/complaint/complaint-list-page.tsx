import { COMPLAINT_CHANNELS, COMPLAINT_STATES } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Column } from '../../app/data-list.tsx';
import { Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { ListPage } from '../../app/list-page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import type { ComplaintSearch } from '../../routes/search.ts';
import { Due } from '../task/due.tsx';
import { ComplaintDrawer } from './complaint-drawer.tsx';

type Complaint = ItemOf<'complaint.list'>;

export function ComplaintListPage() {
    const text = useText();
    const may = useMay();
    const navigate = useNavigate({ from: '/complaints' });
    const search = useSearch({ from: '/signed-in/shell/complaints' });
    return (
        <ListPage<Complaint, ComplaintSearch>
            id="complaints"
            words={text.complaint}
            search={search}
            setSearch={(next) => void navigate({ search: next, replace: true })}
            columns={useColumns()}
            pages={usePages('complaint.list', search)}
            mayCreate={may('complaint.manage')}
            creation={(close) => (
                <ComplaintDrawer
                    onClose={close}
                    onRegistered={(id) => void navigate({ to: '/complaints/$id', params: { id } })}
                />
            )}
            filters={(change) => (
                <>
                    <Pick
                        label={text.complaint.channel}
                        value={search.channel}
                        options={COMPLAINT_CHANNELS.map((each) => [each, text.complaint.channels[each]] as const)}
                        onChange={(channel) => change({ channel })}
                    />
                    <Pick
                        label={text.complaint.state}
                        value={search.state}
                        options={COMPLAINT_STATES.map((each) => [each, text.complaint.states[each]] as const)}
                        onChange={(state) => change({ state })}
                    />
                    <Pick
                        label={text.complaint.due}
                        value={search.due}
                        options={(['late', 'soon', 'none'] as const).map(
                            (each) => [each, text.complaint.dueFilters[each]] as const,
                        )}
                        onChange={(due) => change({ due })}
                    />
                    <Pick
                        label={text.complaint.order}
                        value={search.order}
                        options={(['newest', 'due'] as const).map((each) => [each, text.complaint.orders[each]] as const)}
                        onChange={(order) => change({ order })}
                    />
                </>
            )}
        />
    );
}

function useColumns(): Column<Complaint>[] {
    const text = useText();
    const format = useFormat();
    return [
        {
            key: 'subject',
            title: text.complaint.subject,
            width: 'minmax(220px, 2fr)',
            shown: 'always',
            phone: 'title',
            cell: (complaint) => (
                <>
                    <Link to="/complaints/$id" params={{ id: complaint.id }} className="main">
                        {complaint.subject}
                    </Link>
                    <span className="second mono-figures">{complaint.number}</span>
                </>
            ),
            plain: (complaint) => `${complaint.subject} ${complaint.number}`,
        },
        {
            key: 'party',
            title: text.complaint.partyShort,
            width: 'minmax(150px, 1.2fr)',
            cell: (complaint) => complaint.party?.name ?? complaint.place ?? text.common.none,
            plain: (complaint) => complaint.party?.name ?? complaint.place ?? '',
        },
        {
            key: 'channel',
            title: text.complaint.channel,
            width: '110px',
            plain: (complaint) => text.complaint.channels[complaint.channel],
        },
        {
            key: 'received',
            title: text.complaint.receivedAt,
            width: '186px',
            plain: (complaint) => format.dateTime(complaint.receivedAt),
        },
        {
            key: 'state',
            title: text.complaint.state,
            width: '110px',
            plain: (complaint) => text.complaint.states[complaint.state],
        },
        {
            key: 'due',
            title: text.complaint.dueDay,
            width: '186px',
            cell: (complaint) =>
                complaint.dueDay === null ? (
                    <span className="faint">{text.complaint.noDue}</span>
                ) : (
                    <Due day={complaint.dueDay} left={complaint.daysLeft} />
                ),
            plain: (complaint) => complaint.dueDay ?? '',
        },
        {
            key: 'external',
            title: text.complaint.externalNumber,
            width: '150px',
            shown: 'off',
            cell: (complaint) => <span className="mono">{complaint.externalNumber ?? text.common.none}</span>,
            plain: (complaint) => complaint.externalNumber ?? '',
        },
    ];
}
