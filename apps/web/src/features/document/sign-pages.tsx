import { fill } from '@liuhen/contract';
import { MOST_STROKES } from '@liuhen/domain';
import { Button } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { isSignature, pathOf, type Stroke } from './handwriting.ts';
import { PrintPage } from './print-page.tsx';
import { SignPad } from './sign-pad.tsx';

type Props = {
    documentId: string;
    printId: string;
    pages: number;
    busy: boolean;
    error: unknown;
    onSign: (strokes: { page: number; path: string }[]) => void;
};

/** Every page is seen and signed for itself; one signature is never copied to another page. */
export function SignPages({ documentId, printId, pages, busy, error, onSign }: Props) {
    const text = useText();
    const format = useFormat();
    const [page, setPage] = useState(1);
    const [written, setWritten] = useState<Readonly<Record<number, readonly Stroke[]>>>({});
    const [fault, setFault] = useState('');
    const strokes = written[page] ?? [];
    const write = (next: readonly Stroke[]) => {
        setFault('');
        setWritten({ ...written, [page]: next });
    };
    const submit = () => {
        const all = Array.from({ length: pages }, (_, at) => at + 1);
        const empty = all.filter((each) => !isSignature(written[each] ?? []));
        const signed = all.map((each) => ({ page: each, path: pathOf(written[each] ?? []) }));
        const first = empty[0] ?? signed.find(({ path }) => path.length > MOST_STROKES)?.page;
        if (first !== undefined) setPage(first);
        setFault(
            empty.length > 0
                ? fill(text.documentSign.pagesMissing, { pages: format.list(empty.map(String)) })
                : first === undefined
                  ? ''
                  : fill(text.documentSign.tooMuch, { page: first }),
        );
        if (first === undefined) onSign(signed);
    };
    return (
        <section className="sign-pages" aria-label={fill(text.documentSign.pageOf, { page, pages })}>
            <div className="sign-steps">
                <Button disabled={page === 1} onClick={() => setPage(page - 1)}>
                    {text.documentSign.before}
                </Button>
                <strong>
                    {fill(text.documentSign.pageOf, { page, pages })}
                    {isSignature(strokes) && <span className="sign-done"> ✓</span>}
                </strong>
                <Button disabled={page === pages} onClick={() => setPage(page + 1)}>
                    {text.documentSign.after}
                </Button>
            </div>
            <PrintPage documentId={documentId} printId={printId} page={page} pages={pages} />
            <SignPad label={fill(text.documentSign.padOf, { page })} strokes={strokes} onChange={write} disabled={busy} />
            <div className="sign-steps">
                <Button disabled={strokes.length === 0 || busy} onClick={() => write(strokes.slice(0, -1))}>
                    {text.documentSign.undo}
                </Button>
                <Button disabled={strokes.length === 0 || busy} onClick={() => write([])}>
                    {text.documentSign.clear}
                </Button>
                {page < pages ? (
                    <Button type="primary" disabled={!isSignature(strokes)} onClick={() => setPage(page + 1)}>
                        {text.documentSign.after}
                    </Button>
                ) : (
                    <Button type="primary" disabled={busy} onClick={submit}>
                        {busy ? text.common.saving : text.documentSign.confirm}
                    </Button>
                )}
            </div>
            {fault !== '' && (
                <p className="fault" role="alert">
                    {fault}
                </p>
            )}
            <ErrorNote error={error} of="command" safe={text.documentSign.safe} onRetry={submit} />
        </section>
    );
}
