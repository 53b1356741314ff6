import { fill } from '@liuhen/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Tag } from '../../app/page.tsx';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import type { Passport } from './passport-words.ts';

/** Certificates and data sheets with their documents; one that ran out says so. */
export function PaperList({ passport: { device, papers, items } }: { passport: Passport }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const [open, setOpen] = useState<string>();
    const withdraw = useCommand('device.withdrawPaper', { onDone: () => setOpen(undefined) });
    const names = new Map(items.map((each) => [each.id as string, each.item]));
    return (
        <Card title={text.passport.papers} small={papers.length}>
            {papers.length === 0 && <p className="empty-small">{text.passport.papersNone}</p>}
            <ul className="people">
                {papers.map((paper) => (
                    <li key={paper.id} className={paper.withdrawn === null ? undefined : 'faint'}>
                        <div>
                            <a href={`/api/devices/${device.id}/papers/${paper.id}`} target="_blank" rel="noreferrer">
                                {text.passport.kinds[paper.kind]} {paper.number}
                            </a>{' '}
                            <Tag>{paper.forModel ? text.passport.ofModel : text.passport.ofDevice}</Tag>
                            <span className="second">
                                {paper.expired && <Dot status="act" />}{' '}
                                {[
                                    paper.issuer,
                                    paper.expiresOn === null
                                        ? text.passport.noEnd
                                        : fill(text.passport.until, { day: paper.expiresOn }),
                                    format.list(paper.requirements.map((each) => names.get(each) ?? each)),
                                ].join(' · ')}
                            </span>
                            <span className="second">
                                {[
                                    paper.recordedBy,
                                    format.dateTime(paper.recordedAt),
                                    ...(paper.note === null ? [] : [paper.note]),
                                ].join(' · ')}
                            </span>
                            {paper.withdrawn !== null && (
                                <span className="second">{fill(text.passport.withdrawn, { why: paper.withdrawn.why })}</span>
                            )}
                        </div>
                        {paper.withdrawn === null && may('device.manage') && (
                            <Button type="link" size="small" onClick={() => setOpen(paper.id)}>
                                {text.passport.withdraw}
                            </Button>
                        )}
                    </li>
                ))}
            </ul>
            {open !== undefined && (
                <ReasonDialogue
                    title={text.passport.withdrawTitle}
                    what={text.passport.withdrawWhat}
                    label={text.passport.withdrawReason}
                    error={withdraw.error}
                    busy={withdraw.isPending}
                    onClose={() => setOpen(undefined)}
                    onSubmit={(reason) => withdraw.mutate({ params: { id: device.id, paperId: open }, body: { reason } })}
                />
            )}
        </Card>
    );
}
