import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import type { DocumentDetail } from './document-types.ts';

/** The page as it was printed for good, or, while it was not, as a draft that is set anew for each saved content. */
export function DocumentPreview({ document: { id, revision, version } }: { document: DocumentDetail }) {
    const text = useText();
    const [failed, setFailed] = useState<string>();
    const { data: paper } = useAsk('document.paper', { params: { id } });
    if (paper === undefined) return null;
    const print = paper.prints.findLast((each) => each.kind === 'final' && each.revision === revision);
    const pages = print === undefined ? `/api/documents/${id}/draft` : `/api/documents/${id}/prints/${print.id}`;
    const key = `${revision}.${version}`;
    return (
        <Card
            title={print === undefined ? text.document.printed : text.document.printedFinal}
            small={print === undefined ? text.document.printedSub : text.document.printedFinalSub}
            screenOnly
            right={
                <a href={`${pages}.pdf`} target="_blank" rel="noreferrer">
                    {text.document.printOpen}
                </a>
            }
        >
            {failed === key ? (
                <p className="empty-small">{print === undefined ? text.document.printFailed : text.document.printFailedFinal}</p>
            ) : (
                // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
                <div className="doc-preview" tabIndex={0}>
                    <img src={`${pages}.svg?${key}`} alt={text.document.printed} loading="lazy" onError={() => setFailed(key)} />
                </div>
            )}
        </Card>
    );
}
