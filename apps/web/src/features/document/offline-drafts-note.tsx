import { fill } from '@liuhen/contract';
import { documentTypeFacts } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { useFormat, useText } from '../../app/language.tsx';
import { Tag } from '../../app/page.tsx';
import { useOfflineDrafts } from './use-offline-drafts.ts';
import { usePhotos } from './use-photos.ts';

/** Documents that wait on this device until there is network; nothing of them is on the server yet. */
export function OfflineDraftsNote() {
    const text = useText();
    const format = useFormat();
    const drafts = useOfflineDrafts();
    const photos = usePhotos();
    if (drafts.length === 0 && photos.length === 0) return null;
    const documents = [...new Set(photos.map((each) => each.documentId))].filter((id) => !drafts.some((each) => each.id === id));
    return (
        <section className="note note-act" aria-label={text.documentOffline.title}>
            {drafts.length > 0 && <strong>{fill(text.documentOffline.waiting, { count: drafts.length })}</strong>}
            {photos.length > 0 && <strong> {fill(text.documentOffline.photosWaiting, { count: photos.length })}</strong>}
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
                {documents.map((id) => {
                    const of = photos.filter((each) => each.documentId === id);
                    return (
                        <li key={id}>
                            <Link to="/documents/$id" params={{ id }}>
                                {fill(text.documentOffline.photosOf, { count: of.length })}
                            </Link>{' '}
                            {of.some((each) => each.refused !== null) && (
                                <Tag status="broken">{text.documentOffline.refused}</Tag>
                            )}
                        </li>
                    );
                })}
            </ul>
        </section>
    );
}
