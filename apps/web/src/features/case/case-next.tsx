import { fill } from '@liuhen/contract';
import { type CasePost, isAside, type Permission, PROCEDURE_TABLES } from '@liuhen/domain';
import { Button } from 'antd';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { useMay } from '../../app/session.ts';
import { type CaseDetail, useCaseWords } from './case-words.ts';
import { StepDialogue } from './step-dialogue.tsx';

const PERMISSION_OF: Readonly<Record<CasePost, Permission>> = {
    handler: 'case.manage',
    reviewer: 'case.review',
    legalReviewer: 'document.legalReview',
    agencyHead: 'case.approve',
};

/** Steps of the present state: what is possible, whose it is, and what speaks against the others. */
export function CaseNext({ of }: { of: CaseDetail }) {
    const text = useText();
    const words = useCaseWords();
    const may = useMay();
    const [taking, setTaking] = useState<string>();
    const { steps } = PROCEDURE_TABLES[of.procedure];
    const aside = (step: string): boolean => isAside(of.procedure, step);
    // What leads on comes first, also while something is missing for it.
    const rank = ({ step, refusals }: CaseDetail['nextSteps'][number]): number => (aside(step) ? 100 : 0) + refusals.length;
    const sorted = of.nextSteps.toSorted((a, b) => rank(a) - rank(b));
    const first = sorted.find(
        ({ step, refusals }) => refusals.length === 0 && !aside(step) && may(PERMISSION_OF[steps[step]?.by ?? 'handler']),
    );
    return (
        <Card title={text.case.next}>
            {sorted.length === 0 && <p className="empty-small">{text.case.nextEmpty}</p>}
            <ul className="next-steps">
                {sorted.map(({ step, refusals }) => {
                    const table = steps[step];
                    if (table === undefined) return null;
                    const mine = may(PERMISSION_OF[table.by]);
                    return (
                        <li key={step} className={refusals.length === 0 ? 'open' : 'shut'}>
                            <div>
                                <strong>{words.step(of.procedure, step)}</strong>
                                <span className="second">
                                    {fill(text.case.by, { who: words.post(table.by) })} · <span lang="zh-CN">{table.clause}</span>
                                </span>
                                {refusals.length > 0 && (
                                    <>
                                        <span className="second">{text.case.notPossible}</span>
                                        <ul className="why-not">
                                            {refusals.map((refusal) => {
                                                const why = words.refusal(refusal);
                                                return <li key={why}>{why}</li>;
                                            })}
                                        </ul>
                                    </>
                                )}
                            </div>
                            {mine && (
                                <Button
                                    type={first?.step === step ? 'primary' : 'default'}
                                    disabled={refusals.length > 0}
                                    onClick={() => setTaking(step)}
                                    aria-label={`${text.case.take} ${words.step(of.procedure, step)}`}
                                >
                                    {text.case.take}
                                </Button>
                            )}
                        </li>
                    );
                })}
            </ul>
            {taking !== undefined && <StepDialogue of={of} step={taking} onClose={() => setTaking(undefined)} />}
        </Card>
    );
}
