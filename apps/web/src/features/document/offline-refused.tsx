import { isErrorCode } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useFormat, useText } from '../../app/language.tsx';
import { changeOffline, type OfflineDraft } from './offline-draft.ts';
import { offlineChanged, sendOffline } from './offline-outbox.ts';

/** Refusals that are about what a document belongs to, not about what is written in it. */
const ABOUT_LINKS: ReadonlySet<string> = new Set([
    'act.notFound',
    'act.restricted',
    'party.notFound',
    'party.merged',
    'case.notFound',
    'document.segmentNotOfAct',
    'document.parentNotFound',
]);

/** What the server did not take and why; everything written is still here, and there is a way to send it. */
export function OfflineRefused({ draft }: { draft: OfflineDraft }) {
    const text = useText();
    const format = useFormat();
    const { refused } = draft;
    if (refused === null) return null;
    const detach = () =>
        void changeOffline(draft.id, { links: {}, refused: null, attempt: null })
            .then(() => sendOffline(draft.personId))
            .catch(offlineChanged);
    return (
        <div className="note note-bad" role="alert">
            <strong>
                {isErrorCode(refused.code) ? format.error(refused.code, { ...refused.params }) : text.documentOffline.refused}
            </strong>
            <p>{text.documentOffline.refusedWhat}</p>
            {ABOUT_LINKS.has(refused.code) && draft.created === undefined && (
                <>
                    <p>{text.documentOffline.detachWhat}</p>
                    <Button onClick={detach}>{text.documentOffline.detach}</Button>
                </>
            )}
            {draft.created !== undefined && (
                <p>
                    {text.documentOffline.isThere}{' '}
                    <Link to="/documents/$id" params={{ id: draft.id }}>
                        {text.documentOffline.open}
                    </Link>
                </p>
            )}
        </div>
    );
}
