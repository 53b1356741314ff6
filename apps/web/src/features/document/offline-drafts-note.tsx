import { fill } from '@liuhen/contract';
import { documentTypeFacts } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { useFormat, useText } from '../../app/language.tsx';
import { Tag } from '../../app/page.tsx';
import { useOfflineDrafts } from './use-offline-drafts.ts';

/** Documents that wait on this device until there is network; nothing of them is on the server yet. */
export function OfflineDraftsNote() {
    const text = useText();
    const format = useFormat();
    const drafts = useOfflineDrafts();
    if (drafts.length === 0) return null;
    return (
        <section className="note note-act" aria-label={text.documentOffline.title}>
            <strong>{fill(text.documentOffline.waiting, { count: drafts.length })}</strong>
            <p>{text.documentOffline.waitingWhat}</p>
            <ul className="doc-children">
                {drafts.map((each) => (
                    <li key={each.id}>
                        <Link to="/documents/offline/$id" params={{ id: each.id }} lang="zh-CN">
                            {documentTypeFacts(each.type).zh}
                        </Link>{' '}
                        {each.number?.text} {each.about} · {format.dateTime(each.madeAt)}{' '}
                        {each.refused !== null && <Tag status="broken">{text.documentOffline.refused}</Tag>}
                    </li>
                ))}
            </ul>
        </section>
    );
}
