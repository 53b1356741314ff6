import { fill } from '@liuhen/contract';
import { ROOM_KINDS } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Column } from '../../app/data-list.tsx';
import { Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { ListPage } from '../../app/list-page.tsx';
import { Dot } from '../../app/page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import type { RoomSearch } from '../../routes/search.ts';
import { DeviceTabs } from './device-tabs.tsx';
import { RoomDrawer } from './room-drawer.tsx';

type Room = ItemOf<'device.rooms'>;

/** 正文二(二)3: rooms and the cameras that look into them; which of the five kinds there is none of. */
export function RoomListPage() {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const navigate = useNavigate({ from: '/devices/rooms' });
    const search = useSearch({ from: '/signed-in/shell/devices/rooms' });
    const pages = usePages('device.rooms', search);
    const missing = pages.head?.missing ?? [];
    return (
        <ListPage<Room, RoomSearch>
            id="rooms"
            words={text.room}
            search={search}
            setSearch={(next) => void navigate({ search: next, replace: true })}
            columns={useColumns()}
            pages={pages}
            figures={
                <>
                    <DeviceTabs />
                    {missing.length > 0 && (
                        <p className="note note-plain">
                            {fill(text.room.missing, { kinds: format.list(missing.map((each) => text.room.kinds[each])) })}
                        </p>
                    )}
                </>
            }
            mayCreate={may('device.manage')}
            creation={(close) => (
                <RoomDrawer onClose={close} onCreated={(id) => void navigate({ to: '/devices/rooms/$id', params: { id } })} />
            )}
            filters={(change) => (
                <>
                    <Pick
                        label={text.room.kind}
                        value={search.kind}
                        options={ROOM_KINDS.map((each) => [each, text.room.kinds[each]] as const)}
                        onChange={(kind) => change({ kind })}
                    />
                    <Pick
                        label={text.room.closed}
                        value={search.closed}
                        options={[['yes', text.room.closedFilter] as const]}
                        onChange={(closed) => change({ closed })}
                    />
                </>
            )}
        />
    );
}

function useColumns(): Column<Room>[] {
    const text = useText();
    const format = useFormat();
    const cameras = (room: Room) => room.cameras.map((each) => each.number).join('、');
    return [
        {
            key: 'name',
            title: text.room.name,
            width: 'minmax(150px, 1.4fr)',
            shown: 'always',
            phone: 'title',
            cell: (room) => (
                <Link to="/devices/rooms/$id" params={{ id: room.id }} className="main">
                    {room.name}
                </Link>
            ),
            plain: (room) => room.name,
        },
        {
            key: 'kind',
            title: text.room.kind,
            width: 'minmax(110px, 1fr)',
            cell: (room) => text.room.kinds[room.kind],
            plain: (room) => text.room.kinds[room.kind],
        },
        {
            key: 'place',
            title: text.room.place,
            width: 'minmax(120px, 1fr)',
            cell: (room) => room.place ?? <span className="faint">{text.common.none}</span>,
            plain: (room) => room.place ?? '',
        },
        {
            key: 'cameras',
            title: text.room.cameras,
            width: 'minmax(140px, 1.2fr)',
            cell: (room) => (
                <span>
                    <Dot status={room.closedAt !== null ? 'judge' : room.cameras.length === 0 ? 'broken' : 'held'} />
                    {room.closedAt !== null ? text.room.closed : cameras(room) || text.room.noCamera}
                </span>
            ),
            plain: cameras,
        },
        {
            key: 'last',
            title: text.room.lastRecording,
            width: '186px',
            cell: (room) =>
                room.lastRecordingAt === null ? (
                    <span className="faint">{text.device.never}</span>
                ) : (
                    format.dateTime(room.lastRecordingAt)
                ),
            plain: (room) => (room.lastRecordingAt === null ? '' : format.dateTime(room.lastRecordingAt)),
        },
    ];
}
