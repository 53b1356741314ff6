import { fill } from '@liuhen/contract';
import { type Day, dayOf, yearOfDay } from '@liuhen/domain';
import { Button } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { Card, Dot, Tag } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { DecisionHistory } from './decision-history.tsx';
import { type CalendarYear, YearDays } from './year-changes.tsx';
import { YearDrawer } from './year-drawer.tsx';

const isWaiting = ({ proposals }: CalendarYear): boolean => proposals.some(({ state }) => state === 'waiting');

/** The official holiday calendar, year by year: what counts as a working day, and how it came to be. */
export function CalendarCard() {
    const text = useText();
    const may = useMay();
    const { data, error, refetch } = useAsk('parameter.calendar', { query: {} });
    const [proposing, setProposing] = useState<{ of: CalendarYear | null }>();
    const years = data?.years ?? [];
    const missing = [0, 1]
        .map((ahead) => yearOfDay(dayOf(Date.now())) + ahead)
        .filter((year) => years.find((each) => each.year === year)?.inForce == null);
    return (
        <Card
            id="calendar"
            title={text.parameter.calendar}
            right={
                may('parameter.manage') && (
                    <Button size="small" onClick={() => setProposing({ of: null })}>
                        {text.parameter.proposeYear}
                    </Button>
                )
            }
        >
            <div className="body">
                <p className="second">{text.parameter.calendarSub}</p>
                {data !== undefined &&
                    missing.map((year) => (
                        <p key={year} className="status">
                            <Dot status="act" />
                            {fill(
                                years.some((each) => each.year === year && isWaiting(each))
                                    ? text.parameter.proposedYear
                                    : text.parameter.missingYear,
                                { year },
                            )}
                        </p>
                    ))}
                {data === undefined && error !== null && <ErrorNote error={error} of="read" onRetry={() => void refetch()} />}
            </div>
            {years.length > 0 && (
                <ul className="parameters">
                    {years.map((year) => (
                        <YearEntry key={year.year} of={year} onPropose={() => setProposing({ of: year })} />
                    ))}
                </ul>
            )}
            {proposing !== undefined && <YearDrawer years={years} of={proposing.of} onClose={() => setProposing(undefined)} />}
        </Card>
    );
}

function YearEntry({ of, onPropose }: { of: CalendarYear; onPropose: () => void }) {
    const text = useText();
    const may = useMay();
    const { year, inForce, rows, proposals } = of;
    const counts = ({ off, work }: { off: readonly Day[]; work: readonly Day[] }): string =>
        [
            `${text.parameter.off} ${fill(text.parameter.count, { count: off.length })}`,
            `${text.parameter.work} ${fill(text.parameter.count, { count: work.length })}`,
        ].join(' · ');
    return (
        <li id={`year-${year}`}>
            <div className="what">
                <strong>{year}</strong>{' '}
                {inForce !== null && (
                    <Tag status={inForce.standing === 'verified' ? 'held' : 'act'}>
                        {text.parameter.standings[inForce.standing]}
                    </Tag>
                )}{' '}
                {isWaiting(of) && <Tag status="judge">{text.parameter.proposalStates.waiting}</Tag>}
            </div>
            <div className="value">
                {inForce === null ? <span className="faint">{text.parameter.weekendsOnly}</span> : counts(inForce)}
            </div>
            <div className="basis">
                {inForce !== null && <span lang="zh-CN">{inForce.source}</span>}
                {inForce?.entry === null && <span className="second">{text.parameter.builtIn}</span>}
                {inForce !== null && (
                    <details>
                        <summary>
                            {text.parameter.off} · {text.parameter.work}
                        </summary>
                        <YearDays {...inForce} />
                    </details>
                )}
                <DecisionHistory
                    rows={rows.map((row) => ({
                        ...row,
                        what: `${counts(row)} · ${text.parameter.standings[row.standing]}`,
                        more: <YearDays {...row} />,
                        basis: row.source,
                        from: row.decidedAt,
                    }))}
                    proposals={proposals.map((each) => ({ ...each, what: counts(each), more: <YearDays {...each} /> }))}
                />
            </div>
            <div className="do">
                {may('parameter.manage') && (
                    <Button
                        size="small"
                        onClick={onPropose}
                        aria-label={`${text.parameter.change} ${fill(text.parameter.calendarYear, { year })}`}
                    >
                        {text.parameter.change}
                    </Button>
                )}
            </div>
        </li>
    );
}
