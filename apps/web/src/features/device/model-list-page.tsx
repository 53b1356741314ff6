import { fill } from '@liuhen/contract';
import { DEVICE_KINDS, figureStanding } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Column } from '../../app/data-list.tsx';
import { Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { ListPage } from '../../app/list-page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import type { ModelSearch } from '../../routes/search.ts';
import { DeviceTabs } from './device-tabs.tsx';
import { ModelDrawer } from './model-drawer.tsx';

type Model = ItemOf<'device.models'>;

export function ModelListPage() {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const navigate = useNavigate({ from: '/devices/models' });
    const search = useSearch({ from: '/signed-in/shell/devices/models' });
    const pages = usePages('device.models', search);
    const unregistered = pages.head?.unregistered ?? [];
    return (
        <ListPage<Model, ModelSearch>
            id="models"
            words={text.model}
            search={search}
            setSearch={(next) => void navigate({ search: next, replace: true })}
            columns={useColumns()}
            pages={pages}
            figures={
                <>
                    <DeviceTabs />
                    {unregistered.length > 0 && (
                        <p className="note note-plain">
                            {fill(text.model.unregistered, { names: format.list(unregistered.map((each) => each.name)) })}
                        </p>
                    )}
                </>
            }
            mayCreate={may('device.manage')}
            creation={(close) => (
                <ModelDrawer
                    {...(unregistered[0] === undefined ? {} : { name: unregistered[0].name })}
                    onClose={close}
                    onCreated={(id) => void navigate({ to: '/devices/models/$id', params: { id } })}
                />
            )}
            filters={(change) => (
                <Pick
                    label={text.model.kind}
                    value={search.kind}
                    options={DEVICE_KINDS.map((each) => [each, text.device.kinds[each]] as const)}
                    onChange={(kind) => change({ kind })}
                />
            )}
        />
    );
}

function useColumns(): Column<Model>[] {
    const text = useText();
    const format = useFormat();
    const below = (model: Model) => model.figures.filter((each) => figureStanding(each) === 'below').length;
    return [
        {
            key: 'name',
            title: text.model.name,
            width: 'minmax(160px, 1.4fr)',
            shown: 'always',
            phone: 'title',
            cell: (model) => (
                <Link to="/devices/models/$id" params={{ id: model.id }} className="main">
                    {model.name}
                </Link>
            ),
            plain: (model) => model.name,
        },
        {
            key: 'maker',
            title: text.model.maker,
            width: 'minmax(140px, 1.2fr)',
            cell: (model) => model.maker ?? <span className="faint">{text.common.none}</span>,
            plain: (model) => model.maker ?? '',
        },
        {
            key: 'kind',
            title: text.model.kind,
            width: 'minmax(110px, 1fr)',
            cell: (model) => text.device.kinds[model.kind],
            plain: (model) => text.device.kinds[model.kind],
        },
        {
            key: 'devices',
            title: text.model.devices,
            width: '90px',
            number: true,
            cell: (model) => format.count(model.devices),
            plain: (model) => String(model.devices),
        },
        {
            key: 'figures',
            title: text.model.figures,
            width: '110px',
            number: true,
            cell: (model) => format.count(model.figures.length),
            plain: (model) => String(model.figures.length),
        },
        {
            key: 'below',
            title: text.model.below,
            width: '120px',
            number: true,
            cell: (model) => format.count(below(model)),
            plain: (model) => String(below(model)),
        },
    ];
}
