import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import type { ReactNode } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { Tag } from '../../app/page.tsx';

type Item = ResponseOf<Endpoints['parameter.list']>['items'][number];
type Decision = Pick<Item['rows'][number], 'id' | 'from' | 'basis' | 'decidedBy' | 'decidedAt' | 'proposal'> & {
    what: ReactNode;
    /** What else there is to say of it, below. */
    more?: ReactNode;
    /** Null: entered before a reason was asked for. */
    reason: string | null;
};
type Unsettled = Pick<Item['proposals'][number], 'id' | 'reason' | 'proposedBy' | 'proposedAt' | 'state' | 'ended'> & {
    what: ReactNode;
    more?: ReactNode;
};

/** What counted from when, with who proposed and who approved it; then what was proposed and never counted. */
export function DecisionHistory({ rows, proposals }: { rows: readonly Decision[]; proposals: readonly Unsettled[] }) {
    const text = useText();
    const format = useFormat();
    const now = Date.now();
    const rowWords = ({ from, decidedBy, decidedAt, proposal }: Decision): string => {
        const said = { from: format.dateTime(from), name: decidedBy.name, at: format.dateTime(decidedAt) };
        if (proposal === null) return fill(text.parameter.rowBefore, said);
        const by = proposal.by.name;
        if (proposal.approvedAbove === null) return fill(text.parameter.row, { ...said, by });
        return fill(text.parameter.rowAbove, { ...said, by, above: proposal.approvedAbove });
    };
    const endWords = ({ by, at, why, above }: NonNullable<Unsettled['ended']>): string => {
        const said = { name: by.name, at: format.dateTime(at), why };
        return above === null ? fill(text.parameter.ended, said) : fill(text.parameter.endedAbove, { ...said, above });
    };
    return (
        <>
            {rows.length > 0 && (
                <details>
                    <summary>
                        {text.parameter.history} · {rows.length}
                    </summary>
                    <ol className="decisions">
                        {rows.map((row) => (
                            <li key={row.id}>
                                {row.what}
                                {row.from > now && (
                                    <>
                                        {' '}
                                        <Tag status="brand">{text.parameter.toCome}</Tag>
                                    </>
                                )}
                                {row.more}
                                <span className="second">{rowWords(row)}</span>
                                <span className="second" lang="zh-CN">
                                    {row.basis}
                                </span>
                                {row.reason !== null && (
                                    <span className="second" lang="zh-CN">
                                        {row.reason}
                                    </span>
                                )}
                            </li>
                        ))}
                    </ol>
                </details>
            )}
            {proposals.length > 0 && (
                <details>
                    <summary>
                        {text.parameter.proposed} · {proposals.length}
                    </summary>
                    <ol className="decisions">
                        {proposals.map((each) => (
                            <li key={each.id}>
                                {each.what}{' '}
                                <Tag status={each.state === 'waiting' ? 'judge' : undefined}>
                                    {text.parameter.proposalStates[each.state]}
                                </Tag>
                                <span className="second">
                                    {fill(text.parameter.proposedBy, {
                                        name: each.proposedBy.name,
                                        at: format.dateTime(each.proposedAt),
                                    })}
                                </span>
                                {each.more}
                                {each.ended !== null && <span className="second">{endWords(each.ended)}</span>}
                                <span className="second" lang="zh-CN">
                                    {each.reason}
                                </span>
                            </li>
                        ))}
                    </ol>
                </details>
            )}
        </>
    );
}
