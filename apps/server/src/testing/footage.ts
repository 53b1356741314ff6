import type { Id, Instant } from '@liuhen/domain';
import { insertRow } from '../platform/command/row-writer.ts';
import type { Tx } from '../platform/command/tx.ts';

export type Footage = {
    readonly actId: Id;
    readonly personId: Id;
    readonly uploadedBy: Id;
    /** By a clock that is known to the millisecond; `null`: nobody knows when it ran. */
    readonly during: readonly [Instant, Instant] | null;
    readonly receivedAt: Instant;
    /** What its time was corrected by, as it is kept. */
    readonly clockBasis?: string | null;
};

/** An original of an act without bytes: what rules ask of it and nothing else. The command that calls this says so in an entry. */
export async function insertFootage(tx: Tx, footage: Footage): Promise<Id> {
    const { actId, personId, uploadedBy, during, receivedAt, clockBasis = null } = footage;
    const bytes = Buffer.from(tx.newId().replaceAll('-', '').padEnd(64, '0'), 'hex');
    const content = { sha256: bytes, sm3: bytes, size: 1n, chunk_root: bytes, chunk_digests: bytes };
    const blob = await insertRow(tx, 'blob', { id: tx.newId(), ...content });
    const original = {
        ...{ id: tx.newId(), blob_id: blob.id },
        role: 'original',
        state: 'sealed',
        source: 'recorder',
        ...{ original_name: Buffer.from('a.mp4'), display_name: 'a.mp4', search_text: '' },
        ...{ person_id: personId, act_id: actId, uploaded_by: uploadedBy, received_at: receivedAt },
    } as const;
    if (during === null) return (await insertRow(tx, 'recording', { ...original, device_time_basis: 'unknown' })).id;
    const [begins, ends] = during;
    const known = {
        ...{ true_start: begins, true_start_lower: begins, true_start_upper: begins },
        ...{ true_end: ends, true_end_lower: ends, true_end_upper: ends },
    };
    const { id } = await insertRow(tx, 'recording', {
        ...{ ...original, device_time_basis: 'fileName', device_start: begins, device_end: ends, clock_state: 'fitted' },
        ...{ ...known, clock_basis: clockBasis },
    });
    await insertRow(tx, 'recording_interval', {
        ...{ id: tx.newId(), recording_id: id, media_start: 0, media_end: ends - begins, timescale: 1_000 },
        ...{ device_start: begins, device_end: ends, ...known },
    });
    return id;
}
