import { fill } from '@liuhen/contract';
import { useText } from '../../app/language.tsx';
import { usePagePictures } from './use-page-pictures.ts';
import { pagesAt } from './use-print.ts';

type Props = { documentId: string; printId: string; page: number; pages: number };

/** One page of a print. */
export function PrintPage({ documentId, printId, page, pages }: Props) {
    const text = useText();
    const { shapes, pictureOf, error } = usePagePictures(
        { documentId, printId, key: printId },
        { first: page, last: page },
        () => undefined,
    );
    if (error !== undefined)
        return (
            <p className="empty-small">
                {text.document.printFailedFinal}{' '}
                <a href={pagesAt(documentId, printId)} target="_blank" rel="noreferrer">
                    {text.document.printOpen}
                </a>
            </p>
        );
    const { width, height } = shapes[page - 1] ?? { width: 595, height: 842 };
    const url = pictureOf(page);
    return (
        <a
            className="print-page"
            href={pagesAt(documentId, printId)}
            target="_blank"
            rel="noreferrer"
            title={text.documentSign.enlarge}
            style={{ aspectRatio: `${width}/${height}` }}
        >
            {url !== undefined && <img src={url} alt={fill(text.documentSign.pageOf, { page, pages })} />}
        </a>
    );
}
