import type { ReactNode } from 'react';
import { ErrorNote } from './error-note.tsx';

type Props = { error: unknown; onRetry: () => void; back: ReactNode };

/** A page whose thing could not be read: why, and the way back to its list. */
export const Unreadable = ({ error, onRetry, back }: Props) => (
    <>
        <div className="crumb">{back}</div>
        <ErrorNote error={error} of="read" onRetry={onRetry} />
    </>
);
