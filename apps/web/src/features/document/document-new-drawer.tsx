import { DOCUMENT_TYPE_IDS, type DocumentFlow, type DocumentType, documentTypeFacts, pinyinInitials } from '@liuhen/domain';
import { Drawer, Input } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import type { DocumentLinks } from './document-links.ts';
import { useBeginDocument } from './use-begin-document.ts';

type Group = DocumentFlow | 'internal';

const groupOf = (type: DocumentType): Group => {
    const { side, flow } = documentTypeFacts(type);
    return flow === 'scene' ? 'scene' : side === 'internal' ? 'internal' : 'office';
};
const GROUPS: readonly Group[] = ['scene', 'office', 'internal'];

/** Whether the name holds what was typed, or its initials begin with it. */
function isMeant(name: string, typed: string): boolean {
    const wanted = typed.normalize('NFKC').trim().toLowerCase();
    return name.includes(wanted) || pinyinInitials(name).some((initials) => initials.includes(wanted));
}

/** One press begins a document: the type is all that has to be known. */
export function DocumentNewDrawer({ links, onClose }: { links: DocumentLinks; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const [q, setQ] = useState('');
    const { begin, busy, error, full } = useBeginDocument(links);
    const found = DOCUMENT_TYPE_IDS.filter((type) => isMeant(documentTypeFacts(type).zh, q));
    return (
        <Drawer open size={560} title={text.document.pickType} onClose={onClose}>
            <ErrorNote error={error} of="command" />
            {full && (
                <p className="note note-bad" role="alert">
                    {text.documentOffline.noSpace}
                </p>
            )}
            <Input
                autoFocus
                allowClear
                type="search"
                aria-label={text.document.pickSearch}
                placeholder={text.document.pickSearch}
                value={q}
                onChange={({ target }) => setQ(target.value)}
            />
            {found.length === 0 && <p className="empty-small">{text.document.pickNone}</p>}
            {GROUPS.map((group) => {
                const types = found.filter((type) => groupOf(type) === group);
                return (
                    types.length > 0 && (
                        <section key={group} className="document-types" aria-label={text.document.flows[group]}>
                            <h2>{text.document.flows[group]}</h2>
                            <ul>
                                {types.map((type) => (
                                    <li key={type}>
                                        <button
                                            type="button"
                                            className="bare"
                                            lang="zh-CN"
                                            disabled={busy}
                                            onClick={() => begin(type)}
                                        >
                                            {documentTypeFacts(type).zh}
                                        </button>
                                    </li>
                                ))}
                            </ul>
                        </section>
                    )
                );
            })}
        </Drawer>
    );
}
