import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { MOST_DRAW_WEIGHT } from '@liuhen/domain';
import { Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';

export type Candidate = ResponseOf<Endpoints['draw.candidates']>['items'][number];
/** What a person says about a candidate: its stratum, how much likelier it is drawn than one of weight 1, and why it takes no part. */
export type Choice = { grade: string; weight: number; exempt?: string | undefined };

type Props = {
    items: readonly Candidate[];
    choices: ReadonlyMap<string, Choice>;
    choiceOf: (of: Candidate) => Choice;
    onChange: (next: ReadonlyMap<string, Choice>) => void;
};

/** So many rows are drawn at once; the others count all the same. */
const SHOWN = 50;

export function CandidatesTable({ items, choices, choiceOf, onChange }: Props) {
    const text = useText();
    const format = useFormat();
    const [shown, setShown] = useState(SHOWN);
    const [all, setAll] = useState('A');
    const change = (id: string, next: Choice) => onChange(new Map(choices).set(id, next));
    const reason = (of: Candidate) =>
        of.closed ? text.draw.exclusions.closed : of.openTask ? text.draw.exclusions.openTask : undefined;
    if (items.length === 0) return null;
    return (
        <>
            <div className="buttons">
                <Input
                    className="short"
                    aria-label={text.draw.grade}
                    value={all}
                    onChange={({ target }) => setAll(target.value)}
                />
                <Button
                    disabled={all.trim() === ''}
                    onClick={() =>
                        onChange(
                            new Map([
                                ...choices,
                                ...items.map((each) => [each.party.id, { ...choiceOf(each), grade: all.trim() }] as const),
                            ]),
                        )
                    }
                >
                    {text.draw.gradeAll}
                </Button>
                <span className="faint">
                    {text.draw.gradeHint} {text.draw.weightHint}
                </span>
            </div>
            <div className="scroll">
                <table className="table draw-objects">
                    <thead>
                        <tr>
                            <th scope="col">{text.draw.object}</th>
                            <th scope="col">{text.draw.grade}</th>
                            <th scope="col">{text.draw.weight}</th>
                            <th scope="col">{text.draw.inspections}</th>
                            <th scope="col">{text.draw.exempt}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {items.slice(0, shown).map((each) => {
                            const choice = choiceOf(each);
                            const out = reason(each);
                            return (
                                <tr key={each.party.id}>
                                    <td>
                                        {each.party.name}
                                        <span className="faint"> {each.address}</span>
                                        {each.graded.map((grade) => (
                                            <span key={grade.scheme} className="second">
                                                {text.grade.schemes[grade.scheme]} {grade.grade} · {text.draw.weight}{' '}
                                                {grade.weight}
                                            </span>
                                        ))}
                                    </td>
                                    <td data-label={text.draw.grade}>
                                        <Input
                                            className="short"
                                            size="small"
                                            aria-label={`${text.draw.grade} ${each.party.name}`}
                                            value={choice.grade}
                                            onChange={({ target }) =>
                                                change(each.party.id, { ...choice, grade: target.value.trim() })
                                            }
                                        />
                                    </td>
                                    <td data-label={text.draw.weight}>
                                        <InputNumber
                                            className="short"
                                            size="small"
                                            min={1}
                                            max={MOST_DRAW_WEIGHT}
                                            precision={0}
                                            aria-label={`${text.draw.weight} ${each.party.name}`}
                                            value={choice.weight}
                                            onChange={(weight) => change(each.party.id, { ...choice, weight: weight ?? 1 })}
                                        />
                                    </td>
                                    <td className="mono-figures" data-label={text.draw.inspections}>
                                        {format.count(each.inspections)}
                                    </td>
                                    <td data-label={text.draw.exempt}>
                                        {out ?? (
                                            <Input
                                                size="small"
                                                aria-label={`${text.draw.exempt} ${each.party.name}`}
                                                value={choice.exempt ?? ''}
                                                onChange={({ target }) =>
                                                    change(each.party.id, {
                                                        ...choice,
                                                        exempt: target.value === '' ? undefined : target.value,
                                                    })
                                                }
                                            />
                                        )}
                                    </td>
                                </tr>
                            );
                        })}
                    </tbody>
                </table>
            </div>
            {items.length > shown && (
                <div className="list-foot">
                    <span>{fill(text.common.shown, { shown: format.count(shown), total: format.count(items.length) })}</span>
                    <Button size="small" onClick={() => setShown(shown + SHOWN)}>
                        {text.common.more}
                    </Button>
                </div>
            )}
        </>
    );
}
