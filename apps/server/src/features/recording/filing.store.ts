import type { Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const insertProposal = (tx: Tx, values: Parameters<typeof insertRow<'filing_proposal'>>[2]) =>
    insertRow(tx, 'filing_proposal', values);

export const updateProposal = (
    tx: Tx,
    at: { id: Id; version: number },
    patch: Parameters<typeof updateRow<'filing_proposal'>>[3],
) => updateRow(tx, 'filing_proposal', at, patch);

export const lockProposal = (tx: Tx, recordingId: Id) =>
    tx.db
        .selectFrom('filing_proposal')
        .select(['id', 'version', 'act_id', 'outcome'])
        .where('recording_id', '=', recordingId)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

/** Somebody filed the recording: that answers what was proposed. An undone one stays undone. */
export async function answerProposal(tx: Tx, recordingId: Id, actId: Id): Promise<void> {
    const proposal = await lockProposal(tx, recordingId);
    if (proposal === undefined || proposal.outcome !== 'open') return;
    const outcome = proposal.act_id === actId ? 'accepted' : 'otherwise';
    await updateProposal(tx, proposal, { outcome, decided_at: tx.now });
}

/** Somebody took the recording out again: what proposed it was wrong, and it is never filed by itself any more. */
export async function undoProposal(tx: Tx, recordingId: Id): Promise<void> {
    const proposal = await lockProposal(tx, recordingId);
    if (proposal !== undefined) await updateProposal(tx, proposal, { outcome: 'undone', decided_at: tx.now });
    else {
        // Filed by hand before anything was proposed: from now on there are proposals, but nothing files itself.
        const nothing = { level: 'noAct' as const, candidates: '[]', conflicts: [], proposed_at: tx.now };
        await insertProposal(tx, {
            id: tx.newId(),
            recording_id: recordingId,
            ...nothing,
            outcome: 'takenOut',
            decided_at: tx.now,
        });
    }
    proposeLater(tx, recordingId);
}

/** Something is known by which the recording may find its act. */
export const proposeLater = (tx: Tx, recordingId: Id): void =>
    tx.enqueue({ task: 'recording.propose', payload: { recordingId }, key: `recording.propose:${recordingId}` });
