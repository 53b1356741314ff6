import { RequestError } from '@liuhen/contract';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { ErrorNote } from '../app/error-note.tsx';
import { useText } from '../app/language.tsx';
import { Empty, PageHead } from '../app/page.tsx';

export function NotFoundPage() {
    const text = useText();
    return (
        <main>
            <PageHead title={text.common.notFoundTitle} facts={text.common.notFoundWhat} />
            <Link to="/">{text.common.home}</Link>
        </main>
    );
}

/** A page that could not be drawn. A chunk that is gone means that the system was updated meanwhile. */
export function CrashPage({ error }: ErrorComponentProps) {
    const text = useText();
    const reload = () => location.reload();
    if (error instanceof RequestError) {
        return (
            <main>
                <ErrorNote error={error} of="read" onRetry={reload} />
            </main>
        );
    }
    const updated = /import|module|chunk/i.test(error instanceof Error ? error.message : '');
    return (
        <main role="alert">
            <Empty
                title={text.error.crashTitle}
                what={updated ? text.error.newVersion : text.error.crashWhat}
                action={<Button onClick={reload}>{text.common.reload}</Button>}
            />
        </main>
    );
}
