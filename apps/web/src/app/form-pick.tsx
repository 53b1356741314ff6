import type { ComponentType } from 'react';
import { ActPick, DevicePick, PartyPick, PersonPick } from './pick-remote.tsx';

type FieldProps = { label: string; id?: string; value?: string; onChange?: (id: string | undefined) => void };
type PickProps = {
    label: string;
    className: string;
    value: string | undefined;
    onChange: (id: string | undefined) => void;
    id?: string;
};

/** Adapts a choice to antd's form, which leaves out `value`, `onChange` and `id` outside of an item. */
function formPick(Pick: ComponentType<PickProps>) {
    return function FormPick({ label, id, value, onChange }: FieldProps) {
        return (
            <Pick
                label={label}
                className="whole"
                value={value}
                onChange={(next) => onChange?.(next)}
                {...(id === undefined ? {} : { id })}
            />
        );
    };
}

export const FieldActPick = formPick(ActPick);
export const FieldPartyPick = formPick(PartyPick);
export const FieldPersonPick = formPick(PersonPick);
export const FieldDevicePick = formPick(DevicePick);
