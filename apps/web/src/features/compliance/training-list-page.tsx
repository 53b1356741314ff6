import { TRAINING_TOPICS } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Column } from '../../app/data-list.tsx';
import { DayRange, Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { ListPage } from '../../app/list-page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import type { TrainingSearch } from '../../routes/search.ts';
import { ComplianceTabs } from './compliance-tabs.tsx';
import { TrainingDrawer } from './training-drawer.tsx';

type Training = ItemOf<'training.list'>;

export function TrainingListPage() {
    const text = useText();
    const may = useMay();
    const navigate = useNavigate({ from: '/compliance/trainings' });
    const search = useSearch({ from: '/signed-in/shell/compliance/trainings' });
    const pages = usePages('training.list', search);
    const organisations = pages.head?.organisations ?? [];
    return (
        <ListPage<Training, TrainingSearch>
            id="trainings"
            words={text.training}
            search={search}
            setSearch={(next) => void navigate({ search: next, replace: true })}
            columns={useColumns(organisations.length > 1)}
            pages={pages}
            mayCreate={may('training.manage')}
            figures={<ComplianceTabs />}
            creation={(close) => (
                <TrainingDrawer
                    onClose={close}
                    onDone={(id) => void navigate({ to: '/compliance/trainings/$id', params: { id } })}
                />
            )}
            filters={(change) => (
                <>
                    <Pick
                        label={text.training.topics}
                        value={search.topic}
                        options={TRAINING_TOPICS.map((each) => [each, text.training.topicNames[each]] as const)}
                        onChange={(topic) => change({ topic })}
                    />
                    {organisations.length > 1 && (
                        <Pick
                            label={text.attestation.organisation}
                            value={search.organisationId}
                            options={organisations.map(({ id, name }) => [id, name] as const)}
                            onChange={(organisationId) => change({ organisationId })}
                        />
                    )}
                    <DayRange from={search.from} to={search.to} onChange={change} />
                </>
            )}
        />
    );
}

function useColumns(several: boolean): Column<Training>[] {
    const text = useText();
    const format = useFormat();
    const days = (item: Training) => (item.fromDay === item.toDay ? item.fromDay : `${item.fromDay} – ${item.toDay}`);
    return [
        {
            key: 'name',
            title: text.training.name,
            width: 'minmax(220px, 2fr)',
            shown: 'always',
            phone: 'title',
            cell: (item) => (
                <>
                    <Link to="/compliance/trainings/$id" params={{ id: item.id }} className="main">
                        {item.title}
                    </Link>
                    {item.cancelled !== null && <span className="second">{text.training.cancel}</span>}
                </>
            ),
            plain: (item) => item.title,
        },
        {
            key: 'topics',
            title: text.training.topics,
            width: 'minmax(170px, 1.4fr)',
            plain: (item) => format.list(item.topics.map((topic) => text.training.topicNames[topic])),
        },
        ...(several
            ? [
                  {
                      key: 'organisation',
                      title: text.attestation.organisation,
                      width: 'minmax(140px, 1fr)',
                      plain: (item: Training) => item.organisation.name,
                  },
              ]
            : []),
        { key: 'days', title: text.training.days, width: '220px', plain: days },
        { key: 'hours', title: text.training.hours, width: '110px', number: true, plain: (item) => String(item.minutes / 60) },
        { key: 'trainer', title: text.training.trainer, width: 'minmax(140px, 1fr)', plain: (item) => item.trainer },
        { key: 'attended', title: text.training.attended, width: '90px', number: true, plain: (item) => String(item.attended) },
        { key: 'failed', title: text.training.failed, width: '90px', number: true, plain: (item) => String(item.failed) },
    ];
}
