import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** Registers as `recording.register` will: once per upload, the same answer ever after. */
export async function registerItem(
    pool: pg.Pool,
    upload: { uploadId: string; digest: { sha256: string }; key: string },
): Promise<string> {
    await pool.query('insert into item values ($1, $2, $3, $4) on conflict (upload_id) do nothing', [
        randomUUID(),
        upload.uploadId,
        upload.digest.sha256,
        upload.key,
    ]);
    const { rows } = await pool.query<{ id: string }>('select id from item where upload_id = $1', [upload.uploadId]);
    return rows[0]?.id ?? '';
}
