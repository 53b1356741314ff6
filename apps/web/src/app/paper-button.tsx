import { Button } from 'antd';
import { useRef, useState } from 'react';
import { ErrorNote } from './error-note.tsx';
import { useText } from './language.tsx';
import { refreshAll } from './query.ts';
import { PAPER_TYPES } from './send-paper.ts';

type Props = {
    label: string;
    /** Hands the picture over; what it throws stands below the button. */
    send: (file: File) => Promise<void>;
    small?: boolean;
    title?: string;
};

/** Picks the picture of a paper and hands it over at once. */
export function PaperButton({ label, send, small = false, title }: Props) {
    const text = useText();
    const input = useRef<HTMLInputElement>(null);
    const [busy, setBusy] = useState(false);
    const [error, setError] = useState<unknown>();
    const handOver = async (file: File) => {
        setBusy(true);
        setError(undefined);
        try {
            await send(file);
            await refreshAll();
        } catch (failure) {
            setError(failure);
        } finally {
            setBusy(false);
        }
    };
    return (
        <>
            <Button
                {...(small ? { size: 'small' as const } : {})}
                {...(title === undefined ? {} : { title })}
                disabled={busy}
                onClick={() => input.current?.click()}
            >
                {busy ? text.common.saving : label}
            </Button>
            <input
                ref={input}
                type="file"
                hidden
                accept={PAPER_TYPES}
                aria-label={label}
                onChange={({ target }) => {
                    const file = target.files?.[0];
                    target.value = '';
                    if (file !== undefined) void handOver(file);
                }}
            />
            <ErrorNote error={error} of="command" />
        </>
    );
}
