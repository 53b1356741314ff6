import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { App, Button, Checkbox, Form } from 'antd';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { Card, PageHead } from '../../app/page.tsx';
import { useMe } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { ActFieldSet, type ActFields, actBody, type PartRow } from './act-form.tsx';
import { ParticipantsField } from './participants-field.tsx';

type Fields = ActFields & { participants: PartRow[]; planned?: boolean };

export function ActNewPage() {
    const text = useText();
    const me = useMe();
    const navigate = useNavigate();
    const { message } = App.useApp();
    const { partyId } = useSearch({ from: '/signed-in/shell/acts/new' });
    const [form] = Form.useForm<Fields>();
    const create = useCommand('act.create', {
        onDone: ({ id }) => {
            void message.success(text.act.created);
            void navigate({ to: '/acts/$id', params: { id }, replace: true });
        },
    });
    const submit = (fields: Fields) => {
        const participants = fields.participants.flatMap(({ personId, part }) =>
            personId === undefined ? [] : [{ personId, part }],
        );
        create.mutate({ body: { ...actBody(fields), participants, ...(fields.planned === true ? { planned: true } : {}) } });
    };
    // Whoever creates an act as an officer is usually one of the two.
    const first: PartRow = me.roles.includes('officer') ? { personId: me.person.id, part: 'officer' } : { part: 'officer' };
    return (
        <div className="form-page">
            <PageHead title={text.act.new} crumb={<Link to="/acts">{text.act.title}</Link>} />
            <Form<Fields>
                form={form}
                layout="vertical"
                requiredMark={false}
                scrollToFirstError={{ focus: true }}
                initialValues={{ participants: [first, { part: 'officer' }], ...(partyId === undefined ? {} : { partyId }) }}
                onFinish={submit}
            >
                <Card label={text.act.new}>
                    <div className="body fields">
                        <ActFieldSet form={form} fresh />
                        <Form.Item className="wide" name="planned" valuePropName="checked" extra={text.actPart.start.plannedHint}>
                            <Checkbox>{text.actPart.start.planned}</Checkbox>
                        </Form.Item>
                    </div>
                </Card>
                <Card title={text.act.participants} small={text.act.twoOfficers}>
                    <div className="body">
                        <ParticipantsField />
                    </div>
                </Card>
                <ErrorNote error={create.error} of="command" onRetry={() => form.submit()} />
                <div className="form-foot">
                    <Button type="primary" htmlType="submit" disabled={create.isPending}>
                        {create.isPending ? text.act.creating : text.act.create}
                    </Button>
                    <LinkButton to="/acts">{text.common.cancel}</LinkButton>
                </div>
            </Form>
        </div>
    );
}
