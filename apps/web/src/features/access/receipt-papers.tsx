import { MOST_RECEIPT_PAPERS } from '@liuhen/domain';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { refreshAll } from '../../app/query.ts';
import { PAPER_TYPES, sendPaper } from '../../app/send-paper.ts';
import type { Retrieval } from './retrieval-words.ts';

/** Pictures of the receipt that both sides signed, and a place to add one. */
export function ReceiptPapers({ of }: { of: Retrieval }) {
    const text = useText();
    const input = useRef<HTMLInputElement>(null);
    const [busy, setBusy] = useState(false);
    const [error, setError] = useState<unknown>();
    const send = async (file: File) => {
        setBusy(true);
        setError(undefined);
        try {
            await sendPaper(`/api/retrievals/${of.id}/receipts`, { name: file.name.slice(0, 200) }, file);
            await refreshAll();
        } catch (failure) {
            setError(failure);
        } finally {
            setBusy(false);
        }
    };
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
                <>
                    <Button style={{ marginTop: 8 }} disabled={busy} onClick={() => input.current?.click()}>
                        {busy ? text.common.saving : text.retrieval.receiptAdd}
                    </Button>
                    <input
                        ref={input}
                        type="file"
                        hidden
                        accept={PAPER_TYPES}
                        aria-label={text.retrieval.receiptAdd}
                        onChange={({ target }) => {
                            const file = target.files?.[0];
                            target.value = '';
                            if (file !== undefined) void send(file);
                        }}
                    />
                </>
            )}
            <ErrorNote error={error} of="command" />
        </div>
    );
}
