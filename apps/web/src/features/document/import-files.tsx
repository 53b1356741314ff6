import { fill } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { asRequestError } from '../../app/error-words.ts';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Tag } from '../../app/page.tsx';
import { refreshAll } from '../../app/query.ts';
import { sendScan } from './send-scan.ts';

type Document = { readonly id: string; readonly title: string; readonly file: File | undefined };
type State = 'waiting' | 'sending' | 'sent' | { readonly failed: unknown };

/** Sends the scans of what was just taken in, one after the other; what did not get through is named and can be sent again. */
export function ImportFiles({ documents, onAgain }: { documents: readonly Document[]; onAgain: () => void }) {
    const text = useText();
    const format = useFormat();
    const [states, setStates] = useState<Readonly<Record<string, State>>>({});
    const begun = useRef(false);
    const send = async (which: readonly Document[]) => {
        for (const { id, file } of which) {
            if (file === undefined) continue;
            setStates((before) => ({ ...before, [id]: 'sending' }));
            const state = await sendScan({ documentId: id, role: 'imported', file }).then(
                (): State => 'sent',
                (failed: unknown): State => ({ failed }),
            );
            setStates((before) => ({ ...before, [id]: state }));
        }
        void refreshAll();
    };
    useEffect(() => {
        if (begun.current) return;
        begun.current = true;
        void send(documents);
    });
    const failed = documents.filter(({ id }) => typeof states[id] === 'object');
    const say = ({ id, file }: Document) => {
        const state = states[id] ?? 'waiting';
        if (file === undefined) return <Tag>{text.documentImport.fileLater}</Tag>;
        if (typeof state === 'string')
            return <Tag status={state === 'sent' ? 'held' : 'act'}>{text.documentImport.fileStates[state]}</Tag>;
        const { code, params, requestId } = asRequestError(state.failed);
        return <span className="fault">{format.error(code, { requestId, ...params })}</span>;
    };
    return (
        <Card title={fill(text.documentImport.taken, { count: documents.length })}>
            <ul className="doc-list">
                {documents.map((each) => (
                    <li key={each.id}>
                        <Link to="/documents/$id" params={{ id: each.id }}>
                            {each.title}
                        </Link>
                        {say(each)}
                    </li>
                ))}
            </ul>
            <div className="body paper-do">
                {failed.length > 0 && (
                    <Button type="primary" onClick={() => void send(failed)}>
                        {fill(text.documentImport.sendAgain, { count: failed.length })}
                    </Button>
                )}
                <Button onClick={onAgain}>{text.documentImport.again}</Button>
            </div>
        </Card>
    );
}
