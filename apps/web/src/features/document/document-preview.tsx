import { fill } from '@liuhen/contract';
import { printStanding } from '@liuhen/domain';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import type { DocumentDetail } from './document-types.ts';
import { useStanding } from './open-drafts.ts';
import { PagePictureList } from './page-pictures.tsx';
import { looksAtPages } from './pages-ahead.ts';
import { type Range, usePagePictures } from './use-page-pictures.ts';
import { pagesAt } from './use-print.ts';

/** The pages as they were printed for good, or, while they were not, as a draft that is set anew for each saved content. */
export function DocumentPreview({ document }: { document: DocumentDetail }) {
    const { data: paper } = useAsk('document.paper', { params: { id: document.id } });
    if (paper === undefined) return null;
    const { id, revision, state } = document;
    // What was printed before it was voided stays among the prints; here it is seen as it stands.
    const print =
        state === 'voided' ? undefined : paper.prints.findLast((each) => each.kind === 'final' && each.revision === revision);
    return <Pages key={`${id} ${print?.id}`} document={document} printId={print?.id} />;
}

function Pages({ document, printId }: { document: DocumentDetail; printId: string | undefined }) {
    const text = useText();
    const { id, state } = document;
    const { revision, version } = useStanding(document);
    const [inView, setInView] = useState<Range>();
    const [jump, setJump] = useState<{ page: number }>();
    const pages = usePagePictures({ documentId: id, printId, key: `${revision}.${version}` }, inView, (page) =>
        setJump({ page }),
    );
    const looks = printId === undefined && inView !== undefined;
    useEffect(() => (looks ? looksAtPages(id) : undefined), [id, looks]);
    const what = printId === undefined ? text.document.printedAs[printStanding(state).as] : text.document.printedFinalSub;
    const count = pages.shapes.length;
    return (
        <Card
            title={printId === undefined ? text.document.printed : text.document.printedFinal}
            small={count === 0 ? what : `${what} · ${fill(text.document.printedPages, { pages: count })}`}
            screenOnly
            right={
                <a
                    href={printId === undefined ? `/api/documents/${id}/draft.pdf` : pagesAt(id, printId)}
                    target="_blank"
                    rel="noreferrer"
                >
                    {text.document.printOpen}
                </a>
            }
        >
            {pages.error !== undefined ? (
                <p className="empty-small">
                    {printId === undefined ? text.document.printFailed : text.document.printFailedFinal}{' '}
                    <Button type="link" onClick={pages.retry}>
                        {text.common.retry}
                    </Button>
                </p>
            ) : (
                <PagePictureList pages={pages} onView={setInView} jump={jump} />
            )}
        </Card>
    );
}
