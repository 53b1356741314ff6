import { MOST_RECEIPT_PAPERS } from '@liuhen/domain';
import { useText } from '../../app/language.tsx';
import { PaperButton } from '../../app/paper-button.tsx';
import { sendPaper } from '../../app/send-paper.ts';
import type { Retrieval } from './retrieval-words.ts';

/** Pictures of the receipt that both sides signed, and a place to add one. */
export function ReceiptPapers({ of }: { of: Retrieval }) {
    const text = useText();
    return (
        <div style={{ marginTop: 12 }}>
            <strong>{text.retrieval.receipts}</strong>
            {of.receipts.length === 0 && <p>{text.retrieval.receiptsNone}</p>}
            {of.receipts.map((paper) => (
                <p key={paper.id}>
                    <a href={`/api/retrievals/${of.id}/receipts/${paper.id}`} target="_blank" rel="noreferrer">
                        {paper.name}
                    </a>
                </p>
            ))}
            {of.mayProvide && of.receipts.length < MOST_RECEIPT_PAPERS && (
                <div style={{ marginTop: 8 }}>
                    <PaperButton
                        label={text.retrieval.receiptAdd}
                        send={(file) => sendPaper(`/api/retrievals/${of.id}/receipts`, { name: file.name.slice(0, 200) }, file)}
                    />
                </div>
            )}
        </div>
    );
}
