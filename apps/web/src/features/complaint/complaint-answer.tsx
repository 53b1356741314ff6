import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { documentTypeFacts, replyContent } from '@liuhen/domain';
import { useNavigate } from '@tanstack/react-router';
import { Form, Input, Select } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { client } from '../../app/client.ts';
import { FieldDay } from '../../app/form-day.tsx';
import { FieldTime } from '../../app/form-time.tsx';
import { useLanguage, useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { dateOf, instantOf, timeOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';
import { Dialogue } from './complaint-dialogues.tsx';

type Complaint = ResponseOf<Endpoints['complaint.get']>;
type Props = { complaint: Complaint; onClose: () => void };

/** A linked document by its number, or by its kind while it has none. */
export function useDocumentWords() {
    const { language } = useLanguage();
    return ({ title, documentType }: Pick<Complaint['links'][number], 'title' | 'documentType'>): string => {
        const kind = documentType === null ? '' : documentTypeFacts(documentType)[language === 'en' ? 'en' : 'zh'];
        return [kind, title].filter((part) => part !== '').join(' ');
    };
}

/**
 * Begins the answer as a document with what the complaint says, links it, and opens it. It belongs to no party: on the party's
 * pages nothing of a complaint's answer is to be seen.
 */
export function useBeginReply({ id, number, receivedAt, subject, party, place }: Complaint) {
    const navigate = useNavigate();
    const [unread, setUnread] = useState<unknown>();
    const link = useCommand('complaint.link');
    const create = useCommand('document.create');
    const begin = async () => {
        setUnread(undefined);
        try {
            const { content } = await client.call('template.begin', { params: { type: 'complaintReply' }, query: {} });
            const said = replyContent({ number, receivedAt, subject, partyName: party?.name ?? null, place });
            const made = await create.mutateAsync({ body: { type: 'complaintReply', content: { ...content, ...said } } });
            await link.mutateAsync({ params: { id }, body: { kind: 'document', targetId: made.id } });
            void navigate({ to: '/documents/$id', params: { id: made.id } });
        } catch (error) {
            setUnread(error);
        }
    };
    return { begin: () => void begin(), busy: create.isPending || link.isPending, error: unread };
}

export function AnswerDialogue({ complaint, onClose }: Props) {
    const text = useText();
    const documentWords = useDocumentWords();
    const [form] = Form.useForm<{ day: string; time: string; text: string; documentId?: string }>();
    const answer = useCommand('complaint.answer', { onDone: onClose });
    const replies = complaint.links.filter((link) => link.documentType !== null);
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <Dialogue
            title={text.complaint.answer}
            error={answer.error}
            busy={answer.isPending}
            onOk={() => form.submit()}
            onClose={onClose}
        >
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{ day: dateOf(Date.now()), time: timeOf(Date.now()), documentId: replies.at(-1)?.targetId }}
                onFinish={({ day, time, text: words, documentId }) =>
                    answer.mutate({
                        params: { id: complaint.id },
                        body: { answeredAt: instantOf(day, time) ?? 0, text: words, ...omitEmpty({ documentId }) },
                    })
                }
            >
                <div className="pair">
                    <Form.Item name="day" label={text.complaint.answeredAt} rules={[required]}>
                        <FieldDay label={text.complaint.answeredAt} />
                    </Form.Item>
                    <Form.Item name="time" label=" " rules={[required]}>
                        <FieldTime label={text.complaint.answeredAt} />
                    </Form.Item>
                </div>
                {replies.length > 0 && (
                    <Form.Item name="documentId" label={`${text.complaint.replyDocument}${text.common.optional}`}>
                        <Select
                            allowClear
                            options={replies.map((link) => ({ value: link.targetId, label: documentWords(link) }))}
                        />
                    </Form.Item>
                )}
                <Form.Item
                    name="text"
                    label={text.complaint.answerText}
                    extra={text.complaint.answerHint}
                    rules={[required, atMost(text, 2_000)]}
                >
                    <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} />
                </Form.Item>
            </Form>
        </Dialogue>
    );
}
