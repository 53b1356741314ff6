import { RequestError } from '@liuhen/contract';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { ErrorNote } from '../app/error-note.tsx';
import { useText } from '../app/language.tsx';
import { Empty } from '../app/page.tsx';
import { PlainFrame } from '../features/session/plain-frame.tsx';
import { PageCodeMissing } from './fetched.ts';

export function NotFoundPage() {
    const text = useText();
    return (
        <PlainFrame title={text.common.notFoundTitle}>
            <p className="soft">{text.common.notFoundWhat}</p>
            <p>
                <Link to="/">{text.common.home}</Link>
            </p>
        </PlainFrame>
    );
}

/** The router waits a moment before it shows this, so the words are there at once. */
export function PendingPage() {
    const text = useText();
    return (
        <div className="waiting waiting-now" role="status">
            {text.common.loading}
        </div>
    );
}

/** A page that could not be drawn. Its code may be gone because the system was updated meanwhile. */
export function CrashPage({ error }: ErrorComponentProps) {
    const text = useText();
    const reload = () => location.reload();
    if (error instanceof RequestError) {
        return (
            <div className="crash">
                <h1 className="hidden-visually">{text.error.crashTitle}</h1>
                <ErrorNote error={error} of="read" onRetry={reload} />
            </div>
        );
    }
    return (
        <div role="alert">
            <h1 className="hidden-visually">{text.error.crashTitle}</h1>
            <Empty
                title={text.error.crashTitle}
                what={error instanceof PageCodeMissing ? text.error.pageMissing : text.error.crashWhat}
                action={<Button onClick={reload}>{text.common.reload}</Button>}
            />
        </div>
    );
}
