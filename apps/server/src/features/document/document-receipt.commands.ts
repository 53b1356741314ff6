import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    canonicalJson,
    type DocumentContent,
    type DomainEvent,
    documentTypeFacts,
    type FieldRow,
    type Id,
    receiptContent,
    type ServedFacts,
    servedContent,
} from '@liuhen/domain';
import type { Tx } from '../../platform/command/tx.ts';
import { contentDigestOf } from './document.commands.ts';
import { type DocumentRow, insertDocument, keepVersion, lockDocument, savedNow, updateDocument } from './document.store.ts';
import { templateVersionFor } from './document-templates.ts';

type Start = BodyOf<Endpoints['document.startService']>;

/** 送达回执, begun beside the document it is for, with what the service and that document say already. */
export async function beginReceipt(tx: Tx, row: DocumentRow, { recipient, facts, serverIds }: Start): Promise<DocumentRow> {
    const servers = await serversOf(tx, serverIds);
    return insertDocument(tx, {
        id: tx.newId(),
        type: 'serviceReceipt',
        template_version: templateVersionFor('serviceReceipt', tx.now),
        origin: 'made',
        state: 'draft',
        party_id: row.party_id,
        act_id: row.act_id,
        segment_id: null,
        case_id: row.case_id,
        parent_id: row.id,
        title: documentTypeFacts('serviceReceipt').zh,
        content: canonicalJson(receiptContent({ recipient, facts, document: row, servers })),
        revision: 1,
        author_id: tx.actor,
        writer_ids: [tx.actor],
        made_at: tx.now,
        entered_at: tx.now,
        saved_at: tx.now,
        saved_by: tx.actor,
    });
}

export const receiptEvent = (row: DocumentRow): DomainEvent => ({
    kind: 'document.created',
    creates: [row.id],
    objects: row.parent_id === null ? [] : [row.parent_id],
    body: {
        type: row.type,
        templateVersion: row.template_version,
        title: row.title,
        madeAt: row.made_at,
        sha256: contentDigestOf(row.content),
    },
});

/**
 * What the close of a service says goes into its receipt while that is still being written; one that somebody has signed says what
 * it said. Gives what the log says of it.
 */
export async function noteServed(tx: Tx, receiptId: Id | null, served: ServedFacts): Promise<DomainEvent[]> {
    const before = receiptId === null ? undefined : await lockDocument(tx, receiptId);
    if (before?.type !== 'serviceReceipt' || before.state !== 'draft' || before.first_signed_at !== null) return [];
    const written = JSON.parse(before.content) as DocumentContent;
    const learnt = servedContent(written, served);
    const fields = Object.keys(learnt).sort();
    if (fields.length === 0) return [];
    const content = canonicalJson({ ...written, ...learnt });
    const after = await updateDocument(tx, before, savedNow(tx, before, content));
    if (after.submitted_at !== null) await keepVersion(tx, after);
    const body = { revision: after.revision, sha256: contentDigestOf(content), fields };
    return [{ kind: 'document.saved', objects: [after.id], body }];
}

/** As a form names officers, in the order in which they were named. */
async function serversOf(tx: Tx, ids: readonly Id[]): Promise<FieldRow[]> {
    const rows = await tx.db.selectFrom('person').select(['id', 'name', 'certificate_number']).where('id', 'in', ids).execute();
    return ids.flatMap((id) => {
        const row = rows.find((each) => each.id === id);
        return row === undefined ? [] : [{ person: id, name: row.name, certificate: row.certificate_number ?? '' }];
    });
}
