import type { Instant } from '@liuhen/domain';
import { formatCount, formatDate, formatTime, type Locale } from '@liuhen/domain';
import { type ReactNode, useId } from 'react';

export type TraceEntry = {
    /** Position in the organisation's log. */
    readonly index: number;
    readonly at: Instant;
    readonly words: string;
    readonly href?: string;
};

export type TraceTexts = { readonly locale: Locale; readonly title: string; readonly none: string };

export const traceZh: TraceTexts = { locale: 'zh-CN', title: '留痕', none: '还没有日志。这里的每一步都会留下一条。' };
export const traceEn: TraceTexts = { locale: 'en', title: 'Trace', none: 'No entries yet. Every step here will leave one.' };

type Props = { readonly entries: readonly TraceEntry[]; readonly texts: TraceTexts; readonly note?: string };

/** The last log entries about a thing, with their index in the log, always in reach. */
export function Trace({ entries, texts, note }: Props): ReactNode {
    const id = useId();
    return (
        <section className="lh-trace" aria-labelledby={id}>
            <header>
                <h2 id={id}>{texts.title}</h2>
                {note !== undefined && <p>{note}</p>}
            </header>
            {entries.length === 0 ? (
                <div className="lh-none">{texts.none}</div>
            ) : (
                <ol>
                    {entries.map(({ index, at, words, href }) => (
                        <li key={index}>
                            <time
                                dateTime={new Date(at).toISOString()}
                            >{`${formatDate(at).slice(5)} ${formatTime(at, 'minute')}`}</time>
                            <span>{words}</span>
                            {href === undefined ? (
                                <code>{formatCount(index, texts.locale)}</code>
                            ) : (
                                <a href={href}>
                                    <code>{formatCount(index, texts.locale)}</code>
                                </a>
                            )}
                        </li>
                    ))}
                </ol>
            )}
        </section>
    );
}
