import { createLogVerifier, genesisChain, type Id, type LogVerifier, SYSTEM_ID, toHex } from '@liuhen/domain';
import type pg from 'pg';
import { nodeDigest } from '../../platform/digest.ts';
import type { Cert } from '../../platform/time-stamp/read-token.ts';
import type { SignedHead } from './checkpoint/signed-state.ts';
import { readEntry } from './read-entry.ts';
import { checkpointCheck } from './verify-checkpoints.ts';
import type { KeyCheck } from './verify-keys.ts';
import type { Findings, IndexFindingCode, LogSummary } from './verify-report.ts';
import { rowsOf, type StoredInt8, streamRows } from './verify-rows.ts';
import { tallyCheck } from './verify-tally.ts';
import { verifyTimeStamps } from './verify-time-stamps.ts';

type EntryRow = {
    idx: StoredInt8;
    leaf: Uint8Array;
    chain: Uint8Array;
    at: StoredInt8;
    kind: string;
    actor: Id;
    command_id: Id;
    entry: Uint8Array;
    salt: Uint8Array | null;
    body: Uint8Array | null;
};

type ObjectRow = { idx: StoredInt8; object_id: Id; seq: StoredInt8; leaf: Uint8Array };

type About = { client: pg.ClientBase; org: Id; findings: Findings; keep: number };

/** Verifies one organisation's log from its first entry, with bodies and the index of objects. */
export async function verifyLog(
    about: About & {
        keys: KeyCheck;
        anchors?: readonly Cert[] | undefined;
        signed?: readonly SignedHead[];
        wantsSignature?: ((index: bigint) => boolean) | undefined;
        onEntry: (read: number) => void;
    },
): Promise<{ verifier: LogVerifier; summary: Omit<LogSummary, 'name'> }> {
    const { client, org, findings, keys } = about;
    const before = findings.total();
    const { wantsSignature } = about;
    const verifier = createLogVerifier({
        ...{ digest: nodeDigest, verifySignature: keys.verifySignature, org, keep: about.keep },
        ...(wantsSignature === undefined ? {} : { wantsSignature }),
    });
    const objects = await objectIndex(about);
    const tallies = await tallyCheck(about);
    const checkpoints = await checkpointCheck(about);
    let read = 0;
    for await (const row of entriesOf(client, org)) {
        const body = row.salt === null || row.body === null ? undefined : { salt: row.salt, body: row.body };
        const found = await verifier.next({
            idx: BigInt(row.idx),
            leaf: row.leaf,
            chain: row.chain,
            entry: row.entry,
            kind: row.kind,
            // A planted number may lose its last digits here: it equals no signed instant either way.
            at: Number(row.at),
            actor: row.actor,
            commandId: row.command_id,
            ...(body === undefined ? {} : { body }),
        });
        if (body === undefined) reportIndex(about, 'log.bodyMissing', row.idx);
        await objects.next(row);
        await tallies.next(row);
        if (row.kind === 'logKey.introduced' && found.length === 0 && body !== undefined) checkpoints.introduce(body.body);
        await checkpoints.next(row);
        if (org === SYSTEM_ID && row.kind === 'key.introduced' && found.length === 0 && body !== undefined)
            keys.introduce(body.body);
        about.onEntry(++read);
    }
    await objects.finish();
    await tallies.finish();
    await checkpoints.finish();
    await verifyTimeStamps(about, about.anchors);
    await surplusBodies(about);
    return { verifier, summary: await closeLog(about, verifier, before) };
}

async function closeLog({ client, org, findings }: About, verifier: LogVerifier, before: number) {
    const [head] = await rowsOf<{ size: StoredInt8; chain: Uint8Array }>(
        client,
        'select size, chain from ledger.head where org_id = $1',
        [org],
    );
    const chain = head?.chain ?? genesisChain(nodeDigest);
    const verdict = verifier.finish({ size: BigInt(head?.size ?? 0), chain });
    for (const { code, idx, params } of verdict.findings) findings.add({ about: 'log', code, org, index: idx, params });
    findings.addUnnamed(verdict.total - verdict.findings.length);
    return {
        org,
        size: verdict.size,
        root: toHex(verdict.root),
        chain: toHex(chain),
        findings: findings.total() - before,
    };
}

const entriesOf = (client: pg.ClientBase, org: Id) =>
    streamRows<EntryRow>(
        client,
        'entries',
        `select e.idx, e.leaf, e.chain, e.at, e.kind, e.actor, e.command_id, e.entry, b.salt, b.body
         from ledger.entry e left join ledger.body b on b.org_id = e.org_id and b.idx = e.idx
         where e.org_id = $1 order by e.idx`,
        [org],
    );

function reportIndex(
    { findings, org }: About,
    code: IndexFindingCode,
    idx: StoredInt8,
    params: Record<string, string | number> = {},
) {
    findings.add({ about: 'log', code, org, index: BigInt(idx), params });
}

/**
 * The table that lists the entries of each object must say what the signed entries say, or a step could be left out of
 * the list that people look at. Both are read in the order of the entries.
 */
async function objectIndex(about: About) {
    const { client, org } = about;
    const rows = streamRows<ObjectRow>(
        client,
        'objects',
        'select idx, object_id, seq, leaf from ledger.object where org_id = $1 order by idx, object_id, seq',
        [org],
    );
    let next = await rows.next();
    const report = (row: Pick<ObjectRow, 'idx' | 'object_id' | 'seq'>) =>
        reportIndex(about, 'log.objectIndex', row.idx, { object: row.object_id, seq: String(row.seq) });
    const takeUntil = async (idx: StoredInt8): Promise<ObjectRow[]> => {
        const taken: ObjectRow[] = [];
        while (next.done !== true && next.value.idx <= idx) {
            taken.push(next.value);
            next = await rows.next();
        }
        return taken;
    };
    return {
        async next(entry: EntryRow): Promise<void> {
            const listed = await takeUntil(entry.idx);
            const stated = readEntry(entry.entry)?.objects;
            // An entry that cannot be read is named by the verifier.
            if (stated === undefined) return;
            const wanted = new Set(stated.map(({ id, seq }) => nameOf(entry.idx, id, seq, entry.leaf)));
            for (const row of listed) if (!wanted.delete(nameOf(row.idx, row.object_id, row.seq, row.leaf))) report(row);
            for (const { id, seq } of stated)
                if (wanted.has(nameOf(entry.idx, id, seq, entry.leaf))) report({ idx: entry.idx, object_id: id, seq });
        },
        async finish(): Promise<void> {
            for (const row of await takeUntil(Number.POSITIVE_INFINITY)) report(row);
        },
    };
}

const nameOf = (idx: StoredInt8, id: Id, seq: StoredInt8, leaf: Uint8Array): string => `${idx} ${id} ${seq} ${toHex(leaf)}`;

async function surplusBodies(about: About): Promise<void> {
    const rows = streamRows<{ idx: StoredInt8 }>(
        about.client,
        'bodies',
        `select b.idx from ledger.body b where b.org_id = $1
         and not exists (select from ledger.entry e where e.org_id = b.org_id and e.idx = b.idx) order by b.idx`,
        [about.org],
    );
    for await (const { idx } of rows) reportIndex(about, 'log.bodySurplus', idx);
}
