import { DEVICE_KINDS, DEVICE_STATES } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Column } from '../../app/data-list.tsx';
import { Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { ListPage } from '../../app/list-page.tsx';
import { Dot } from '../../app/page.tsx';
import { PersonPick } from '../../app/pick-remote.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import type { DeviceSearch } from '../../routes/search.ts';
import { DeviceDrawer } from './device-drawer.tsx';
import { DEVICE_STATUS } from './device-status.ts';
import { DeviceTabs } from './device-tabs.tsx';

type Device = ItemOf<'device.list'>;

export function DeviceListPage() {
    const text = useText();
    const may = useMay();
    const navigate = useNavigate({ from: '/devices' });
    const search = useSearch({ from: '/signed-in/shell/devices' });
    return (
        <ListPage<Device, DeviceSearch>
            id="devices"
            words={text.device}
            search={search}
            setSearch={(next) => void navigate({ search: next, replace: true })}
            columns={useColumns()}
            pages={usePages('device.list', search)}
            figures={<DeviceTabs />}
            mayCreate={may('device.manage')}
            creation={(close) => (
                <DeviceDrawer onClose={close} onCreated={(id) => void navigate({ to: '/devices/$id', params: { id } })} />
            )}
            filters={(change) => (
                <>
                    <Pick
                        label={text.device.kind}
                        value={search.kind}
                        options={DEVICE_KINDS.map((each) => [each, text.device.kinds[each]] as const)}
                        onChange={(kind) => change({ kind })}
                    />
                    <Pick
                        label={text.device.state}
                        value={search.state}
                        options={DEVICE_STATES.map((each) => [each, text.device.states[each]] as const)}
                        onChange={(state) => change({ state })}
                    />
                    <PersonPick
                        label={text.device.holder}
                        placeholder={text.device.holder}
                        value={search.holderId}
                        onChange={(holderId) => change({ holderId })}
                    />
                </>
            )}
        />
    );
}

function useColumns(): Column<Device>[] {
    const text = useText();
    const format = useFormat();
    const holder = (device: Device) => device.holder?.name ?? device.room ?? text.device.inStock;
    return [
        {
            key: 'number',
            title: text.device.number,
            width: 'minmax(130px, 1fr)',
            shown: 'always',
            phone: 'title',
            cell: (device) => (
                <Link to="/devices/$id" params={{ id: device.id }} className="main">
                    {device.number}
                </Link>
            ),
            plain: (device) => device.number,
        },
        {
            key: 'kind',
            title: text.device.kind,
            width: 'minmax(110px, 1fr)',
            plain: (device) => text.device.kinds[device.kind],
        },
        {
            key: 'state',
            title: text.device.state,
            width: '100px',
            cell: (device) => (
                <span>
                    <Dot status={DEVICE_STATUS[device.state]} />
                    {text.device.states[device.state]}
                </span>
            ),
            plain: (device) => text.device.states[device.state],
        },
        {
            key: 'holder',
            title: text.device.holder,
            width: 'minmax(130px, 1fr)',
            cell: (device) => (device.holder === null ? <span className="faint">{holder(device)}</span> : holder(device)),
            plain: holder,
        },
        {
            key: 'model',
            title: text.device.model,
            width: 'minmax(160px, 1.3fr)',
            cell: (device) => device.model ?? text.common.none,
            plain: (device) => device.model ?? '',
        },
        {
            key: 'serial',
            title: text.device.serial,
            width: 'minmax(130px, 1fr)',
            shown: 'off',
            cell: (device) => <span className="mono">{device.serial ?? text.common.none}</span>,
            plain: (device) => device.serial ?? '',
        },
        {
            key: 'last',
            title: text.device.lastRecording,
            width: '186px',
            cell: (device) =>
                device.lastRecordingAt === null ? (
                    <span className="faint">{text.device.never}</span>
                ) : (
                    format.dateTime(device.lastRecordingAt)
                ),
            plain: (device) => (device.lastRecordingAt === null ? '' : format.dateTime(device.lastRecordingAt)),
        },
    ];
}
