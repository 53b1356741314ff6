import { fill } from '@liuhen/contract';
import { CODE_EXEMPTIONS, type CodeExemption, isCodeExemption, SECRECIES, type Secrecy } from '@liuhen/domain';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { Card, Facts, Tag } from '../../app/page.tsx';
import { refreshAll } from '../../app/query.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import type { ActDetail } from './strip-chart-input.ts';

/** Who may see the act (附件1 第12条), and under which code the inspection runs. */
export function ActMarks({ act }: { act: ActDetail }) {
    const text = useText();
    const may = useMay();
    const words = text.actPart.mark;
    const [stating, setStating] = useState(false);
    const mark = useCommand('act.markSecrecy');
    const manage = may('act.manage');
    const open = manage && (act.state === 'open' || act.state === 'planned');
    const { code, exempt, missing } = act.inspectionCode;
    const said = code ?? (exempt !== null && isCodeExemption(exempt) ? `${words.exempt} · ${words.exemptions[exempt]}` : null);
    const choose = (secrecy: Secrecy | 'state') =>
        mark.mutate({ params: { id: act.id }, body: { secrecy, version: act.version } });
    return (
        <Card
            title={words.title}
            right={
                open && (
                    <Button size="small" className="no-print" onClick={() => setStating(true)}>
                        {words.codeEdit}
                    </Button>
                )
            }
        >
            <div className="body">
                <ErrorNote error={mark.error} of="command" onReload={() => void refreshAll()} />
                <Facts
                    of={[
                        [
                            words.secrecy,
                            manage && act.state !== 'cancelled' ? (
                                <Select<Secrecy | 'state'>
                                    key="secrecy"
                                    size="small"
                                    aria-label={words.secrecy}
                                    value={act.secrecy}
                                    disabled={mark.isPending}
                                    onChange={choose}
                                    popupMatchSelectWidth={false}
                                    options={[...SECRECIES, 'state' as const].map((value) => ({
                                        value,
                                        label: words.secrecies[value],
                                    }))}
                                />
                            ) : (
                                words.secrecies[act.secrecy]
                            ),
                        ],
                        [
                            words.code,
                            missing ? (
                                <Tag key="missing" status="act">
                                    {words.codeMissing}
                                </Tag>
                            ) : (
                                (said ?? (
                                    <span key="none" className="faint">
                                        {words.codeNone}
                                    </span>
                                ))
                            ),
                        ],
                    ]}
                />
                <p className="second">{words.secrecyWhat}</p>
            </div>
            {stating && <CodeDialogue act={act} onClose={() => setStating(false)} />}
        </Card>
    );
}

type CodeFields = { code?: string; exempt?: CodeExemption };

function CodeDialogue({ act, onClose }: { act: ActDetail; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const words = text.actPart.mark;
    const [form] = Form.useForm<CodeFields>();
    const state = useCommand('act.stateInspectionCode', { onDone: onClose });
    const { code, exempt, format } = act.inspectionCode;
    const submit = (fields: CodeFields) =>
        state.mutate({
            params: { id: act.id },
            body: {
                code: fields.code === undefined || fields.code.trim() === '' ? null : fields.code,
                exempt: fields.exempt ?? null,
                version: act.version,
            },
        });
    return (
        <Modal
            open
            title={words.codeEdit}
            okText={text.common.save}
            onCancel={onClose}
            onOk={() => form.submit()}
            okButtonProps={{ disabled: state.isPending }}
        >
            <ErrorNote error={state.error} of="command" onRetry={() => form.submit()} onReload={() => void refreshAll()} />
            <Form<CodeFields>
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{
                    ...(code === null ? {} : { code }),
                    ...(exempt !== null && isCodeExemption(exempt) ? { exempt } : {}),
                }}
                onFinish={submit}
            >
                <Form.Item
                    name="code"
                    label={words.code}
                    extra={format === null ? words.codeAny : fill(words.codeFormat, { format })}
                    rules={[atMost(text, 60)]}
                >
                    <Input autoComplete="off" />
                </Form.Item>
                <Form.Item name="exempt" label={`${words.exempt}${text.common.optional}`}>
                    <Select
                        allowClear
                        placeholder={text.common.choose}
                        options={CODE_EXEMPTIONS.map((value) => ({ value, label: words.exemptions[value] }))}
                    />
                </Form.Item>
            </Form>
        </Modal>
    );
}
