import { MERGE_STATES } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type Column, DataList } from '../../app/data-list.tsx';
import { Filters, Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Empty, PageHead } from '../../app/page.tsx';
import { usePages } from '../../app/query.ts';
import { type Merge, MergeWords, useMergeFacts } from './merge-parts.tsx';
import { MergeSteps } from './merge-steps.tsx';
import { toldApart } from './told-apart.ts';

/** All mergers, those that wait for a second signature first to be found by the filter. */
export function MergeListPage() {
    const text = useText();
    const navigate = useNavigate({ from: '/parties/merges' });
    const search = useSearch({ from: '/signed-in/shell/parties/merges' });
    const pages = usePages('party.merges', search);
    const count = Object.keys(search).length;
    return (
        <>
            <PageHead
                crumb={<Link to="/parties">{text.party.title}</Link>}
                title={text.merge.listTitle}
                facts={text.merge.listSub}
            />
            <Card label={text.merge.listTitle}>
                <Filters count={count} onClear={() => void navigate({ search: {}, replace: true })}>
                    <Pick
                        label={text.party.state}
                        value={search.state}
                        options={MERGE_STATES.map((each) => [each, text.merge.states[each]] as const)}
                        onChange={(state) => void navigate({ search: state === undefined ? {} : { state }, replace: true })}
                    />
                </Filters>
                <DataList<Merge>
                    id="party-merges"
                    name={text.merge.listTitle}
                    columns={useColumns()}
                    items={pages.items}
                    idOf={(merge) => merge.id}
                    total={pages.total}
                    pages={pages}
                    empty={<Empty title={text.merge.emptyTitle} what={text.merge.emptyWhat} />}
                />
            </Card>
        </>
    );
}

function useColumns(): Column<Merge>[] {
    const text = useText();
    const format = useFormat();
    const facts = useMergeFacts();
    return [
        {
            key: 'what',
            title: text.merge.title,
            width: 'minmax(260px, 2fr)',
            shown: 'always',
            phone: 'title',
            cell: (merge) => (
                <>
                    <MergeWords merge={merge} />
                    <span className="second">{facts(merge).join(' · ')}</span>
                </>
            ),
            plain: ({ duplicate, survivor }) => {
                const apart = toldApart(duplicate, survivor);
                const words = [duplicate, survivor].map(({ name }, at) =>
                    apart[at] == null ? name : `${name}${format.brackets(apart[at] ?? '')}`,
                );
                return words.join(' → ');
            },
        },
        {
            key: 'state',
            title: text.party.state,
            width: '110px',
            plain: (merge) => text.merge.states[merge.state],
        },
        {
            key: 'at',
            title: text.merge.proposedAt,
            width: '190px',
            plain: (merge) => format.dateTime(merge.proposedAt),
        },
        {
            key: 'steps',
            title: text.merge.steps,
            width: '170px',
            cell: (merge) => <MergeSteps merge={merge} />,
            plain: (merge) => facts(merge).join(' · '),
        },
    ];
}
