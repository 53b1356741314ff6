import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { MOST_ATTESTATION_PAPERS } from '@liuhen/domain';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { refreshAll } from '../../app/query.ts';
import { PAPER_TYPES, sendPaper } from '../../app/send-paper.ts';

type Entry = ResponseOf<Endpoints['attestation.get']>['entries'][number];

/** The pictures of what a confirmation rests on, and a place to add one. */
export function AttestationPapers({ entry: { id, papers }, mayAdd }: { entry: Entry; mayAdd: boolean }) {
    const text = useText();
    const input = useRef<HTMLInputElement>(null);
    const [busy, setBusy] = useState(false);
    const [error, setError] = useState<unknown>();
    const send = async (file: File) => {
        setBusy(true);
        setError(undefined);
        try {
            await sendPaper(`/api/attestation-entries/${id}/papers`, { name: file.name.slice(0, 200) }, file);
            await refreshAll();
        } catch (failure) {
            setError(failure);
        } finally {
            setBusy(false);
        }
    };
    return (
        <>
            {papers.map((paper) => (
                <span className="second" key={paper.id}>
                    <a href={`/api/attestation-entries/${id}/papers/${paper.id}`} target="_blank" rel="noreferrer">
                        {paper.name}
                    </a>
                </span>
            ))}
            {mayAdd && papers.length < MOST_ATTESTATION_PAPERS && (
                <span className="second">
                    <Button
                        size="small"
                        disabled={busy}
                        title={text.attestation.paperHint}
                        onClick={() => input.current?.click()}
                    >
                        {busy ? text.common.saving : text.attestation.paperAdd}
                    </Button>
                    <input
                        ref={input}
                        type="file"
                        hidden
                        accept={PAPER_TYPES}
                        aria-label={text.attestation.paperAdd}
                        onChange={({ target }) => {
                            const file = target.files?.[0];
                            target.value = '';
                            if (file !== undefined) void send(file);
                        }}
                    />
                </span>
            )}
            <ErrorNote error={error} of="command" />
        </>
    );
}
