import { fill } from '@liuhen/contract';
import { type Citation, citationFault, citationText, type FieldRow, placeIn, searchLaws } from '@liuhen/domain';
import { Button, Input } from 'antd';
import { useMemo, useState } from 'react';
import { Icon } from '../../../app/icons.tsx';
import { useText } from '../../../app/language.tsx';
import { replaced, withColumn } from './rows-input.tsx';

type Props = { rows: readonly FieldRow[]; onChange: (rows: FieldRow[]) => void; disabled: boolean; day: string };

export function citationOf(row: FieldRow): Citation {
    const { paragraph, item } = row;
    return {
        law: String(row.law ?? ''),
        article: Number(row.article ?? 0),
        ...(typeof paragraph === 'number' ? { paragraph } : {}),
        ...(typeof item === 'number' ? { item } : {}),
    };
}

/** Articles of the law as in force on the day of the act; what was not in force is said at the article. */
export function CitationsInput({ rows, onChange, disabled, day }: Props) {
    const text = useText();
    return (
        <div className="doc-citations">
            <ul>
                {rows.map((row, at) => {
                    const citation = citationOf(row);
                    const fault = citationFault(citation, day);
                    return (
                        // biome-ignore lint/suspicious/noArrayIndexKey: the same article may be cited twice
                        <li key={`${row.law} ${row.article} ${at}`}>
                            <span lang="zh-CN">{citationText(citation)}</span>
                            {fault !== undefined && (
                                <span className={fault === 'unverified' ? 'tag' : 'tag tag-broken'}>
                                    {text.document.faults[fault]}
                                </span>
                            )}
                            {!disabled && (
                                <>
                                    {(['paragraph', 'item'] as const).map((key) => (
                                        <Input
                                            key={key}
                                            className="small-number"
                                            inputMode="numeric"
                                            aria-label={`${citationText(citation)} ${text.document[key]}`}
                                            suffix={text.document[key]}
                                            maxLength={3}
                                            value={row[key] ?? ''}
                                            onChange={({ target }) => {
                                                const digits = target.value.normalize('NFKC').replace(/\D/g, '');
                                                const next = digits === '' || Number(digits) === 0 ? '' : Number(digits);
                                                onChange(replaced(rows, at, withColumn(row, key, next)));
                                            }}
                                        />
                                    ))}
                                    <Button
                                        type="text"
                                        aria-label={fill(text.document.rowRemove, { row: at + 1 })}
                                        icon={<Icon name="close" />}
                                        onClick={() => onChange(rows.filter((_, index) => index !== at))}
                                    />
                                </>
                            )}
                        </li>
                    );
                })}
            </ul>
            {!disabled && <Picker day={day} onPick={(citation) => onChange([...rows, citation])} />}
        </div>
    );
}

const MOST_LAWS = 6;
const FIRST_ARTICLES = 8;

function Picker({ day, onPick }: { day: string; onPick: (citation: Citation) => void }) {
    const text = useText();
    const [words, setWords] = useState('');
    /** Laws of which all articles are shown. */
    const [whole, setWhole] = useState<readonly string[]>([]);
    const hits = useMemo(() => (words.trim() === '' ? [] : searchLaws(words, day).slice(0, MOST_LAWS)), [words, day]);
    return (
        <div className="law-picker">
            <Input
                type="search"
                allowClear
                aria-label={text.document.citationAdd}
                placeholder={text.document.citationSearch}
                value={words}
                onChange={({ target }) => setWords(target.value)}
            />
            {words.trim() !== '' && (
                <p className="faint">
                    {fill(hits.length === 0 ? text.document.citationNone : text.document.citationDay, { day })}
                </p>
            )}
            {hits.map(({ law, articles }) => (
                <section key={law.id} lang="zh-CN" aria-label={law.title}>
                    <h4>{law.title}</h4>
                    {(whole.includes(law.id) ? articles : articles.slice(0, FIRST_ARTICLES)).map((each) => (
                        <button
                            key={each.article}
                            type="button"
                            onClick={() => {
                                onPick({ law: law.id, article: each.article, ...placeIn(words) });
                                setWords('');
                            }}
                        >
                            <span className="law-article">{fill(text.document.article, { article: each.article })}</span>{' '}
                            {each.topic === '' ? text.document.articleUnseen : each.topic}
                        </button>
                    ))}
                    {articles.length > FIRST_ARTICLES && !whole.includes(law.id) && (
                        <button type="button" className="more" onClick={() => setWhole([...whole, law.id])}>
                            {fill(text.document.articlesMore, { more: articles.length - FIRST_ARTICLES })}
                        </button>
                    )}
                </section>
            ))}
        </div>
    );
}
