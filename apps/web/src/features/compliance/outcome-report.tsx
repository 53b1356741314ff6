import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { OUTCOME_KINDS, type OutcomeKind } from '@liuhen/domain';
import { ErrorNote } from '../../app/error-note.tsx';
import { ExportButton } from '../../app/export-button.tsx';
import { useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { TableScroll } from '../../app/table-scroll.tsx';

type Report = ResponseOf<Endpoints['outcome.report']>;
type Counts = Report['months'][number]['counts'];
type Line = { id: string; of: 'organisation' | 'month'; name: string; counts: Counts };

/** How many stand, by organisation and by month; by the days that the list below is narrowed to. */
export function OutcomeReport({ from, to }: { from: string | undefined; to: string | undefined }) {
    const text = useText();
    const query = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    const { data, error, refetch } = useAsk('outcome.report', { query });
    if (error !== null && data === undefined) return <ErrorNote error={error} of="read" onRetry={() => void refetch()} />;
    if (data === undefined) return null;
    const lines: Line[] = [
        ...data.organisations.map(({ organisation, counts }) => ({
            id: organisation.id,
            of: 'organisation' as const,
            name: organisation.name,
            counts,
        })),
        ...data.months.map(({ month, counts }) => ({ id: month, of: 'month' as const, name: month, counts })),
    ];
    const count = (counts: Counts, kind: OutcomeKind) => counts[kind] ?? 0;
    const total = (counts: Counts) => OUTCOME_KINDS.reduce((sum, kind) => sum + count(counts, kind), 0);
    return (
        <Card
            title={text.outcome.report}
            small={text.outcome.reportHint}
            right={
                <ExportButton<Line>
                    name={`${text.outcome.title} ${text.outcome.report}`}
                    items={lines}
                    label={text.outcome.reportExport}
                    source={undefined}
                    columns={[
                        { key: 'of', title: text.outcome.report, plain: (line) => text.outcome[line.of] },
                        { key: 'name', title: text.outcome.subject, plain: (line) => line.name },
                        ...OUTCOME_KINDS.map((kind) => ({
                            key: kind,
                            title: text.outcome.kinds[kind],
                            plain: (line: Line) => String(count(line.counts, kind)),
                        })),
                        { key: 'total', title: text.outcome.total, plain: (line) => String(total(line.counts)) },
                    ]}
                />
            }
        >
            <TableScroll label={text.outcome.report}>
                <table className="table">
                    <thead>
                        <tr>
                            <th scope="col">{text.outcome.subject}</th>
                            {OUTCOME_KINDS.map((kind) => (
                                <th key={kind} scope="col" className="num">
                                    {text.outcome.kinds[kind]}
                                </th>
                            ))}
                            <th scope="col" className="num">
                                {text.outcome.total}
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        {lines.map((line) => (
                            <tr key={line.id}>
                                <th scope="row">{line.name}</th>
                                {OUTCOME_KINDS.map((kind) => (
                                    <td key={kind} className="num">
                                        {count(line.counts, kind)}
                                    </td>
                                ))}
                                <td className="num">{total(line.counts)}</td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </TableScroll>
        </Card>
    );
}
