import { DomainError, type HeadHash, type Id } from '@liuhen/domain';
import type pg from 'pg';
import type { Cert } from '../../platform/time-stamp/read-token.ts';
import { verifyToken } from '../../platform/time-stamp/verify-token.ts';
import type { CheckpointFindingCode, Findings } from './verify-report.ts';
import { type StoredInt8, streamRows } from './verify-rows.ts';

type Row = { hash: HeadHash; size: StoredInt8; token: Uint8Array; time: StoredInt8; note: Uint8Array | null };

const OTHER: CheckpointFindingCode = 'log.timeStampOther';
/** What a refusal comes to for whoever reads the report. */
const FINDINGS: Readonly<Record<string, CheckpointFindingCode>> = {
    'timeStamp.otherImprint': OTHER,
    'timeStamp.purpose': 'log.timeStampPurpose',
    'timeStamp.notYetValid': 'log.timeStampValidity',
    'timeStamp.expired': 'log.timeStampValidity',
    'timeStamp.notTrusted': 'log.timeStampNotTrusted',
};

/** Each token that is kept must be about the checkpoint beside it and say what stands there; with anchors it must lead to one. */
export async function verifyTimeStamps(
    { client, org, findings }: { client: pg.ClientBase; org: Id; findings: Findings },
    anchors: readonly Cert[] | undefined,
): Promise<void> {
    const rows = streamRows<Row>(
        client,
        'time_stamps',
        `select s.hash, s.size, s.token, s.time, c.note from ledger.time_stamp s
         left join ledger.checkpoint c on c.org_id = s.org_id and c.hash = s.hash and c.size = s.size
         where s.org_id = $1 order by s.size, s.hash`,
        [org],
    );
    for await (const row of rows) {
        const code = await findingOf(row, anchors);
        const params = { size: String(row.size), head: row.hash };
        if (code !== undefined) findings.add({ about: 'log', code, org, index: BigInt(row.size), params });
    }
}

async function findingOf(
    { token, time, note }: Row,
    anchors: readonly Cert[] | undefined,
): Promise<CheckpointFindingCode | undefined> {
    if (note === null) return OTHER;
    try {
        const says = await verifyToken(token, { message: note, ...(anchors === undefined ? {} : { anchors }) });
        return BigInt(says.at) === BigInt(time) ? undefined : OTHER;
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        return FINDINGS[error.code] ?? 'log.timeStampBroken';
    }
}
