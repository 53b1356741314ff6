import { fill } from '@liuhen/contract';
import { parameterDefinition } from '@liuhen/domain';
import { Button } from 'antd';
import { useFormat, useText } from '../../app/language.tsx';
import { Tag } from '../../app/page.tsx';
import { useMay } from '../../app/session.ts';
import { type ParameterItem, useParameterWords } from './parameter-words.ts';

const STANDING_STATUS = { verified: 'held', verify: 'act', unknown: 'act', own: undefined } as const;

/** One parameter: what is in force, on what ground, and how it came to be. */
export function ParameterEntry({ item, onChange }: { item: ParameterItem; onChange: () => void }) {
    const text = useText();
    const may = useMay();
    const words = useParameterWords();
    const { bound } = parameterDefinition(item.key);
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
                    {words.valueWords(item.key, item.value, item.from !== null)}
                </strong>{' '}
                <Tag status={STANDING_STATUS[item.standing]}>{text.parameter.standings[item.standing]}</Tag>{' '}
                {item.proposals.some(({ state }) => state === 'waiting') && (
                    <Tag status="judge">{text.parameter.proposalStates.waiting}</Tag>
                )}
            </div>
            <div className="basis">
                <span lang="zh-CN">{item.basis}</span>
                {bound !== 'free' && <span className="second">{text.parameter[bound]}</span>}
                <History item={item} />
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

/** What counted from when, with who proposed and who approved it; then what was proposed and never counted. */
function History({ item }: { item: ParameterItem }) {
    const text = useText();
    const format = useFormat();
    const words = useParameterWords();
    const now = Date.now();
    const rowWords = ({ from, decidedBy, decidedAt, proposal }: ParameterItem['rows'][number]): string => {
        const said = { from: format.dateTime(from), name: decidedBy.name, at: format.dateTime(decidedAt) };
        if (proposal === null) return fill(text.parameter.rowBefore, said);
        const by = proposal.by.name;
        if (proposal.approvedAbove === null) return fill(text.parameter.row, { ...said, by });
        return fill(text.parameter.rowAbove, { ...said, by, above: proposal.approvedAbove });
    };
    const endWords = ({ by, at, why, above }: NonNullable<ParameterItem['proposals'][number]['ended']>): string => {
        const said = { name: by.name, at: format.dateTime(at), why };
        return above === null ? fill(text.parameter.ended, said) : fill(text.parameter.endedAbove, { ...said, above });
    };
    return (
        <>
            {item.rows.length > 0 && (
                <details>
                    <summary>
                        {text.parameter.history} · {item.rows.length}
                    </summary>
                    <ol className="decisions">
                        {item.rows.map((row) => (
                            <li key={row.id}>
                                {words.valueWords(item.key, row.value, true)} · {text.parameter.standings[row.standing]}
                                {row.from > now && (
                                    <>
                                        {' '}
                                        <Tag status="brand">{text.parameter.toCome}</Tag>
                                    </>
                                )}
                                <span className="second">{rowWords(row)}</span>
                                <span className="second">{row.basis}</span>
                                <span className="second">{row.reason}</span>
                            </li>
                        ))}
                    </ol>
                </details>
            )}
            {item.proposals.length > 0 && (
                <details>
                    <summary>
                        {text.parameter.proposed} · {item.proposals.length}
                    </summary>
                    <ol className="decisions">
                        {item.proposals.map((each) => (
                            <li key={each.id}>
                                {words.valueWords(item.key, each.value, true)}{' '}
                                <Tag status={each.state === 'waiting' ? 'judge' : undefined}>
                                    {text.parameter.proposalStates[each.state]}
                                </Tag>
                                <span className="second">
                                    {fill(text.parameter.proposedBy, {
                                        name: each.proposedBy.name,
                                        at: format.dateTime(each.proposedAt),
                                    })}
                                </span>
                                {each.ended !== null && <span className="second">{endWords(each.ended)}</span>}
                                <span className="second">{each.reason}</span>
                            </li>
                        ))}
                    </ol>
                </details>
            )}
        </>
    );
}
