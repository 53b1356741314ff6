import { CASE_SOURCES, type CaseSource, PROCEDURE_TABLES, PROCEDURES, type ProcedureId } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { App, Button, Form, Select } from 'antd';
import { ErrorNote } from '../../app/error-note.tsx';
import { FieldDay } from '../../app/form-day.tsx';
import { FieldPersonPick } from '../../app/form-pick.tsx';
import { FieldTime } from '../../app/form-time.tsx';
import { useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { Card, PageHead } from '../../app/page.tsx';
import { useMe } from '../../app/session.ts';
import { dateOf, instantOf, timeOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';
import { CaseFieldSet, type CaseFields, caseBody } from './case-fields.tsx';
import { CasePick } from './case-pick.tsx';
import { useCaseWords } from './case-words.ts';

type Fields = CaseFields & {
    procedure: ProcedureId;
    source: CaseSource;
    day: string;
    time: string;
    parentId?: string;
    first: string;
    second?: string;
};

/** Takes a case in: which procedure, what about, who handles it. */
export function CaseNewPage() {
    const text = useText();
    const words = useCaseWords();
    const me = useMe();
    const navigate = useNavigate();
    const { message } = App.useApp();
    const { partyId, actId, parentId, procedure: wanted } = useSearch({ from: '/signed-in/shell/cases/new' });
    const [form] = Form.useForm<Fields>();
    const procedure = Form.useWatch('procedure', form);
    const serves = procedure === undefined ? [] : (PROCEDURE_TABLES[procedure].serves ?? []);
    const open = useCommand('case.open', {
        onDone: ({ id }) => {
            void message.success(text.case.created);
            void navigate({ to: '/cases/$id', params: { id }, replace: true });
        },
    });
    const submit = ({ procedure: chosen, source, day, time, parentId: parent, first, second, ...fields }: Fields) => {
        const openedAt = instantOf(day, time);
        if (openedAt === undefined) return;
        open.mutate({
            body: {
                ...caseBody(fields),
                procedure: chosen,
                source,
                openedAt: Math.min(openedAt, Date.now()),
                handlerIds: [first, second].filter((each) => each !== undefined),
                ...(parent === undefined || serves.length === 0 ? {} : { parentId: parent }),
                ...(actId === undefined ? {} : { actId }),
            },
        });
    };
    const required = { required: true, message: text.common.required };
    return (
        <div className="form-page">
            <PageHead title={text.case.new} crumb={<Link to="/cases">{text.case.title}</Link>} />
            <Form<Fields>
                form={form}
                layout="vertical"
                requiredMark={false}
                scrollToFirstError={{ focus: true }}
                initialValues={{
                    procedure: wanted ?? 'penalty',
                    source: parentId === undefined ? 'inspection' : 'case',
                    day: dateOf(Date.now()),
                    time: timeOf(Date.now()),
                    ...(me.roles.includes('officer') ? { first: me.person.id } : {}),
                    ...(partyId === undefined ? {} : { partyId }),
                    ...(parentId === undefined ? {} : { parentId }),
                }}
                onFinish={submit}
            >
                <Card label={text.case.new}>
                    <div className="body fields">
                        <Form.Item name="procedure" label={text.case.procedure} rules={[required]}>
                            <Select options={PROCEDURES.map((each) => ({ value: each, label: words.procedure(each) }))} />
                        </Form.Item>
                        <Form.Item name="source" label={text.case.source} rules={[required]}>
                            <Select options={CASE_SOURCES.map((each) => ({ value: each, label: text.case.sources[each] }))} />
                        </Form.Item>
                        {serves.length > 0 && (
                            <Form.Item
                                className="wide"
                                name="parentId"
                                label={text.case.parent}
                                extra={text.case.parentHint}
                                rules={procedure === 'hearing' ? [required] : []}
                            >
                                <CasePick label={text.case.parent} of={serves} />
                            </Form.Item>
                        )}
                        <CaseFieldSet />
                        <Form.Item name="day" label={text.case.openedAt} rules={[required]}>
                            <FieldDay label={text.case.openedAt} max={dateOf(Date.now())} />
                        </Form.Item>
                        <Form.Item name="time" label={text.common.time} rules={[required]}>
                            <FieldTime label={text.common.time} />
                        </Form.Item>
                    </div>
                </Card>
                <Card title={text.case.handlers} small={text.case.handlersHint}>
                    <div className="body fields">
                        <Form.Item name="first" label={`${text.case.parts.handler} 1`} rules={[required]}>
                            <FieldPersonPick label={`${text.case.parts.handler} 1`} />
                        </Form.Item>
                        <Form.Item name="second" label={`${text.case.parts.handler} 2`}>
                            <FieldPersonPick label={`${text.case.parts.handler} 2`} />
                        </Form.Item>
                    </div>
                </Card>
                <ErrorNote error={open.error} of="command" onRetry={() => form.submit()} />
                <div className="form-foot">
                    <Button type="primary" htmlType="submit" disabled={open.isPending}>
                        {open.isPending ? text.case.creating : text.case.create}
                    </Button>
                    <LinkButton to="/cases">{text.common.cancel}</LinkButton>
                </div>
            </Form>
        </div>
    );
}
