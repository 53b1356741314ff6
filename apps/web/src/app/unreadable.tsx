import type { ReactNode } from 'react';
import { ErrorNote } from './error-note.tsx';
import { asRequestError } from './error-words.ts';
import { useText } from './language.tsx';
import { PageHead } from './page.tsx';

type Props = { error: unknown; onRetry: () => void; back: ReactNode };

/** A page whose thing could not be read: why, and the way back to its list. */
export function Unreadable({ error, onRetry, back }: Props) {
    const text = useText();
    const missing = asRequestError(error).status === 404;
    return (
        <>
            <PageHead crumb={back} title={missing ? text.error.missingTitle : text.error.unreadTitle} />
            <ErrorNote error={error} of="read" onRetry={onRetry} />
        </>
    );
}
