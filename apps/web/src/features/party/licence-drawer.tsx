import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { LICENCE_STATES, type LicenceState, SPECIALITIES, type Speciality } from '@liuhen/domain';
import { App, Form, Input, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { FieldDay } from '../../app/form-day.tsx';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useText } from '../../app/language.tsx';
import type { Known } from '../../app/merge-edits.ts';
import { omitEmpty } from '../../app/omit-empty.ts';
import { useCommand } from '../../app/use-command.ts';
import type { Texts } from '../../text/index.ts';
import { specialityWords } from './licence-words.ts';

type Party = ResponseOf<Endpoints['party.get']>;
export type Licence = Party['licences'][number];
type Fields = {
    speciality: Speciality;
    specialityOther?: string;
    number: string;
    authority?: string;
    validFrom?: string;
    validTo?: string;
    state: LicenceState;
    premisesId?: string;
    note?: string;
};

/** Adds a licence or changes one: a new term, suspension, cancellation, a correction. */
export function LicenceDrawer({ party, licence, onClose }: { party: Party; licence?: Licence | undefined; onClose: () => void }) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const speciality = Form.useWatch('speciality', form);
    const onDone = () => {
        void message.success(text.common.saved);
        onClose();
    };
    const add = useCommand('party.addLicence', { onDone });
    const change = useCommand('party.updateLicence', { onDone });
    const submit = ({ speciality: chosen, number, state, ...rest }: Fields, version: number | undefined) => {
        const other = chosen === 'other' ? rest.specialityOther : undefined;
        const body = { speciality: chosen, number, state, ...omitEmpty({ ...rest, specialityOther: other }) };
        if (licence === undefined || version === undefined) add.mutate({ params: { id: party.id }, body });
        else change.mutate({ params: { id: licence.id }, body: { ...body, version } });
    };
    const required = { required: true, whitespace: true, message: text.common.required };
    const places = party.premises.filter((each) => each.closedDay === null || each.id === licence?.premisesId);
    return (
        <FormDrawer<Fields>
            title={licence === undefined ? text.party.licenceAdd : text.party.licenceEdit}
            form={form}
            of={licence === undefined ? { new: { state: 'valid' } } : { known: knownLicence(licence, party, text) }}
            error={add.error ?? change.error}
            busy={add.isPending || change.isPending}
            onSubmit={submit}
            onClose={onClose}
        >
            <Form.Item className="wide" name="speciality" label={text.party.speciality} rules={[required]}>
                <Select
                    autoFocus={licence === undefined}
                    placeholder={text.common.choose}
                    options={SPECIALITIES.map((each) => ({ value: each, label: text.party.specialities[each] }))}
                />
            </Form.Item>
            {speciality === 'other' && (
                <Form.Item
                    className="wide"
                    name="specialityOther"
                    label={text.party.specialityOther}
                    rules={[required, atMost(text, 60)]}
                >
                    <Input autoComplete="off" />
                </Form.Item>
            )}
            <Form.Item className="wide" name="number" label={text.party.licenceNumber} rules={[required, atMost(text, 80)]}>
                <Input autoComplete="off" />
            </Form.Item>
            <Form.Item
                className="wide"
                name="authority"
                label={`${text.party.authority}${text.common.optional}`}
                rules={[atMost(text, 120)]}
            >
                <Input autoComplete="off" />
            </Form.Item>
            <Form.Item name="validFrom" label={`${text.party.validFrom}${text.common.optional}`}>
                <FieldDay label={text.party.validFrom} />
            </Form.Item>
            <Form.Item
                name="validTo"
                label={text.party.validTo}
                extra={text.party.validToHint}
                dependencies={['validFrom']}
                rules={[
                    ({ getFieldValue }) => ({
                        validator: (_, value: string | undefined) => {
                            const from: string | undefined = getFieldValue('validFrom');
                            const wrong = value !== undefined && value !== '' && from !== undefined && value < from;
                            return wrong ? Promise.reject(new Error(text.party.termWrong)) : Promise.resolve();
                        },
                    }),
                ]}
            >
                <FieldDay label={text.party.validTo} />
            </Form.Item>
            <Form.Item name="state" label={text.party.licenceState}>
                <Select options={LICENCE_STATES.map((each) => ({ value: each, label: text.party.licenceStates[each] }))} />
            </Form.Item>
            <Form.Item name="premisesId" label={text.party.licencePremises}>
                <Select
                    allowClear
                    placeholder={text.party.licencePremisesAll}
                    options={places.map((each) => ({ value: each.id, label: each.name }))}
                />
            </Form.Item>
            <Form.Item
                className="wide"
                name="note"
                label={`${text.party.note}${text.common.optional}`}
                rules={[atMost(text, 200)]}
            >
                <Input autoComplete="off" />
            </Form.Item>
        </FormDrawer>
    );
}

const knownLicence = (licence: Licence, party: Party, text: Texts): Known<Fields> => ({
    id: licence.id,
    version: licence.version,
    fields: omitEmpty({
        speciality: licence.speciality,
        specialityOther: licence.specialityOther,
        number: licence.number,
        authority: licence.authority,
        validFrom: licence.validFrom,
        validTo: licence.validTo,
        state: licence.state,
        premisesId: licence.premisesId,
        note: licence.note,
    }) as Partial<Fields>,
    words: [
        {
            name: 'speciality',
            label: text.party.speciality,
            value: specialityWords(text, licence.speciality, licence.specialityOther),
        },
        { name: 'specialityOther', label: text.party.specialityOther, value: licence.specialityOther },
        { name: 'number', label: text.party.licenceNumber, value: licence.number },
        { name: 'authority', label: text.party.authority, value: licence.authority },
        { name: 'validFrom', label: text.party.validFrom, value: licence.validFrom },
        { name: 'validTo', label: text.party.validTo, value: licence.validTo },
        { name: 'state', label: text.party.licenceState, value: text.party.licenceStates[licence.state] },
        {
            name: 'premisesId',
            label: text.party.licencePremises,
            value: party.premises.find((each) => each.id === licence.premisesId)?.name ?? null,
        },
        { name: 'note', label: text.party.note, value: licence.note },
    ],
});
