import { type Endpoints, fill, type ResponseOf } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import type { Sheet } from './inspection-types.ts';
import { formatPercent } from './percent.ts';

type Other = ResponseOf<Endpoints['inspectionSheet.compare']>['others'][number];
type Item = Other['items'][number];

/** Beside a sheet that was handed in: what other inspections gave the same act, item by item, as far as the reader may see it. */
export function BesideCard({ sheet }: { sheet: Sheet }) {
    const text = useText();
    const words = text.comparison;
    const { data, error, isPending, refetch } = useAsk('inspectionSheet.compare', { params: { id: sheet.id } });
    return (
        <Card title={words.besides}>
            {isPending && <Waiting />}
            {error !== null && (
                <div className="body">
                    <ErrorNote error={error} of="read" onRetry={() => void refetch()} />
                </div>
            )}
            {data?.withheld === true && <p className="empty-small">{words.ownFirstWhat}</p>}
            {data?.withheld === false && data.others.length === 0 && <p className="empty-small">{words.none}</p>}
            {data !== undefined && data.others.length > 0 && <Table sheet={sheet} others={data.others} />}
        </Card>
    );
}

function Table({ sheet, others }: { sheet: Sheet; others: readonly Other[] }) {
    const text = useText();
    const format = useFormat();
    const words = text.comparison;
    const scores = (other: Other) => (other.difference === null ? undefined : other.difference / 10);
    const own = (key: string) => others.flatMap((each) => each.items.find((item) => item.key === key)?.here ?? [])[0];
    const ownPoints = (key: string) => sheet.counting.find((each) => each.item === key)?.points ?? null;
    return (
        <>
            <div className="scroll">
                <table className="table beside">
                    <thead>
                        <tr>
                            <th scope="col">{words.item}</th>
                            <th scope="col">{words.this}</th>
                            {others.map((each) => (
                                <th scope="col" key={each.inspection.id}>
                                    {each.sheetId === null ? (
                                        each.inspection.by.name
                                    ) : (
                                        <Link to="/inspections/sheets/$id" params={{ id: each.sheetId }}>
                                            {each.inspection.by.name}
                                        </Link>
                                    )}
                                    <span className="second mono-figures">{each.inspection.number}</span>
                                    <span className="second">{fill(words.finishedAt, { time: format.date(each.closedAt) })}</span>
                                </th>
                            ))}
                        </tr>
                    </thead>
                    <tbody>
                        {sheet.scheme
                            .filter(({ key }) => own(key) !== undefined)
                            .map(({ key, words: asked, most }) => (
                                <tr key={key}>
                                    <th scope="row">{asked}</th>
                                    <td data-label={words.this}>
                                        <Points answer={own(key) ?? { item: asked, most, weight: 1, points: ownPoints(key) }} />
                                    </td>
                                    {others.map((each) => (
                                        <td key={each.inspection.id} data-label={each.inspection.by.name}>
                                            <There item={each.items.find((item) => item.key === key)} />
                                        </td>
                                    ))}
                                </tr>
                            ))}
                        <tr className="sum">
                            <th scope="row">{words.total}</th>
                            <td data-label={words.this}>
                                <strong>{formatPercent(sheet.score)}</strong>
                            </td>
                            {others.map((each) => (
                                <td key={each.inspection.id} data-label={each.inspection.by.name}>
                                    <By points={scores(each)} right />
                                    <strong>{formatPercent(each.there)}</strong>
                                    {!each.sameScheme && (
                                        <span className="second">
                                            {each.items.length === 0 ? words.nothingShared : words.otherSchemeWhat}
                                        </span>
                                    )}
                                    {each.alike !== null &&
                                        (each.alike.here !== each.here || each.alike.there !== each.there) && (
                                            <span className="second">
                                                {words.onlyAlike}:{' '}
                                                {fill(words.alikeOf, {
                                                    here: formatPercent(each.alike.here),
                                                    there: formatPercent(each.alike.there),
                                                })}
                                            </span>
                                        )}
                                </td>
                            ))}
                        </tr>
                        {others.some((each) => each.remark !== null) && (
                            <tr>
                                <th scope="row">{words.remark}</th>
                                <td data-label={words.this}>{sheet.remark ?? text.common.none}</td>
                                {others.map((each) => (
                                    <td key={each.inspection.id} data-label={each.inspection.by.name}>
                                        {each.remark ?? text.common.none}
                                    </td>
                                ))}
                            </tr>
                        )}
                    </tbody>
                </table>
            </div>
            <p className="body faint">{words.besidesWhat}</p>
        </>
    );
}

function Points({ answer }: { answer: Item['here'] }) {
    const { points, most, given, words: said } = answer;
    const words = useText().comparison;
    return (
        <>
            {points === null ? words.notApplicable : fill(words.points, { points, most })}
            {given !== undefined && <span className="second">{fill(words.given, { points: given })}</span>}
            {said !== undefined && <span className="second">{said}</span>}
        </>
    );
}

function There({ item }: { item: Item | undefined }) {
    const text = useText();
    if (item === undefined) return <span className="faint">{text.common.none}</span>;
    const { here, there } = item;
    return (
        <>
            <Difference item={item} />
            <Points answer={there} />
            {here.item !== there.item && <span className="second faint">{there.item}</span>}
        </>
    );
}

/** In points where both can give as many; else in hundredths of what can be reached. */
function Difference({ item: { here, there } }: { item: Item }) {
    if (here.points === null || there.points === null) return null;
    if (here.most === there.most) return <By points={there.points - here.points} right />;
    return <By share={(there.points / there.most - here.points / here.most) * 100} right />;
}

/** The words say it; nothing hangs on a colour. */
function By({ points, share, right }: { points?: number | undefined; share?: number; right?: boolean }) {
    const words = useText().comparison;
    const by = points ?? share;
    if (by === undefined) return null;
    const [higher, lower] = points === undefined ? [words.higherShare, words.lowerShare] : [words.higher, words.lower];
    const size = Number(Math.abs(by).toFixed(1));
    const said = size === 0 ? words.same : fill(by > 0 ? higher : lower, { by: size });
    return <span className={`by${size === 0 ? ' faint' : ' by-differs'}${right === true ? ' right' : ''}`}>{said}</span>;
}
