import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { documentTypeFacts } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { Button, Switch } from 'antd';
import { useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useMay } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { useCommand } from '../../app/use-command.ts';
import { DocumentTabs } from './document-tabs.tsx';

type Form = ResponseOf<Endpoints['template.list']>['items'][number];

/** Every form, and whether the legal section has compared it with the printed sample; nothing is issued before that. */
export function DocumentFormsPage() {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const [open, setOpen] = useState<Form>();
    const [onlyUnseen, setOnlyUnseen] = useState(false);
    const { data, error, isPending, refetch } = useAsk('template.list', { query: {} });
    const confirm = useCommand('template.confirm', { onDone: () => setOpen(undefined) });
    if (isPending) return <Waiting />;
    if (data === undefined)
        return (
            <Unreadable error={error} onRetry={() => void refetch()} back={<Link to="/documents">{text.document.title}</Link>} />
        );
    const unseen = data.items.filter((each) => each.confirmed === null).length;
    return (
        <>
            <DocumentTabs />
            <PageHead
                title={text.documentForms.title}
                facts={text.documentForms.sub}
                tag={unseen > 0 && <Tag status="act">{fill(text.documentForms.unseen, { count: unseen })}</Tag>}
                actions={
                    // biome-ignore lint/a11y/noLabelWithoutControl: the switch is the control
                    <label className="switch">
                        <Switch aria-label={text.documentForms.onlyUnseen} checked={onlyUnseen} onChange={setOnlyUnseen} />{' '}
                        {text.documentForms.onlyUnseen}
                    </label>
                }
            />
            <Card label={text.documentForms.title}>
                <ul className="doc-list doc-forms">
                    {data.items
                        .filter((each) => !onlyUnseen || each.confirmed === null)
                        .map((each) => (
                            <li key={`${each.type} ${each.version}`}>
                                <a
                                    href={`/api/document-templates/${each.type}/${each.version}/sample.pdf`}
                                    target="_blank"
                                    rel="noreferrer"
                                    lang="zh-CN"
                                >
                                    {documentTypeFacts(each.type).zh}
                                </a>
                                <span className="soft">
                                    {fill(text.documentForms.version, { version: each.version, from: each.from })}
                                </span>
                                {each.confirmed === null ? (
                                    <>
                                        <Tag status="act">{text.document.unseen}</Tag>
                                        {may('template.confirm') && (
                                            <Button onClick={() => setOpen(each)}>{text.documentForms.confirm}</Button>
                                        )}
                                    </>
                                ) : (
                                    <span className="soft confirmed">
                                        {fill(text.documentForms.confirmed, {
                                            name: each.confirmed.by.name,
                                            at: format.date(each.confirmed.at),
                                            with: each.confirmed.comparedWith,
                                        })}
                                    </span>
                                )}
                            </li>
                        ))}
                </ul>
            </Card>
            {open !== undefined && (
                <ReasonDialogue
                    title={text.documentForms.confirm}
                    what={fill(text.documentForms.confirmWhat, { form: documentTypeFacts(open.type).zh })}
                    label={text.documentForms.comparedWith}
                    error={confirm.error}
                    busy={confirm.isPending}
                    onClose={() => setOpen(undefined)}
                    onSubmit={(comparedWith) =>
                        confirm.mutate({
                            params: { type: open.type, version: open.version },
                            body: { comparedWith },
                        })
                    }
                />
            )}
        </>
    );
}
