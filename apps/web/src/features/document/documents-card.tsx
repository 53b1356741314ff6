import { documentTypeFacts } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { Card, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { DOCUMENTS_SHOWN } from '../kit/take-along.ts';
import type { DocumentLinks } from './document-links.ts';
import { DocumentNewDrawer } from './document-new-drawer.tsx';
import { DOCUMENT_STATUS } from './document-status.ts';
import { OfflineDraftsNote } from './offline-drafts-note.tsx';

type Props = {
    /** The act, case or party whose documents these are. */
    of: { actId: string } | { caseId: string } | { partyId: string };
    /** What a new document belongs to. */
    links: DocumentLinks;
};

/** Documents of an act, a case or a party, on its page. Absent where documents may not be read. */
export function DocumentsCard(props: Props) {
    const may = useMay();
    return may('document.list') ? <Documents {...props} /> : null;
}

function Documents({ of, links }: Props) {
    const text = useText();
    const may = useMay();
    const [creating, setCreating] = useState(false);
    const { data, error, isPending, refetch } = useAsk('document.list', { query: { ...of, limit: DOCUMENTS_SHOWN } });
    return (
        <Card
            title={text.document.title}
            small={data?.total}
            right={
                <Link to="/documents" search={of}>
                    {text.document.all}
                </Link>
            }
        >
            {isPending && <Waiting />}
            {error !== null && (
                <div className="body">
                    <ErrorNote error={error} of="read" onRetry={() => void refetch()} />
                </div>
            )}
            <OfflineDraftsNote />
            {data?.items.length === 0 && <p className="empty-small">{text.document.emptyHere}</p>}
            <ul className="doc-list">
                {data?.items.map((item) => (
                    <li key={item.id}>
                        <Link to="/documents/$id" params={{ id: item.id }} lang="zh-CN">
                            {item.title === '' ? documentTypeFacts(item.type).zh : item.title}
                        </Link>
                        <span className="soft">{item.number}</span>
                        <Tag status={DOCUMENT_STATUS[item.state]}>{text.document.states[item.state]}</Tag>
                    </li>
                ))}
            </ul>
            {may('document.write') && (
                <div className="body">
                    <Button onClick={() => setCreating(true)}>{text.document.new}</Button>
                </div>
            )}
            {creating && <DocumentNewDrawer links={links} onClose={() => setCreating(false)} />}
        </Card>
    );
}
