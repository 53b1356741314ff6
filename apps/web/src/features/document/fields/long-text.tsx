import { fill } from '@liuhen/contract';
import { Input } from 'antd';
import { useText } from '../../../app/language.tsx';

type Props = {
    id?: string;
    label?: string;
    value: string;
    /** Characters that may stand in it. */
    most: number;
    onChange: (value: string) => void;
    disabled: boolean;
    /** Rows of a text; a line without. */
    rows?: { readonly minRows: number; readonly maxRows: number };
};

/** Of what may be written, the part from which on it is said how much is left. */
const NEARLY = 0.9;
/** As the form's check counts: what is one character to its reader is one here. */
const lengthOf = (value: string): number => [...value].length;

/**
 * What somebody writes or pastes. Nothing is cut off: what is longer than may stand in it stays, and it is said by how much; such a
 * draft is kept and not signed.
 */
export function LongText({ id, label, value, most, onChange, disabled, rows }: Props) {
    const text = useText();
    const length = lengthOf(value);
    const shared = {
        ...(id === undefined ? {} : { id }),
        ...(label === undefined ? {} : { 'aria-label': label }),
        disabled,
        value,
        count: { max: most, strategy: lengthOf },
        onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
    };
    return (
        <>
            {rows === undefined ? <Input {...shared} /> : <Input.TextArea {...shared} autoSize={rows} />}
            {length > most * NEARLY && (
                <p className={length > most ? 'hint over' : 'hint'} role="status">
                    {fill(length > most ? text.document.lengthOver : text.document.lengthLeft, {
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
