import type { FieldValue } from '@liuhen/domain';
import { Input } from 'antd';
import { useState } from 'react';
import { useText } from '../../../app/language.tsx';
import { fenOf, yuanOf } from './money.ts';

type Props = { id: string; value: number | undefined; disabled: boolean; onChange: (fen: FieldValue) => void };

/** An amount in yuan, kept as whole fen. */
export function MoneyInput({ id, value, disabled, onChange }: Props) {
    const text = useText();
    const [typed, setTyped] = useState<string>();
    const wrong = typed !== undefined && typed !== '' && fenOf(typed) === undefined;
    return (
        <>
            <Input
                id={id}
                className="number"
                inputMode="decimal"
                disabled={disabled}
                suffix={text.document.money}
                status={wrong ? 'error' : ''}
                value={typed ?? (value === undefined ? '' : yuanOf(value))}
                onChange={({ target }) => {
                    setTyped(target.value);
                    const fen = fenOf(target.value);
                    if (fen !== undefined) onChange(fen);
                    else if (target.value === '') onChange('');
                }}
                onBlur={() => !wrong && setTyped(undefined)}
            />
            {wrong && <p className="fault">{text.document.moneyBad}</p>}
        </>
    );
}
