import { fill } from '@liuhen/contract';
import { formatMediaTime, TARGET_OF } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Tag } from '../../app/page.tsx';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import type { CaseDetail } from './case-words.ts';
import { EvidenceDrawer } from './evidence-drawer.tsx';

type Evidence = CaseDetail['evidence'][number];

/** The list of evidence; what was taken back stays in it, with the reason. */
export function CaseEvidence({ of }: { of: CaseDetail }) {
    const text = useText();
    const may = useMay();
    const [adding, setAdding] = useState(false);
    const [withdrawing, setWithdrawing] = useState<string>();
    const withdraw = useCommand('case.withdrawEvidence', { onDone: () => setWithdrawing(undefined) });
    const mayChange = may('case.manage') && of.endedAt === null;
    return (
        <Card
            title={text.case.evidence}
            small={of.evidence.length}
            right={
                mayChange && (
                    <Button size="small" onClick={() => setAdding(true)}>
                        {text.case.evidenceAdd}
                    </Button>
                )
            }
        >
            {of.evidence.length === 0 && <p className="empty-small">{text.case.evidenceEmpty}</p>}
            <ol className="people">
                {of.evidence.map((each) => (
                    <li key={each.id} className={each.withdrawnAt === null ? '' : 'faint'}>
                        <Piece of={each} />
                        {mayChange && each.withdrawnAt === null && (
                            <Button
                                size="small"
                                onClick={() => setWithdrawing(each.id)}
                                aria-label={`${text.case.withdraw} ${each.place} ${each.title}`}
                            >
                                {text.case.withdraw}
                            </Button>
                        )}
                    </li>
                ))}
            </ol>
            {adding && <EvidenceDrawer of={of} onClose={() => setAdding(false)} />}
            {withdrawing !== undefined && (
                <ReasonDialogue
                    title={text.case.withdraw}
                    label={text.case.withdrawReason}
                    error={withdraw.error}
                    busy={withdraw.isPending}
                    onClose={() => setWithdrawing(undefined)}
                    onSubmit={(reason) => withdraw.mutate({ params: { id: withdrawing }, body: { reason } })}
                />
            )}
        </Card>
    );
}

function Piece({ of }: { of: Evidence }) {
    const text = useText();
    const format = useFormat();
    const extracted = [
        of.extractedBy === null ? null : `${text.case.extractedBy} ${of.extractedBy.name}`,
        of.extractedAt === null ? null : format.dateTime(of.extractedAt),
        of.method,
        of.carrier,
        of.keptAt === null ? null : `${text.case.keptAt} ${of.keptAt}`,
    ].filter((each) => each !== null);
    return (
        <div>
            {of.place}. <strong>{of.title}</strong> <Tag>{text.case.evidenceKinds[of.kind]}</Tag>
            {of.target !== null && (
                <span className="second">
                    {TARGET_OF[of.kind] === 'document' ? (
                        <Link to="/documents/$id" params={{ id: of.target.id }}>
                            {of.target.name}
                        </Link>
                    ) : (
                        <Link to="/recordings/$id" params={{ id: of.target.id }}>
                            {of.target.name}
                        </Link>
                    )}
                    {of.fromMs !== null && of.toMs !== null && ` ${formatMediaTime(of.fromMs)} – ${formatMediaTime(of.toMs)}`}
                </span>
            )}
            {of.proves !== null && <span className="second">{of.proves}</span>}
            {extracted.length > 0 && <span className="second">{extracted.join(' · ')}</span>}
            {of.withdrawnWhy !== null && <span className="second">{fill(text.case.withdrawn, { why: of.withdrawnWhy })}</span>}
        </div>
    );
}
