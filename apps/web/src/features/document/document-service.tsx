import { fill } from '@liuhen/contract';
import { isServable, isStateFor } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import type { DocumentDetail, Service } from './document-types.ts';
import { ServiceCloseDialogue } from './service-close-dialogue.tsx';
import { ServiceStartDialogue } from './service-start-dialogue.tsx';

/** Attempts at serving a document; service by leaving and by public notice must be recorded (正文二(二)1). */
export function DocumentService({ document }: { document: DocumentDetail }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const [starting, setStarting] = useState(false);
    const [closing, setClosing] = useState<Service>();
    const { data, error, isPending, refetch } = useAsk('document.services', { params: { id: document.id } });
    if (!isServable(document.type)) return null;
    const openOne = data?.items.some((each) => each.state === 'open') === true;
    const mayStart = may('document.write') && !openOne && isStateFor('serve', document);
    if (data?.items.length === 0 && !mayStart) return null;
    return (
        <Card title={text.documentService.title}>
            {isPending && <Waiting />}
            <div className="body">
                <ErrorNote error={error} of="read" onRetry={() => void refetch()} />
                {data?.items.length === 0 && <p className="faint">{text.documentService.empty}</p>}
                <ul className="services">
                    {data?.items.map((each) => (
                        <li key={each.id}>
                            <strong>{text.documentService.modes[each.mode]}</strong> {each.recipient} ·{' '}
                            {format.dateTime(each.begunAt)} ·{' '}
                            <Tag status={each.state === 'served' ? 'held' : each.state === 'failed' ? 'broken' : 'act'}>
                                {text.documentService.states[each.state]}
                            </Tag>
                            {each.servedAt !== null && ` ${format.dateTime(each.servedAt)}`}
                            {each.effectAt !== null && each.state === 'open' && (
                                <span className="soft">
                                    {' '}
                                    {fill(text.documentService.effect, { at: format.date(each.effectAt) })}
                                </span>
                            )}
                            <div className="soft">
                                {format.list(each.servers.map((server) => server.name))}
                                {each.actId !== null && (
                                    <>
                                        {' · '}
                                        <Link to="/acts/$id" params={{ id: each.actId }}>
                                            {text.document.act}
                                        </Link>
                                    </>
                                )}
                                {each.receiptId !== null && (
                                    <>
                                        {' · '}
                                        <Link to="/documents/$id" params={{ id: each.receiptId }}>
                                            {text.documentService.receipt}
                                        </Link>
                                    </>
                                )}
                                {each.recorded === false && each.unrecordedReason !== null && ` · ${each.unrecordedReason}`}
                                {each.note !== null && ` · ${each.note}`}
                            </div>
                            {each.state === 'open' && may('document.write') && (
                                <Button onClick={() => setClosing(each)}>{text.documentService.close}</Button>
                            )}
                        </li>
                    ))}
                </ul>
                {mayStart && (
                    <Button type={document.waitsFor === 'service' ? 'primary' : 'default'} onClick={() => setStarting(true)}>
                        {text.documentService.start}
                    </Button>
                )}
            </div>
            {starting && <ServiceStartDialogue document={document} onClose={() => setStarting(false)} />}
            {closing !== undefined && <ServiceCloseDialogue service={closing} onClose={() => setClosing(undefined)} />}
        </Card>
    );
}
