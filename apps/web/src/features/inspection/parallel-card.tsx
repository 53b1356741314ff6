import { fill } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Line, Tag } from '../../app/page.tsx';
import { daysOf, INSPECTION_STATUS } from './inspection-list-page.tsx';
import type { Inspection } from './inspection-types.ts';
import { useParallelState } from './parallel-state.ts';

/** Every other inspection whose seed was fixed over the same days: who could carry on the one that pleases is seen to have done so. */
export function ParallelCard({ of }: { of: Inspection }) {
    const text = useText();
    const format = useFormat();
    const words = text.inspection;
    const stateOf = useParallelState();
    return (
        <Card title={words.parallel}>
            <div className="body">
                <p className="faint">{words.parallelWhat}</p>
                {of.parallel.length === 0 && <p style={{ marginTop: 12 }}>{words.parallelNone}</p>}
                <ul className="plain">
                    {of.parallel.map((each) => (
                        <li key={each.number} style={{ marginTop: 12 }}>
                            {each.id === null ? (
                                <strong>{each.title}</strong>
                            ) : (
                                <Link to="/inspections/$id" params={{ id: each.id }} className="main">
                                    {each.title}
                                </Link>
                            )}{' '}
                            <Tag status={INSPECTION_STATUS[each.state]}>{stateOf(each)}</Tag>
                            <div className="faint">
                                <Line
                                    of={[
                                        each.number,
                                        daysOf(format, each),
                                        `${words.committed} ${format.dateTime(each.committedAt)}`,
                                        each.drawnAt !== null && `${words.drawn} ${format.dateTime(each.drawnAt)}`,
                                        each.sheets !== null &&
                                            fill(words.progressOf, {
                                                finished: each.sheets.finished,
                                                skipped: each.sheets.skipped,
                                                sheets: each.sheets.all,
                                            }),
                                        each.sharesActs ? words.parallelShares : words.parallelApart,
                                    ]}
                                />
                            </div>
                            {each.abandonReason !== null && (
                                <div>{fill(words.parallelReason, { reason: each.abandonReason })}</div>
                            )}
                        </li>
                    ))}
                </ul>
            </div>
        </Card>
    );
}
