import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import type { DocumentDetail } from './document-types.ts';

/** The page as it will be printed, set anew for each saved content. */
export function DocumentPreview({ document: { id, revision, version } }: { document: DocumentDetail }) {
    const text = useText();
    const [failed, setFailed] = useState<string>();
    const key = `${revision}.${version}`;
    return (
        <Card
            title={text.document.printed}
            small={text.document.printedSub}
            screenOnly
            right={
                <a href={`/api/documents/${id}/draft.pdf`} target="_blank" rel="noreferrer">
                    {text.document.printOpen}
                </a>
            }
        >
            {failed === key ? (
                <p className="empty-small">{text.document.printFailed}</p>
            ) : (
                <div className="doc-preview">
                    <img
                        src={`/api/documents/${id}/draft.svg?${key}`}
                        alt={text.document.printed}
                        loading="lazy"
                        onError={() => setFailed(key)}
                    />
                </div>
            )}
        </Card>
    );
}
