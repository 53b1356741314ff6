import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { COMPLAINT_CHANNELS, type ComplaintChannel } from '@liuhen/domain';
import { App, Checkbox, Form, Input, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { FieldDay } from '../../app/form-day.tsx';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { FieldPartyPick } from '../../app/form-pick.tsx';
import { FieldPremises } from '../../app/form-premises.tsx';
import { FieldTime } from '../../app/form-time.tsx';
import { useText } from '../../app/language.tsx';
import type { Known } from '../../app/merge-edits.ts';
import { omitEmpty } from '../../app/omit-empty.ts';
import { dateOf, instantOf, timeOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';
import type { Texts } from '../../text/index.ts';
import { IDENTITY_FIELDS, IdentityFields, type IdentityValues } from './identity-fields.tsx';

type Complaint = ResponseOf<Endpoints['complaint.get']>;
type Fields = {
    channel: ComplaintChannel;
    externalNumber?: string;
    day: string;
    time: string;
    subject: string;
    content: string;
    partyId?: string | undefined;
    premisesId?: string | undefined;
    place?: string;
    statedDueDay?: string;
    replyRequested?: boolean;
    confidential?: boolean;
    identity?: IdentityValues;
};
type Props = { complaint?: Complaint; onClose: () => void; onRegistered?: (id: string) => void };

/** Registers a complaint, or corrects what may be corrected of one: what was said stays as it is. */
export function ComplaintDrawer({ complaint, onClose, onRegistered }: Props) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const partyId = Form.useWatch('partyId', form);
    const register = useCommand('complaint.register', {
        onDone: ({ id }) => {
            void message.success(text.complaint.registered);
            onRegistered?.(id);
        },
    });
    const update = useCommand('complaint.update', {
        onDone: () => {
            void message.success(text.common.saved);
            onClose();
        },
    });
    const submit = (fields: Fields, version: number | undefined) => {
        const { externalNumber, place, statedDueDay, premisesId } = fields;
        const about = omitEmpty({
            externalNumber,
            partyId: fields.partyId,
            premisesId: fields.partyId === undefined ? undefined : premisesId,
            place,
            statedDueDay,
        });
        if (complaint !== undefined && version !== undefined)
            return update.mutate({ params: { id: complaint.id }, body: { ...about, version } });
        const identity = omitEmpty(Object.fromEntries(IDENTITY_FIELDS.map((each) => [each, fields.identity?.[each]])));
        register.mutate({
            body: {
                channel: fields.channel,
                receivedAt: instantOf(fields.day, fields.time) ?? 0,
                subject: fields.subject,
                content: fields.content,
                ...about,
                replyRequested: fields.replyRequested === true,
                confidential: fields.confidential === true,
                ...(Object.keys(identity).length === 0 ? {} : { identity }),
            },
        });
    };
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <FormDrawer<Fields>
            title={complaint === undefined ? text.complaint.new : text.complaint.edit}
            form={form}
            of={
                complaint === undefined
                    ? { new: { channel: 'phone', day: dateOf(Date.now()), time: timeOf(Date.now()) } }
                    : { known: knownComplaint(complaint, text) }
            }
            error={register.error ?? update.error}
            busy={register.isPending || update.isPending}
            onSubmit={submit}
            onClose={onClose}
        >
            {complaint === undefined && (
                <>
                    <Form.Item name="channel" label={text.complaint.channel} rules={[required]}>
                        <Select
                            options={COMPLAINT_CHANNELS.map((each) => ({ value: each, label: text.complaint.channels[each] }))}
                        />
                    </Form.Item>
                    <div className="pair">
                        <Form.Item name="day" label={text.complaint.receivedAt} rules={[required]}>
                            <FieldDay label={text.complaint.receivedAt} />
                        </Form.Item>
                        <Form.Item name="time" label=" " rules={[required]}>
                            <FieldTime label={text.complaint.receivedAt} />
                        </Form.Item>
                    </div>
                    <Form.Item
                        className="wide"
                        name="subject"
                        label={text.complaint.subject}
                        extra={text.complaint.subjectHint}
                        rules={[required, atMost(text, 120)]}
                    >
                        <Input autoComplete="off" autoFocus />
                    </Form.Item>
                    <Form.Item
                        className="wide"
                        name="content"
                        label={text.complaint.content}
                        extra={text.complaint.contentHint}
                        rules={[required, atMost(text, 4_000)]}
                    >
                        <Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} />
                    </Form.Item>
                </>
            )}
            <Form.Item className="wide" name="partyId" label={text.complaint.party} extra={text.complaint.partyHint}>
                <FieldPartyPick label={text.complaint.party} />
            </Form.Item>
            <Form.Item className="wide" name="premisesId" label={text.complaint.premises} hidden={partyId === undefined}>
                <FieldPremises label={text.complaint.premises} partyId={partyId} />
            </Form.Item>
            <Form.Item
                className="wide"
                name="place"
                label={`${text.complaint.place}${text.common.optional}`}
                rules={[atMost(text, 200)]}
            >
                <Input autoComplete="off" />
            </Form.Item>
            <Form.Item
                name="externalNumber"
                label={`${text.complaint.externalNumber}${text.common.optional}`}
                extra={text.complaint.externalHint}
                rules={[atMost(text, 60)]}
            >
                <Input autoComplete="off" spellCheck={false} />
            </Form.Item>
            <Form.Item
                name="statedDueDay"
                label={`${text.complaint.statedDueDay}${text.common.optional}`}
                extra={text.complaint.statedHint}
            >
                <FieldDay label={text.complaint.statedDueDay} />
            </Form.Item>
            {complaint === undefined && (
                <>
                    <Form.Item name="replyRequested" valuePropName="checked" noStyle>
                        <Checkbox>{text.complaint.replyRequested}</Checkbox>
                    </Form.Item>
                    <Form.Item name="confidential" valuePropName="checked" noStyle>
                        <Checkbox>{text.complaint.confidential}</Checkbox>
                    </Form.Item>
                    <fieldset className="wide apart">
                        <legend>{text.complaint.identityTitle}</legend>
                        <p className="faint">{text.complaint.identityWhat}</p>
                        <IdentityFields under="identity" />
                    </fieldset>
                </>
            )}
        </FormDrawer>
    );
}

const knownComplaint = (complaint: Complaint, text: Texts): Known<Fields> => ({
    id: complaint.id,
    version: complaint.version,
    fields: {
        externalNumber: complaint.externalNumber ?? '',
        ...omitEmpty({ partyId: complaint.party?.id, premisesId: complaint.premises?.id }),
        place: complaint.place ?? '',
        statedDueDay: complaint.dueBasis === 'stated' ? (complaint.dueDay ?? '') : '',
    },
    words: [
        { name: 'externalNumber', label: text.complaint.externalNumber, value: complaint.externalNumber },
        { name: 'partyId', label: text.complaint.party, value: complaint.party?.name ?? null },
        { name: 'premisesId', label: text.complaint.premises, value: complaint.premises?.name ?? null },
        { name: 'place', label: text.complaint.place, value: complaint.place },
        {
            name: 'statedDueDay',
            label: text.complaint.statedDueDay,
            value: complaint.dueBasis === 'stated' ? complaint.dueDay : null,
        },
    ],
});
