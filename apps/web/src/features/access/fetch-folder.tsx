import { fill, isErrorCode } from '@liuhen/contract';
import { DomainError } from '@liuhen/domain';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { useCommand } from '../../app/use-command.ts';
import type { Retrieval } from './retrieval-words.ts';
import { folderPicker, writeFolder } from './write-folder.ts';

type Props = { of: Retrieval; made: NonNullable<Retrieval['package']> };
type Writing =
    | { readonly state: 'none' }
    | { readonly state: 'writing'; readonly done: number; readonly all: number }
    | { readonly state: 'done'; readonly name: string; readonly count: number }
    | { readonly state: 'failed'; readonly why: unknown };

/** Writes the package as files into a folder that is chosen here, instead of one ZIP. */
export function FetchFolder({ of, made }: Props) {
    const text = useText();
    const format = useFormat();
    const [writing, setWriting] = useState<Writing>({ state: 'none' });
    const stop = useRef<AbortController>(undefined);
    const into = useRef<FileSystemDirectoryHandle>(undefined);
    useEffect(() => () => stop.current?.abort(), []);
    const open = useCommand('retrieval.openDownload', { onDone: ({ id }) => void write(id) });
    const name = made.fileName.replace(/\.zip$/, '');

    async function write(download: string): Promise<void> {
        if (into.current === undefined) return;
        stop.current = new AbortController();
        try {
            const count = await writeFolder({
                ...{ url: `/api/retrievals/${of.id}/package?download=${download}`, size: Number(made.size), name },
                ...{ into: into.current, signal: stop.current.signal },
                onBytes: (done, all) => setWriting({ state: 'writing', done, all }),
            });
            setWriting({ state: 'done', name, count });
        } catch (why) {
            setWriting(stop.current.signal.aborted ? { state: 'none' } : { state: 'failed', why });
        }
    }
    async function choose(): Promise<void> {
        // Closing the dialogue of the browser is no failure.
        into.current = await folderPicker()?.().catch(() => undefined);
        if (into.current !== undefined) open.mutate({ params: { id: of.id }, body: {} });
    }
    const whyOf = (why: unknown): string =>
        why instanceof DomainError && isErrorCode(why.code) ? format.error(why.code, {}) : String(why);

    if (folderPicker() === undefined) return <span className="second">{text.retrieval.folderImpossible}</span>;
    return (
        <>
            <Button disabled={open.isPending || writing.state === 'writing'} onClick={() => void choose()}>
                {text.retrieval.folder}
            </Button>
            {(writing.state !== 'none' || open.error !== null) && (
                <div style={{ flexBasis: '100%' }}>
                    <ErrorNote error={open.error} of="command" />
                    {writing.state === 'writing' && (
                        <>
                            <progress
                                max={Math.max(1, writing.all)}
                                value={writing.done}
                                aria-label={text.retrieval.folderLabel}
                                style={{ width: '100%' }}
                            />
                            <p aria-live="polite">
                                {fill(text.retrieval.folderWriting, {
                                    done: format.bytes(writing.done),
                                    all: format.bytes(writing.all),
                                })}
                            </p>
                            <Button onClick={() => stop.current?.abort()}>{text.retrieval.folderStop}</Button>
                        </>
                    )}
                    {writing.state === 'done' && (
                        <p aria-live="polite" className="wrap">
                            {fill(text.retrieval.folderDone, { name: writing.name, count: format.count(writing.count) })}
                        </p>
                    )}
                    {writing.state === 'failed' && (
                        <p role="alert" className="note note-bad">
                            {fill(text.retrieval.folderFailed, { why: whyOf(writing.why) })}
                        </p>
                    )}
                </div>
            )}
        </>
    );
}
