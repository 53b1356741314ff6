import { fill } from '@liuhen/contract';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { pagesAt } from './use-print.ts';

type Props = { documentId: string; printId: string; page: number; pages: number };

/** One page of a print: the picture holds all of them, one below the other and equally high. */
export function PrintPage({ documentId, printId, page, pages }: Props) {
    const text = useText();
    const [ratio, setRatio] = useState(595 / 842);
    const [failed, setFailed] = useState(false);
    if (failed)
        return (
            <p className="empty-small">
                {text.document.printFailedFinal}{' '}
                <a href={pagesAt(documentId, printId)} target="_blank" rel="noreferrer">
                    {text.document.printOpen}
                </a>
            </p>
        );
    return (
        <a
            className="print-page"
            href={pagesAt(documentId, printId)}
            target="_blank"
            rel="noreferrer"
            title={text.documentSign.enlarge}
            style={{ aspectRatio: String(ratio) }}
        >
            <img
                src={`/api/documents/${documentId}/prints/${printId}.svg`}
                alt={fill(text.documentSign.pageOf, { page, pages })}
                style={{ transform: `translateY(-${((page - 1) / pages) * 100}%)` }}
                onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
                    naturalHeight > 0 && setRatio(naturalWidth / (naturalHeight / pages))
                }
                onError={() => setFailed(true)}
            />
        </a>
    );
}
