import { RECIPIENT_RELATIONS, SERVICE_MODES, type ServiceMode } from '@liuhen/domain';
import { Form, Modal, Select } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { LongText } from '../../app/long-text.tsx';
import { ActPick, PersonPick } from '../../app/pick-remote.tsx';
import { useAsk } from '../../app/query.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';
import type { DocumentDetail } from './document-types.ts';
import { MomentInput } from './fields/moment-input.tsx';
import { RECORDED_MODES, SERVICE_FIELDS, type ServiceField, type ServiceValues, serviceFactsOf } from './service-fields.ts';

/** Begins one attempt: who serves whom in which way, with the facts that this way needs. */
export function ServiceStartDialogue({ document, onClose }: { document: DocumentDetail; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const [mode, setMode] = useState<ServiceMode>('direct');
    const [recipient, setRecipient] = useState(document.party?.name ?? '');
    const [values, setValues] = useState<ServiceValues>({});
    const [servers, setServers] = useState<string[]>([]);
    const [actId, setActId] = useState<string>();
    const [missing, setMissing] = useState(false);
    const start = useCommand('document.startService', { onDone: onClose });
    const fields = SERVICE_FIELDS[mode];
    const submit = () => {
        const facts = serviceFactsOf(mode, values);
        const complete = facts !== undefined && recipient.trim() !== '' && servers.length > 0;
        setMissing(!complete);
        if (!complete) return;
        start.mutate({
            params: { id: document.id },
            body: { recipient, facts, serverIds: servers, ...(actId === undefined ? {} : { actId }) },
        });
    };
    return (
        <Modal
            open
            title={text.documentService.start}
            okText={text.documentService.start}
            onCancel={onClose}
            onOk={submit}
            okButtonProps={{ disabled: start.isPending }}
        >
            <ErrorNote error={start.error} of="command" onRetry={submit} />
            {missing && (
                <p className="fault" role="alert">
                    {text.documentService.incomplete}
                </p>
            )}
            <Form layout="vertical" requiredMark={false} onFinish={submit}>
                <Form.Item label={text.documentService.mode}>
                    <Select<ServiceMode>
                        aria-label={text.documentService.mode}
                        value={mode}
                        options={SERVICE_MODES.map((value) => ({ value, label: text.documentService.modes[value] }))}
                        onChange={setMode}
                    />
                    <p className="hint">{text.documentService.modeWhat[mode]}</p>
                </Form.Item>
                <Form.Item label={text.documentService.recipient}>
                    <LongText label={text.documentService.recipient} most={200} value={recipient} onChange={setRecipient} />
                </Form.Item>
                {fields.map((field) => (
                    <Form.Item
                        key={field.key}
                        label={`${text.documentService.fields[field.key]}${field.required ? '' : text.common.optional}`}
                    >
                        <FactInput
                            field={field}
                            value={values[field.key]}
                            document={document}
                            onChange={(value) => setValues({ ...values, [field.key]: value })}
                        />
                    </Form.Item>
                ))}
                <Form.Item label={text.documentService.servers}>
                    <ServerPicks value={servers} onChange={setServers} />
                </Form.Item>
                {RECORDED_MODES.includes(mode) && (
                    <Form.Item label={text.documentService.act} extra={text.documentService.actWhy}>
                        <ActPick label={text.documentService.act} value={actId} onChange={setActId} />
                    </Form.Item>
                )}
            </Form>
        </Modal>
    );
}

/** Two officers serve; a third may help. */
function ServerPicks({ value, onChange }: { value: string[]; onChange: (next: string[]) => void }) {
    const text = useText();
    const places = [...value, undefined].slice(0, 3);
    return (
        <>
            {places.map((id, at) => (
                <PersonPick
                    // biome-ignore lint/suspicious/noArrayIndexKey: places in a fixed order
                    key={at}
                    label={`${text.documentService.servers} ${at + 1}`}
                    kinds={['officer']}
                    exclude={value.filter((_, other) => other !== at)}
                    value={id}
                    onChange={(next) =>
                        onChange(places.map((each, other) => (other === at ? next : each)).filter((each) => each !== undefined))
                    }
                />
            ))}
        </>
    );
}

type FactProps = {
    field: ServiceField;
    value: string | number | undefined;
    document: DocumentDetail;
    onChange: (value: string | number | undefined) => void;
};

function FactInput({ field, value, document, onChange }: FactProps) {
    const text = useText();
    const label = text.documentService.fields[field.key];
    switch (field.kind) {
        case 'instant':
            return (
                <MomentInput
                    id={`service-${field.key}`}
                    label={label}
                    disabled={false}
                    value={typeof value === 'number' ? value : null}
                    onChange={(at) => onChange(at ?? undefined)}
                />
            );
        case 'text':
            return <LongText label={label} rows={{ minRows: 2 }} most={1_000} value={String(value ?? '')} onChange={onChange} />;
        case 'relation':
            return (
                <Select
                    aria-label={label}
                    value={value ?? null}
                    options={RECIPIENT_RELATIONS.map((each) => ({ value: each, label: text.documentService.relations[each] }))}
                    onChange={(next) => onChange(next ?? undefined)}
                />
            );
        case 'consent':
            return <ConsentPick document={document} value={value} label={label} onChange={onChange} />;
        case 'line':
            return <LongText label={label} most={200} value={String(value ?? '')} onChange={onChange} />;
    }
}

/** Electronic service needs the signed consent of the party (13号令 第57条): one of its address confirmations. */
function ConsentPick({ document, value, label, onChange }: Omit<FactProps, 'field'> & { label: string }) {
    const { data } = useAsk(
        'document.list',
        { query: { type: 'serviceAddress', limit: 50, ...(document.party === null ? {} : { partyId: document.party.id }) } },
        { enabled: document.party !== null },
    );
    return (
        <Select
            aria-label={label}
            value={value ?? null}
            options={(data?.items ?? []).map((each) => ({ value: each.id, label: each.title }))}
            onChange={(next) => onChange(next ?? undefined)}
        />
    );
}
