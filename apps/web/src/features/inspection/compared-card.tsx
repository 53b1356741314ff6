import { fill } from '@liuhen/contract';
import { COMPARED_CHOICES, COMPARED_ORDERS, type ScenarioKey } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type Column, DataList } from '../../app/data-list.tsx';
import { Filters, Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Empty, Line } from '../../app/page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import type { InspectionSearch } from '../../routes/search.ts';
import type { Inspection } from './inspection-types.ts';
import { formatDifference, formatPercent } from './percent.ts';

type Compared = ItemOf<'inspection.compared'>;

/** Acts of the sample that another inspection reviewed too, as far as the reader may see both, with what the scores differ by. */
export function ComparedCard({ of }: { of: Inspection }) {
    const text = useText();
    const format = useFormat();
    const words = text.comparison;
    const { choice, withId, order } = useSearch({ from: '/signed-in/shell/inspections/$id' });
    const navigate = useNavigate({ from: '/inspections/$id' });
    const change = (patch: { [K in keyof InspectionSearch]?: InspectionSearch[K] | undefined }) =>
        void navigate({ search: (before) => ({ ...before, ...patch }) as InspectionSearch, replace: true });
    const chosen = { ...(choice === undefined ? {} : { choice }), ...(withId === undefined ? {} : { withId }) };
    const pages = usePages('inspection.compared', {
        ...{ inspectionId: of.id, ...chosen },
        ...(order === undefined ? {} : { order }),
    });
    const { head } = pages;
    const { mean = null, ...counts } = head?.summary ?? { acts: 0, pairs: 0, higher: 0, lower: 0, same: 0 };
    const count = Object.keys(chosen).length;
    const compares = count > 0 || (head?.summary.pairs ?? 0) > 0;
    const columns = useColumns();
    return (
        <Card title={words.title} id="compared">
            {compares && (
                <>
                    <p className="body faint compared-sum">
                        {head !== undefined && (
                            <Line
                                of={[
                                    fill(words.summary, counts),
                                    mean !== null && fill(words.mean, { mean: formatDifference(mean) }),
                                    head.withheld > 0 && fill(words.withheld, { count: format.count(head.withheld) }),
                                ]}
                            />
                        )}
                        <span className="second">{words.what}</span>
                    </p>
                    <Filters count={count} onClear={() => change({ choice: undefined, withId: undefined })}>
                        <Pick
                            label={words.choice}
                            value={choice}
                            onChange={(next) => change({ choice: next })}
                            options={COMPARED_CHOICES.map((each) => [each, words.choices[each]] as const)}
                        />
                        {((head?.others.length ?? 0) > 1 || withId !== undefined) && (
                            <Pick
                                label={words.other}
                                value={withId}
                                onChange={(next) => change({ withId: next })}
                                options={(head?.others ?? []).map((each) => [each.id, `${each.by.name} ${each.number}`] as const)}
                            />
                        )}
                        <Pick
                            label={words.order}
                            value={order ?? 'place'}
                            onChange={(next) => change({ order: next === 'place' ? undefined : next })}
                            options={COMPARED_ORDERS.map((each) => [each, words.orders[each]] as const)}
                            always
                        />
                    </Filters>
                </>
            )}
            <DataList<Compared>
                id="inspection-compared"
                name={words.title}
                columns={columns}
                items={pages.items}
                idOf={(each) => `${each.sheetId} ${each.other.id}`}
                total={pages.total}
                pages={pages}
                empty={
                    compares ? (
                        <Empty title={words.noneTitle} what={words.noneWhat} />
                    ) : (
                        <Empty
                            title={words.empty}
                            what={
                                head !== undefined && head.withheld > 0
                                    ? fill(words.withheld, { count: format.count(head.withheld) })
                                    : words.emptyWhat
                            }
                        />
                    )
                }
            />
        </Card>
    );
}

function useColumns(): Column<Compared>[] {
    const text = useText();
    const format = useFormat();
    const words = text.comparison;
    const schemes = (each: Compared) => (each.sameScheme ? '' : each.shared === 0 ? words.nothingShared : words.otherSchemeWhat);
    return [
        {
            key: 'number',
            title: text.sheet.act,
            width: 'minmax(180px, 1.4fr)',
            shown: 'always',
            phone: 'title',
            cell: (each) => (
                <>
                    <Link to="/inspections/sheets/$id" params={{ id: each.sheetId }} className="main mono-figures">
                        {each.number}
                    </Link>
                    <span className="second">{each.organisation}</span>
                </>
            ),
            plain: (each) => each.number,
        },
        {
            key: 'other',
            title: words.other,
            width: 'minmax(170px, 1.4fr)',
            cell: (each) => (
                <>
                    {each.otherSheetId === null ? (
                        each.other.by.name
                    ) : (
                        <Link to="/inspections/sheets/$id" params={{ id: each.otherSheetId }}>
                            {each.other.by.name}
                        </Link>
                    )}
                    <span className="second mono-figures">{each.other.number}</span>
                    {schemes(each) !== '' && <span className="second">{schemes(each)}</span>}
                </>
            ),
            plain: (each) => `${each.other.by.name} ${each.other.number}`,
        },
        { key: 'here', title: words.here, width: '84px', number: true, plain: (each) => formatPercent(each.here) },
        { key: 'there', title: words.there, width: '84px', number: true, plain: (each) => formatPercent(each.there) },
        {
            key: 'difference',
            title: words.difference,
            width: '84px',
            number: true,
            plain: (each) => formatDifference(each.difference),
        },
        { key: 'alike', title: words.alike, width: '90px', number: true, plain: (each) => formatDifference(each.alike) },
        {
            key: 'differing',
            title: words.differing,
            width: '90px',
            number: true,
            plain: (each) => fill(words.differingOf, { differing: each.differing, shared: each.shared }),
        },
        {
            key: 'organisation',
            title: text.inspection.inspected,
            width: 'minmax(120px, 1fr)',
            shown: 'off',
            plain: (each) => each.organisation,
        },
        {
            key: 'place',
            title: text.inspection.place,
            width: '70px',
            number: true,
            shown: 'off',
            plain: (each) => format.count(each.place),
        },
        {
            key: 'scenario',
            title: text.inspection.scenarios,
            width: 'minmax(110px, 1fr)',
            shown: 'off',
            plain: (each) => scenarioWords(text, each.scenario as ScenarioKey),
        },
        {
            key: 'scheme',
            title: words.scheme,
            width: '90px',
            shown: 'off',
            plain: (each) => (each.sameScheme ? words.sameScheme : words.otherScheme),
        },
    ];
}
