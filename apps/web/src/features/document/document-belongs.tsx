import { fill } from '@liuhen/contract';
import { documentTypeFacts, templateByVersion } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { Card, Facts, Tag } from '../../app/page.tsx';
import { useMay } from '../../app/session.ts';
import { DOCUMENT_STATUS } from './document-status.ts';
import type { DocumentDetail } from './document-types.ts';
import { ItemListButton } from './item-list-button.tsx';
import { RelateDialogue } from './relate-dialogue.tsx';

/** The party, act, case and documents that a document belongs to, and those attached to it. */
export function DocumentBelongs({ document }: { document: DocumentDetail }) {
    const text = useText();
    const may = useMay();
    const [relating, setRelating] = useState(false);
    const { party, act, case: ofCase, parent, children } = document;
    const form = templateByVersion(document.type, document.templateVersion);
    return (
        <Card
            title={text.document.belongs}
            right={
                may('document.write') && document.state !== 'filed' && document.state !== 'voided' ? (
                    <Button size="small" onClick={() => setRelating(true)}>
                        {text.document.relate}
                    </Button>
                ) : undefined
            }
        >
            <div className="body">
                <Facts
                    of={[
                        [
                            text.document.party,
                            party === null ? null : (
                                <Link key="party" to="/parties/$id" params={{ id: party.id }}>
                                    {party.name}
                                </Link>
                            ),
                        ],
                        [
                            text.document.act,
                            act === null ? null : (
                                <Link key="act" to="/acts/$id" params={{ id: act.id }}>
                                    {act.number}
                                </Link>
                            ),
                        ],
                        ...(ofCase === null
                            ? []
                            : [
                                  [
                                      text.document.case,
                                      <Link key="case" to="/cases/$id" params={{ id: ofCase.id }}>
                                          {ofCase.number}
                                      </Link>,
                                  ] as const,
                              ]),
                        ...(parent === null
                            ? []
                            : [
                                  [
                                      text.document.parent,
                                      <Link key="parent" to="/documents/$id" params={{ id: parent.id }}>
                                          {parent.title}
                                      </Link>,
                                  ] as const,
                              ]),
                        ...(form === undefined || document.origin !== 'made'
                            ? []
                            : [
                                  [
                                      text.document.form,
                                      fill(text.document.formVersion, { version: form.version, from: form.from }),
                                  ] as const,
                              ]),
                    ]}
                />
                {children.length > 0 && (
                    <ul className="doc-children" aria-label={text.document.children}>
                        {children.map((child) => (
                            <li key={child.id}>
                                <Link to="/documents/$id" params={{ id: child.id }}>
                                    {child.title === '' ? documentTypeFacts(child.type).zh : child.title}
                                </Link>{' '}
                                <Tag status={DOCUMENT_STATUS[child.state]}>{text.document.states[child.state]}</Tag>
                            </li>
                        ))}
                    </ul>
                )}
                <ItemListButton document={document} />
                {relating && <RelateDialogue document={document} onClose={() => setRelating(false)} />}
            </div>
        </Card>
    );
}
