import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { PERSON_KINDS, type PersonKind, POSTS, type Post } from '@liuhen/domain';
import { App, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import type { Known } from '../../app/merge-edits.ts';
import { omitEmpty } from '../../app/omit-empty.ts';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import type { Texts } from '../../text/index.ts';

type Fields = { name: string; kind: PersonKind; certificateNumber?: string; departmentId?: string; posts?: Post[] };
type Person = ResponseOf<Endpoints['person.get']>;
type Props = { person?: Person; onClose: () => void; onCreated?: (id: string) => void };

/** Registers a person or changes one. */
export function PersonDrawer({ person, onClose, onCreated }: Props) {
    const text = useText();
    const format = useFormat();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const kind = Form.useWatch('kind', form);
    const create = useCommand('person.create', {
        onDone: ({ id }) => {
            void message.success(text.person.created);
            onCreated?.(id);
        },
    });
    const update = useCommand('person.update', {
        onDone: () => {
            void message.success(text.common.saved);
            onClose();
        },
    });
    const submit = ({ name, kind: chosen, posts, ...rest }: Fields, version: number | undefined) => {
        const body = { name, kind: chosen, posts: posts ?? [], ...omitEmpty(rest) };
        if (person === undefined || version === undefined) create.mutate({ body });
        else update.mutate({ params: { id: person.id }, body: { ...body, version } });
    };
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <FormDrawer<Fields>
            title={person === undefined ? text.person.new : text.person.editTitle}
            form={form}
            of={person === undefined ? { new: { kind: 'officer' } } : { known: knownPerson(person, text, format.list) }}
            error={create.error ?? update.error}
            busy={create.isPending || update.isPending}
            onSubmit={submit}
            onClose={onClose}
        >
            <Form.Item name="name" label={text.person.name} rules={[required, atMost(text, 60)]}>
                <Input autoFocus autoComplete="off" />
            </Form.Item>
            <Form.Item name="kind" label={text.person.kind} rules={[required]}>
                <Select options={PERSON_KINDS.map((each) => ({ value: each, label: text.person.kinds[each] }))} />
            </Form.Item>
            <Form.Item
                className="wide"
                name="certificateNumber"
                label={text.person.certificate}
                extra={text.person.certificateHint}
                dependencies={['kind']}
                rules={[
                    { required: kind === 'officer', message: text.common.required },
                    { pattern: /^\s*[0-9A-Za-z-]{4,30}\s*$/, message: text.person.certificateBad },
                    atMost(text, 30),
                ]}
            >
                <Input autoComplete="off" spellCheck={false} />
            </Form.Item>
            <DepartmentField onChosen={(id) => form.setFieldValue('departmentId', id)} />
            <Form.Item className="wide" name="posts" label={text.person.posts}>
                <Select
                    mode="multiple"
                    placeholder={text.common.choose}
                    options={POSTS.map((each) => ({ value: each, label: text.person.postNames[each] }))}
                />
            </Form.Item>
        </FormDrawer>
    );
}

const knownPerson = (person: Person, text: Texts, list: (of: string[]) => string): Known<Fields> => ({
    id: person.id,
    version: person.version,
    fields: {
        name: person.name,
        kind: person.kind,
        certificateNumber: person.certificateNumber ?? '',
        ...(person.department === null ? {} : { departmentId: person.department.id }),
        posts: [...person.posts],
    },
    words: [
        { name: 'name', label: text.person.name, value: person.name },
        { name: 'kind', label: text.person.kind, value: text.person.kinds[person.kind] },
        { name: 'certificateNumber', label: text.person.certificate, value: person.certificateNumber },
        { name: 'departmentId', label: text.person.department, value: person.department?.name ?? null },
        {
            name: 'posts',
            label: text.person.posts,
            value: person.posts.length === 0 ? null : list(person.posts.map((post) => text.person.postNames[post])),
        },
    ],
});

/** Departments of the own organisation; a missing one is added on the spot by whoever may. */
function DepartmentField({ onChosen }: { onChosen: (id: string) => void }) {
    const text = useText();
    const may = useMay();
    const tree = useAsk('organisation.tree', {});
    const [name, setName] = useState('');
    const create = useCommand('department.create', {
        onDone: ({ id }) => {
            setName('');
            onChosen(id);
        },
    });
    const departments = tree.data?.organisations.find((each) => each.own)?.departments ?? [];
    const add = () => {
        if (name.trim() !== '') create.mutate({ body: { name: name.trim() } });
    };
    return (
        <>
            <Form.Item className="wide" name="departmentId" label={text.person.department}>
                <Select
                    allowClear
                    placeholder={text.person.departmentNone}
                    options={departments.map((each) => ({ value: each.id, label: each.name }))}
                />
            </Form.Item>
            {may('organisation.manage') && (
                <div className="wide" style={{ marginBottom: 16 }}>
                    <ErrorNote error={create.error} of="command" onRetry={add} />
                    <div className="gate-line">
                        <Input
                            value={name}
                            aria-label={text.person.departmentName}
                            placeholder={text.person.departmentNew}
                            onChange={({ target }) => setName(target.value)}
                            onPressEnter={(event) => {
                                event.preventDefault();
                                add();
                            }}
                        />
                        <Button onClick={add} disabled={name.trim() === '' || create.isPending}>
                            {text.person.departmentNew}
                        </Button>
                    </div>
                </div>
            )}
        </>
    );
}
