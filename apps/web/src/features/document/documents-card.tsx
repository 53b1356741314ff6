import { documentTypeFacts } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { Tag } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { RelatedCard } from '../../app/related-card.tsx';
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
    const found = useAsk('document.list', { query: { ...of, limit: DOCUMENTS_SHOWN } });
    return (
        <RelatedCard
            title={text.document.title}
            all={
                <Link to="/documents" search={of}>
                    {text.document.all}
                </Link>
            }
            found={found}
            empty={text.document.emptyHere}
            note={<OfflineDraftsNote />}
            className="doc-list"
            row={(item) => (
                <>
                    <Link to="/documents/$id" params={{ id: item.id }} lang="zh-CN">
                        {item.title === '' ? documentTypeFacts(item.type).zh : item.title}
                    </Link>
                    <span className="soft">{item.number}</span>
                    <Tag status={DOCUMENT_STATUS[item.state]}>{text.document.states[item.state]}</Tag>
                </>
            )}
            actions={may('document.write') && <Button onClick={() => setCreating(true)}>{text.document.new}</Button>}
        >
            {creating && <DocumentNewDrawer links={links} onClose={() => setCreating(false)} />}
        </RelatedCard>
    );
}
