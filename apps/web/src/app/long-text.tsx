import { fill } from '@liuhen/contract';
import { Input } from 'antd';
import { lengthOf } from './at-most.ts';
import { useText } from './language.tsx';

type Props = {
    id?: string;
    label?: string;
    value: string;
    /** Characters that may stand in it. */
    most: number;
    onChange: (value: string) => void;
    onBlur?: () => void;
    disabled?: boolean;
    /** Rows of a text; a line without. */
    rows?: { readonly minRows: number; readonly maxRows?: number };
    /** What is said of a text that is too long, where it is kept all the same. */
    over?: string;
};

/** Of what may be written, the part from which on it is said how much is left. */
const NEARLY = 0.9;
/**
 * What somebody writes or pastes. Nothing is cut off: what is longer than may stand in it stays, and it is said by how much.
 */
export function LongText({ id, label, value, most, onChange, onBlur, disabled = false, rows, over }: Props) {
    const text = useText();
    const length = lengthOf(value);
    const shared = {
        ...(id === undefined ? {} : { id }),
        ...(label === undefined ? {} : { 'aria-label': label }),
        disabled,
        value,
        count: { max: most, strategy: lengthOf },
        ...(onBlur === undefined ? {} : { onBlur }),
        onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
    };
    return (
        <>
            {rows === undefined ? <Input {...shared} /> : <Input.TextArea {...shared} autoSize={rows} />}
            {length > most * NEARLY && (
                <p className={length > most ? 'hint over' : 'hint'} role="status">
                    {fill(length > most ? (over ?? text.common.over) : text.common.left, {
                        length,
                        most,
                        over: length - most,
                        left: most - length,
                    })}
                </p>
            )}
        </>
    );
}
