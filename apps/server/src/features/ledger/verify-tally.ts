import type { Id } from '@liuhen/domain';
import type pg from 'pg';
import type { Findings } from './verify-report.ts';
import { type StoredInt8, streamRows } from './verify-rows.ts';

/** Entries per block, as `ledger.append` counts them. */
const BLOCK = 256;

type Counted = { kind: string; actor: Id; entries: number; first_at: StoredInt8; last_at: StoredInt8 };
type TallyRow = Counted & { block: StoredInt8 };
type EntryColumns = { idx: StoredInt8; kind: string; actor: Id; at: StoredInt8 };

/**
 * Lists by kind and person look at the tallies of full blocks and only then at entries: a line that is missing or wrong
 * would keep entries out of sight. Both are read in the order of the log. The columns beside the signed bytes are
 * compared with these by the verifier.
 */
export async function tallyCheck({ client, org, findings }: { client: pg.ClientBase; org: Id; findings: Findings }) {
    const rows = streamRows<TallyRow>(
        client,
        'tallies',
        'select block, kind, actor, entries, first_at, last_at from ledger.tally where org_id = $1 order by block',
        [org],
    );
    let next = await rows.next();
    let current = 0;
    let full = false;
    let counted = new Map<string, Counted>();

    function report(block: StoredInt8): void {
        const first = BigInt(block) * BigInt(BLOCK);
        const params = { first: String(first), last: String(first + BigInt(BLOCK - 1)) };
        findings.add({ about: 'log', code: 'log.tallyMismatch', org, index: first, params });
    }

    /** Compares the block read so far, and names those before it that have lines but no entries. */
    async function close(): Promise<void> {
        const wanted = new Set(full ? [...counted.values()].map(nameOf) : []);
        let surplus = false;
        while (next.done !== true && next.value.block <= current) {
            const { block } = next.value;
            if (block === current) surplus = !wanted.delete(nameOf(next.value)) || surplus;
            else report(block);
            next = await rows.next();
        }
        if (surplus || wanted.size > 0) report(current);
    }

    return {
        async next({ idx, kind, actor, at }: EntryColumns): Promise<void> {
            const block = Math.floor(Number(idx) / BLOCK);
            if (block !== current) {
                await close();
                current = block;
                full = false;
                counted = new Map();
            }
            // A block is tallied when its last place is taken.
            if (Number(idx) % BLOCK === BLOCK - 1) full = true;
            const key = `${kind} ${actor}`;
            const line = counted.get(key);
            if (line === undefined) counted.set(key, { kind, actor, entries: 1, first_at: at, last_at: at });
            else {
                line.entries++;
                if (at < line.first_at) line.first_at = at;
                if (at > line.last_at) line.last_at = at;
            }
        },
        async finish(): Promise<void> {
            await close();
            for (; next.done !== true; next = await rows.next()) report(next.value.block);
        },
    };
}

const nameOf = ({ kind, actor, entries, first_at, last_at }: Counted): string =>
    `${kind} ${actor} ${entries} ${first_at} ${last_at}`;
