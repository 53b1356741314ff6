import { fill } from '@liuhen/contract';
import { DISC_MEDIA, type DiscMedium, estimateDiscs } from '@liuhen/domain';
import { Radio } from 'antd';
import { useFormat, useText } from '../../app/language.tsx';
import type { Retrieval } from './retrieval-words.ts';

export type PackageForm = 'zip' | DiscMedium;

type Props = { of: Retrieval; value: PackageForm; onChange: (form: PackageForm) => void };

/** In which form the package is wished, with how many discs that will be. */
export function FormChoice({ of, value, onChange }: Props) {
    const text = useText();
    const format = useFormat();
    const words = (medium: DiscMedium): string => {
        const count = discsOf(of, medium);
        const named = { medium: text.retrieval.forms[medium] };
        return count === undefined
            ? fill(text.retrieval.formTooMany, named)
            : fill(text.retrieval.formDiscs, { ...named, count: format.count(count) });
    };
    return (
        <fieldset style={{ margin: '12px 0 0', padding: 0, border: 0 }}>
            <legend style={{ padding: 0, marginBottom: 4 }}>{text.retrieval.form}</legend>
            <Radio.Group
                className="radio-column"
                value={value}
                onChange={({ target }) => onChange(target.value)}
                options={[
                    { value: 'zip', label: text.retrieval.forms.zip },
                    ...DISC_MEDIA.map((medium) => ({
                        value: medium,
                        label: words(medium),
                        disabled: !of.discsPossible || discsOf(of, medium) === undefined,
                    })),
                ]}
            />
            {!of.discsPossible && <p className="second">{text.retrieval.discsImpossible}</p>}
        </fieldset>
    );
}

/** About how many discs the recordings need; undefined for too many. Equal recordings lie there once. */
export const discsOf = ({ items, discBytes }: Retrieval, medium: DiscMedium): number | undefined =>
    estimateDiscs([...new Map(items.map(({ sha256, size }) => [sha256, Number(size)])).values()], discBytes[medium]);
