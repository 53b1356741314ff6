import { fill } from '@liuhen/contract';
import type { TemplateField } from '@liuhen/domain';
import { useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useFieldText } from './document-reading.tsx';
import type { DocumentDetail } from './document-types.ts';
import { isSameValue } from './same-value.ts';

/** Kept contents, newest first; each shows what changed against the one before it. */
export function DocumentVersions({ document, fields }: { document: DocumentDetail; fields: readonly TemplateField[] }) {
    const text = useText();
    const format = useFormat();
    const say = useFieldText();
    const [open, setOpen] = useState<number>();
    const { data } = useAsk('document.versions', { params: { id: document.id } });
    if (data === undefined || (data.items.length === 0 && document.state === 'draft')) return null;
    return (
        <Card title={text.document.versions} small={data.items.length}>
            {data.items.length === 0 && <p className="empty-small">{text.document.versionsEmpty}</p>}
            <ol className="doc-versions">
                {data.items.map((version, at) => {
                    const before = data.items[at + 1]?.content ?? {};
                    const changed = fields.filter(({ key }) => !isSameValue(version.content[key], before[key]));
                    return (
                        <li key={version.revision}>
                            <button
                                type="button"
                                className="bare"
                                aria-expanded={open === version.revision}
                                onClick={() => setOpen(open === version.revision ? undefined : version.revision)}
                            >
                                {fill(text.document.version, { revision: version.revision })} · {format.dateTime(version.savedAt)}{' '}
                                · {version.savedBy.name}
                            </button>
                            {open === version.revision && (
                                <dl className="doc-diff" lang="zh-CN">
                                    {changed.map((field) => (
                                        <div key={field.key}>
                                            <dt>{field.label}</dt>
                                            {at + 1 < data.items.length && (
                                                <dd>
                                                    <del>{say(field, before[field.key])}</del>
                                                </dd>
                                            )}
                                            <dd>
                                                <ins>{say(field, version.content[field.key])}</ins>
                                            </dd>
                                        </div>
                                    ))}
                                </dl>
                            )}
                        </li>
                    );
                })}
            </ol>
        </Card>
    );
}
