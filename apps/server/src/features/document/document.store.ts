import {
    type DocumentStanding,
    type DocumentState,
    type DocumentStepKind,
    documentTypeFacts,
    type Id,
    waitingFor,
} from '@liuhen/domain';
import type { Selectable } from 'kysely';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { searchTextOf } from '../../platform/search-text.ts';
import type { Document } from '../../schema/db.generated.ts';
import { refuseUnlessSeen } from './document-visibility.queries.ts';

export type DocumentRow = Selectable<Document>;

/** The row for a decision that changes it: locked until the command ends. Throws `act.restricted`. */
export async function lockDocument(tx: Tx, id: Id): Promise<DocumentRow | undefined> {
    const row = await tx.db
        .selectFrom('document')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();
    if (row !== undefined) await refuseUnlessSeen(tx.read, tx.orgId, row, tx.actor);
    return row;
}

type FactColumns = Pick<
    DocumentRow,
    | 'type'
    | 'state'
    | 'origin'
    | 'revision'
    | 'writer_ids'
    | 'started_at'
    | 'ended_at'
    | 'first_signed_at'
    | 'numbered_at'
    | 'sealed_at'
    | 'approved_at'
    | 'regularise_by'
    | 'regularised_at'
    | 'check_fault'
    | 'served_at'
>;
export const factsOf = (row: FactColumns): DocumentStanding => ({
    type: row.type,
    state: row.state,
    origin: row.origin,
    revision: row.revision,
    writerIds: row.writer_ids,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    firstSignedAt: row.first_signed_at,
    numberedAt: row.numbered_at,
    sealedAt: row.sealed_at,
    approvedAt: row.approved_at,
    regulariseBy: row.regularise_by,
    regularisedAt: row.regularised_at,
    checkFault: row.check_fault,
    servedAt: row.served_at,
});

type NewDocument = Omit<Parameters<typeof insertRow<'document'>>[2], 'search_text' | 'waits_for'>;

/** Found by its title, type and number, and by the party's name and code as they were when it was last written. */
async function searchText(tx: Tx, row: Pick<DocumentRow, 'title' | 'type' | 'number' | 'party_id'>): Promise<string> {
    const party =
        row.party_id === null
            ? undefined
            : await tx.db
                  .selectFrom('party')
                  .select(['name', 'credit_code'])
                  .where('id', '=', row.party_id)
                  .where('org_id', '=', tx.orgId)
                  .executeTakeFirst();
    return searchTextOf(
        [row.title, party?.name ?? null],
        [documentTypeFacts(row.type).zh, row.number, party?.credit_code ?? null],
    );
}

/** Of what has not happened yet. */
const NOT_YET = {
    number: null,
    party_id: null,
    started_at: null,
    ended_at: null,
    first_signed_at: null,
    numbered_at: null,
    sealed_at: null,
    approved_at: null,
    regularise_by: null,
    regularised_at: null,
    check_fault: null,
    served_at: null,
} satisfies Partial<NewDocument>;

export async function insertDocument(tx: Tx, values: NewDocument): Promise<DocumentRow> {
    const row = { ...NOT_YET, ...values };
    const waits_for = waitingFor(factsOf(row));
    return insertRow(tx, 'document', { ...row, waits_for, search_text: await searchText(tx, row) });
}

export type DocumentPatch = Omit<Parameters<typeof updateRow<'document'>>[3], 'search_text' | 'waits_for'>;

/** Whose turn it is and what it is found by follow from the row and are never set by hand. */
/** What a document says from now on: its next revision, by whom, who is one of its writers then. */
export const savedNow = (tx: Tx, before: Pick<DocumentRow, 'revision' | 'writer_ids'>, content: string) => ({
    content,
    revision: before.revision + 1,
    saved_at: tx.now,
    saved_by: tx.actor,
    writer_ids: before.writer_ids.includes(tx.actor) ? before.writer_ids : [...before.writer_ids, tx.actor],
});

export async function updateDocument(tx: Tx, before: DocumentRow, patch: DocumentPatch): Promise<DocumentRow> {
    const after = { ...before, ...patch } as DocumentRow;
    const renamed = after.title !== before.title || after.number !== before.number || after.party_id !== before.party_id;
    return updateRow(tx, 'document', before, {
        ...patch,
        waits_for: waitingFor(factsOf(after)),
        ...(renamed ? { search_text: await searchText(tx, after) } : {}),
    });
}

/** Keeps the content of a row as the version that somebody else has seen. Once per revision. */
export async function keepVersion(tx: Tx, row: DocumentRow): Promise<void> {
    const kept = await tx.db
        .selectFrom('document_version')
        .select('id')
        .where('document_id', '=', row.id)
        .where('revision', '=', row.revision)
        .executeTakeFirst();
    if (kept !== undefined) return;
    await insertRow(tx, 'document_version', {
        id: tx.newId(),
        document_id: row.id,
        revision: row.revision,
        template_version: row.template_version,
        title: row.title,
        content: row.content,
        started_at: row.started_at,
        ended_at: row.ended_at,
        saved_at: row.saved_at,
        saved_by: row.saved_by,
    });
}

export const insertStep = (
    tx: Tx,
    document: DocumentRow,
    step: DocumentStepKind,
    to: DocumentState,
    note: string | null = null,
) =>
    insertRow(tx, 'document_step', {
        id: tx.newId(),
        document_id: document.id,
        step,
        person_id: tx.actor,
        at: tx.now,
        revision: document.revision,
        from_state: document.state,
        to_state: to,
        note,
    });

export const documentKnown = async (tx: Tx, id: Id): Promise<boolean> =>
    (await tx.db.selectFrom('document').select('id').where('id', '=', id).where('org_id', '=', tx.orgId).executeTakeFirst()) !==
    undefined;

export const actNamed = (tx: Tx, id: Id) =>
    tx.db.selectFrom('act').select(['id', 'party_id']).where('id', '=', id).where('org_id', '=', tx.orgId).executeTakeFirst();

export const personKnown = async (tx: Tx, id: Id): Promise<boolean> =>
    (await tx.db.selectFrom('person').select('id').where('id', '=', id).where('org_id', '=', tx.orgId).executeTakeFirst()) !==
    undefined;

/** A segment of the act; an act from before segments were kept is its own. */
export const segmentKnown = async (tx: Tx, actId: Id, segmentId: Id): Promise<boolean> =>
    segmentId === actId ||
    (await tx.db
        .selectFrom('act_segment')
        .select('id')
        .where('id', '=', segmentId)
        .where('act_id', '=', actId)
        .where('org_id', '=', tx.orgId)
        .where('removed_at', 'is', null)
        .executeTakeFirst()) !== undefined;

export const caseKnown = async (tx: Tx, id: Id): Promise<boolean> =>
    (await tx.db.selectFrom('case').select('id').where('id', '=', id).where('org_id', '=', tx.orgId).executeTakeFirst()) !==
    undefined;
