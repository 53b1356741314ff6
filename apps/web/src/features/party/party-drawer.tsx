import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { creditCodeReasonText, RequestError } from '@liuhen/contract';
import {
    CREDIT_CODE_FAULTS,
    creditCodeFault,
    PARTY_KINDS,
    type PartyKind,
    SETTABLE_PARTY_STATES,
    type SettablePartyState,
} from '@liuhen/domain';
import { App, Form, Input, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useLanguage, useText } from '../../app/language.tsx';
import type { Known } from '../../app/merge-edits.ts';
import { omitEmpty } from '../../app/omit-empty.ts';
import { useCommand } from '../../app/use-command.ts';
import type { Texts } from '../../text/index.ts';

type Fields = {
    name: string;
    kind: PartyKind;
    creditCode?: string;
    legalRepresentative?: string;
    phone?: string;
    address?: string;
    state: SettablePartyState;
};
type Party = ResponseOf<Endpoints['party.get']>;
type Props = { party?: Party; onClose: () => void; onCreated?: (id: string) => void };

/** Adds a party or changes one. */
export function PartyDrawer({ party, onClose, onCreated }: Props) {
    const text = useText();
    const { language } = useLanguage();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const kind = Form.useWatch('kind', form);
    const create = useCommand('party.create', {
        onDone: ({ id }) => {
            void message.success(text.party.created);
            onCreated?.(id);
        },
    });
    const update = useCommand('party.update', {
        onDone: () => {
            void message.success(text.common.saved);
            onClose();
        },
    });
    const submit = ({ state, name, kind: chosen, ...rest }: Fields, version: number | undefined) => {
        const body = {
            name,
            kind: chosen,
            ...omitEmpty({ ...rest, creditCode: chosen === 'naturalPerson' ? undefined : rest.creditCode }),
        };
        if (party === undefined || version === undefined) create.mutate({ body });
        else update.mutate({ params: { id: party.id }, body: { ...body, state, version } });
    };
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <FormDrawer<Fields>
            title={party === undefined ? text.party.new : text.party.editTitle}
            form={form}
            of={party === undefined ? { new: { kind: 'organisation', state: 'active' } } : { known: knownParty(party, text) }}
            error={withReason(create.error ?? update.error, language)}
            busy={create.isPending || update.isPending}
            onSubmit={submit}
            onClose={onClose}
        >
            <Form.Item
                className="wide"
                name="name"
                label={text.party.name}
                extra={party === undefined ? undefined : text.party.nameHint}
                rules={[required, atMost(text, 120)]}
            >
                <Input autoFocus autoComplete="off" />
            </Form.Item>
            <Form.Item className="wide" name="kind" label={text.party.kind} rules={[required]}>
                <Select options={PARTY_KINDS.map((each) => ({ value: each, label: text.party.kinds[each] }))} />
            </Form.Item>
            {kind !== 'naturalPerson' && (
                <Form.Item
                    className="wide"
                    name="creditCode"
                    label={text.party.creditCode}
                    extra={text.party.creditCodeHint}
                    rules={[
                        required,
                        {
                            validator: (_, value: string | undefined) => {
                                const fault =
                                    value === undefined || value.trim() === ''
                                        ? undefined
                                        : creditCodeFault(value.trim().toUpperCase());
                                return fault === undefined
                                    ? Promise.resolve()
                                    : Promise.reject(new Error(creditCodeReasonText(language, fault)));
                            },
                        },
                        atMost(text, 20),
                    ]}
                    validateTrigger="onBlur"
                >
                    <Input className="mono" autoComplete="off" spellCheck={false} />
                </Form.Item>
            )}
            <Form.Item
                className="wide"
                name="legalRepresentative"
                label={text.party.legalRepresentative}
                extra={party === undefined ? undefined : text.party.representativeHint}
                rules={[atMost(text, 60)]}
            >
                <Input autoComplete="off" />
            </Form.Item>
            <Form.Item name="phone" label={text.party.phone} rules={[atMost(text, 40)]}>
                <Input autoComplete="off" inputMode="tel" />
            </Form.Item>
            <Form.Item className="wide" name="address" label={text.party.address} rules={[atMost(text, 200)]}>
                <Input autoComplete="off" />
            </Form.Item>
            {party !== undefined && (
                <Form.Item className="wide" name="state" label={text.party.state}>
                    <Select options={SETTABLE_PARTY_STATES.map((each) => ({ value: each, label: text.party.states[each] }))} />
                </Form.Item>
            )}
        </FormDrawer>
    );
}

const knownParty = (party: Party, text: Texts): Known<Fields> => ({
    id: party.id,
    version: party.version,
    fields: {
        name: party.name,
        kind: party.kind,
        creditCode: party.creditCode ?? '',
        legalRepresentative: party.legalRepresentative ?? '',
        phone: party.phone ?? '',
        address: party.address ?? '',
        state: party.state === 'merged' ? 'closed' : party.state,
    },
    words: [
        { name: 'name', label: text.party.name, value: party.name },
        { name: 'kind', label: text.party.kind, value: text.party.kinds[party.kind] },
        { name: 'creditCode', label: text.party.creditCode, value: party.creditCode },
        { name: 'legalRepresentative', label: text.party.legalRepresentative, value: party.legalRepresentative },
        { name: 'phone', label: text.party.phone, value: party.phone },
        { name: 'address', label: text.party.address, value: party.address },
        { name: 'state', label: text.party.state, value: text.party.states[party.state] },
    ],
});

/** The server names the fault of a credit code by its code; here it becomes words. */
function withReason(error: unknown, language: 'zh-CN' | 'en'): unknown {
    if (!(error instanceof RequestError) || error.code !== 'party.creditCodeWrong') return error;
    const reason = CREDIT_CODE_FAULTS.find((fault) => fault === error.params.reason);
    if (reason === undefined) return error;
    const { status, code, requestId } = error;
    return new RequestError(status, { code, requestId, params: { reason: creditCodeReasonText(language, reason) } });
}
