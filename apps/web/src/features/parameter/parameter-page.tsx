import { fill } from '@liuhen/contract';
import { PARAMETER_GROUPS, parameterDefinition } from '@liuhen/domain';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Switch } from 'antd';
import { useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { CalendarCard } from './calendar-card.tsx';
import { ParameterDrawer } from './parameter-drawer.tsx';
import { type ParameterItem, useParameterWords } from './parameter-words.ts';

/** Every dated figure with its basis, how sure it is, and who decided what from when. */
export function ParameterPage() {
    const text = useText();
    const navigate = useNavigate({ from: '/parameters' });
    const { unsure } = useSearch({ from: '/signed-in/shell/parameters' });
    const { data, error, isPending, refetch } = useAsk('parameter.list', { query: {} });
    const [changing, setChanging] = useState<ParameterItem>();
    if (isPending) return <Waiting />;
    if (data === undefined) return <Unreadable error={error} onRetry={() => void refetch()} back={text.parameter.title} />;
    const doubtful = data.items.filter((item) => item.standing === 'verify');
    const unset = data.items.filter((item) => item.standing === 'unknown');
    const shown = unsure === 'yes' ? [...doubtful, ...unset] : data.items;
    return (
        <>
            <PageHead
                title={text.parameter.title}
                facts={text.parameter.sub}
                tag={
                    doubtful.length + unset.length > 0 && (
                        <Tag status="act">{fill(text.parameter.open, { count: doubtful.length, unset: unset.length })}</Tag>
                    )
                }
                actions={
                    // biome-ignore lint/a11y/noLabelWithoutControl: the switch is the control
                    <label className="switch">
                        <Switch
                            aria-label={text.parameter.unsure}
                            checked={unsure === 'yes'}
                            onChange={(on) => void navigate({ search: on ? { unsure: 'yes' } : {}, replace: true })}
                        />{' '}
                        {text.parameter.unsure}
                    </label>
                }
            />
            {PARAMETER_GROUPS.map((group) => {
                const items = shown.filter((item) => parameterDefinition(item.key).group === group);
                return (
                    items.length > 0 && (
                        <Card key={group} title={text.parameter.groups[group]} small={items.length}>
                            <ul className="parameters">
                                {items.map((item) => (
                                    <Row key={item.key} item={item} onChange={() => setChanging(item)} />
                                ))}
                            </ul>
                        </Card>
                    )
                );
            })}
            <CalendarCard />
            {changing !== undefined && <ParameterDrawer item={changing} onClose={() => setChanging(undefined)} />}
        </>
    );
}

const STANDING_STATUS = { verified: 'held', verify: 'act', unknown: 'act', own: undefined } as const;

function Row({ item, onChange }: { item: ParameterItem; onChange: () => void }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const words = useParameterWords();
    const { bound } = parameterDefinition(item.key);
    const now = Date.now();
    return (
        <li id={item.key}>
            <div className="what">
                <strong>{words.nameOf(item.key)}</strong>
                <span className="second">{words.startOf(item.key)}</span>
            </div>
            <div className="value">
                <strong
                    className={item.value === null ? 'faint' : ''}
                    // What the organisation wrote itself is Chinese in every language.
                    {...(typeof item.value === 'string' || Array.isArray(item.value) ? { lang: 'zh-CN' } : {})}
                >
                    {words.valueWords(item.key, item.value)}
                </strong>{' '}
                <Tag status={STANDING_STATUS[item.standing]}>{text.parameter.standings[item.standing]}</Tag>
            </div>
            <div className="basis">
                <span lang="zh-CN">{item.basis}</span>
                {bound !== 'free' && <span className="second">{text.parameter[bound]}</span>}
                {item.rows.length > 0 && (
                    <details>
                        <summary>
                            {text.parameter.history} · {item.rows.length}
                        </summary>
                        <ol className="decisions">
                            {item.rows.map((row) => (
                                <li key={row.id}>
                                    {words.valueWords(item.key, row.value)} · {text.parameter.standings[row.standing]}
                                    {row.from > now && (
                                        <>
                                            {' '}
                                            <Tag status="brand">{text.parameter.toCome}</Tag>
                                        </>
                                    )}
                                    <span className="second">
                                        {fill(text.parameter.row, {
                                            from: format.dateTime(row.from),
                                            name: row.decidedBy.name,
                                            at: format.dateTime(row.decidedAt),
                                        })}
                                    </span>
                                    <span className="second">{row.basis}</span>
                                    <span className="second">{row.reason}</span>
                                </li>
                            ))}
                        </ol>
                    </details>
                )}
            </div>
            <div className="do">
                {may('parameter.manage') && bound !== 'fixed' && (
                    <Button size="small" onClick={onChange} aria-label={`${text.parameter.change} ${words.nameOf(item.key)}`}>
                        {text.parameter.change}
                    </Button>
                )}
            </div>
        </li>
    );
}
