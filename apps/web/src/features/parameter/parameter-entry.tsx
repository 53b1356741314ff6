import { parameterDefinition } from '@liuhen/domain';
import { Button } from 'antd';
import { useText } from '../../app/language.tsx';
import { Tag } from '../../app/page.tsx';
import { useMay } from '../../app/session.ts';
import { DecisionHistory } from './decision-history.tsx';
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
                <DecisionHistory
                    rows={item.rows.map((row) => ({
                        ...row,
                        what: `${words.valueWords(item.key, row.value, true)} · ${text.parameter.standings[row.standing]}`,
                    }))}
                    proposals={item.proposals.map((each) => ({
                        ...each,
                        what: words.valueWords(item.key, each.value, true),
                    }))}
                />
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
