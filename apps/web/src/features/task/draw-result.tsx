import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot } from '../../app/page.tsx';

type Draw = ResponseOf<Endpoints['draw.get']>;

/** Whom chance chose, and the tasks that came of it. */
export function DrawResultCard({ draw }: { draw: Draw }) {
    const text = useText();
    const format = useFormat();
    const layers = draw.eligible.map((each) => fill(text.draw.layer, each));
    return (
        <Card title={text.draw.result} small={format.list(layers)}>
            <div className="scroll">
                <table className="table">
                    <thead>
                        <tr>
                            <th scope="col">{text.draw.place}</th>
                            <th scope="col">{text.draw.object}</th>
                            <th scope="col">{text.draw.grade}</th>
                            <th scope="col">{text.draw.weight}</th>
                            <th scope="col">{text.draw.officers}</th>
                            <th scope="col">{text.draw.task}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {draw.picks.map((pick) => (
                            <tr key={pick.place}>
                                <td className="mono-figures">{pick.place}</td>
                                <td>
                                    <Link to="/parties/$id" params={{ id: pick.object.id }}>
                                        {pick.object.name}
                                    </Link>
                                </td>
                                <td>{pick.grade}</td>
                                <td>
                                    <span className="mono-figures">{pick.weight}</span>
                                    {pick.graded.map((each) => (
                                        <span key={each.scheme} className="second nowrap">
                                            {text.grade.schemes[each.scheme]} {each.grade} · {each.weight}
                                        </span>
                                    ))}
                                    {pick.weightReason !== null && <span className="second">{pick.weightReason}</span>}
                                </td>
                                <td>
                                    {pick.officers.length === 0 ? (
                                        <>
                                            <Dot status="act" />
                                            {text.draw.noOfficers}
                                        </>
                                    ) : (
                                        format.list(pick.officers)
                                    )}
                                </td>
                                <td>
                                    {pick.task !== null && (
                                        <Link to="/tasks/$id" params={{ id: pick.task.id }} className="mono-figures">
                                            {pick.task.number}
                                        </Link>
                                    )}
                                </td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
        </Card>
    );
}

/** Who takes no part, each with the reason: known from the lists, before anything is drawn. */
export function ExcludedCard({ draw }: { draw: Draw }) {
    const text = useText();
    return (
        <Card title={text.draw.excluded} small={draw.excluded.length}>
            {draw.excluded.length === 0 ? (
                <p className="empty-small">{text.draw.excludedNone}</p>
            ) : (
                <ul className="people">
                    {draw.excluded.map((each) => (
                        <li key={each.object.id}>
                            {each.object.name} <span className="second">{text.draw.exclusions[each.reason]}</span>
                        </li>
                    ))}
                </ul>
            )}
        </Card>
    );
}
