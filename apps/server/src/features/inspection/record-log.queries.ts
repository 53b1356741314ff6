import {
    type CampaignLog,
    DomainError,
    type EntryRef,
    entryKey,
    type Id,
    type Instant,
    PACKAGE_PATHS,
    type PackageKey,
    type Policy,
    parseEntry,
    SYSTEM_ID,
    toBase64,
} from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { keysOf } from '../access/package-plan.queries.ts';
import { policyFile } from '../ledger/checkpoint/policy.queries.ts';
import { proofOf, publishedNote } from '../ledger/checkpoint/proof.queries.ts';

/** So many checkpoints after an entry are looked at for the one that most witnesses saw. */
const MOST_CHECKPOINTS = 2_000;

/**
 * What the log has of an inspection's draw, with proofs and the policy, as a record brings it; undefined where nothing can be proved yet, or
 * not any more. Read with the organisation's log and that of the system.
 */
export async function campaignLog(
    db: ReadDb,
    about: { readonly id: Id; readonly org_id: Id; readonly period_to: Instant },
    witnesses: Omit<Policy, 'logs'>,
): Promise<CampaignLog | undefined> {
    try {
        return await proved(db, about, witnesses);
    } catch (error) {
        // Whoever verifies is told that the log is missing; why it is, the check of the log says.
        if (error instanceof DomainError && error.code.startsWith('ledger.')) return undefined;
        throw error;
    }
}

async function proved(
    db: ReadDb,
    { id, org_id: org, period_to: before }: { readonly id: Id; readonly org_id: Id; readonly period_to: Instant },
    witnesses: Omit<Policy, 'logs'>,
): Promise<CampaignLog | undefined> {
    const rows = await db
        .selectFrom('ledger.entry as e')
        .innerJoin('ledger.object as o', (on) => on.onRef('o.org_id', '=', 'e.org_id').onRef('o.idx', '=', 'e.idx'))
        .select(['e.idx', 'e.kind', 'e.entry'])
        .where('e.org_id', '=', org)
        .where('o.object_id', '=', id)
        .where('e.kind', 'in', ['inspection.committed', 'inspection.drawn'])
        .execute();
    const entries = rows.map(({ idx, kind, entry }) => ({ kind, ref: { org, index: idx }, app: parseEntry(entry).app }));
    const committed = entries.find(({ kind }) => kind === 'inspection.committed');
    if (committed === undefined) return undefined;
    const signed = Number((await publishedNote(db, org, 'sha256', undefined))?.size ?? 0n);
    const drawn = entries.find(({ kind, ref }) => kind === 'inspection.drawn' && ref.index < signed);
    const used = [committed, ...(drawn === undefined ? [] : [drawn])];
    const keys = await introduced(
        db,
        used.map(({ app }) => app),
    );
    const refs = new Map(
        [...used.map(({ ref }) => ref), ...keys.map(({ entry }) => entry)].map((each) => [entryKey(each), each]),
    );
    const files: { path: string; bytes: Uint8Array }[] = [];
    for (const ref of refs.values()) files.push(...(await filesOf(db, ref, ref === committed.ref ? before : undefined)));
    files.push({ path: PACKAGE_PATHS.policy, bytes: await policyFile(db, org, witnesses) });
    return {
        committed: committed.ref,
        ...(drawn === undefined ? {} : { drawn: drawn.ref }),
        keys,
        files: files.map(({ path, bytes }) => ({ path, bytes: toBase64(bytes) })),
    };
}

async function introduced(db: ReadDb, apps: readonly string[]): Promise<PackageKey[]> {
    const below = Number((await publishedNote(db, SYSTEM_ID, 'sha256', undefined))?.size ?? 0n);
    return keysOf(db, [...new Set(apps)], below, 0);
}

/** The bytes of an entry, its words where they are still there, and the proof by the checkpoint that most witnesses saw. */
async function filesOf(db: ReadDb, ref: EntryRef, before: Instant | undefined) {
    const row = await db
        .selectFrom('ledger.entry as e')
        .leftJoin('ledger.body as y', (on) => on.onRef('y.org_id', '=', 'e.org_id').onRef('y.idx', '=', 'e.idx'))
        .select(['e.entry', 'y.salt', 'y.body'])
        .where('e.org_id', '=', ref.org)
        .where('e.idx', '=', ref.index)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('ledger.notFound');
    const size = await mostSeen(db, ref, before);
    const { bytes: proof } = await proofOf(db, ref.org, { index: BigInt(ref.index), head: 'sha256', size });
    return [
        { path: PACKAGE_PATHS.entry(ref), bytes: row.entry },
        ...(row.salt === null || row.body === null
            ? []
            : [{ path: PACKAGE_PATHS.body(ref), bytes: Buffer.concat([row.salt, row.body]) }]),
        { path: PACKAGE_PATHS.proof(ref), bytes: proof },
    ];
}

/**
 * Under which checkpoint an entry is proved: the one that most witnesses cosigned before a moment, of those the earliest. A proof by the
 * newest would show that it is in the log now, and not that it was by then. Undefined where no witness saw any.
 */
async function mostSeen(db: ReadDb, { org, index }: EntryRef, before: Instant | undefined): Promise<bigint | undefined> {
    const row = await db
        .selectFrom(
            db
                .selectFrom('ledger.cosignature')
                .select(['size', 'time'])
                .where('org_id', '=', org)
                .where('hash', '=', 'sha256')
                .where('size', '>', index)
                .orderBy('size')
                .limit(MOST_CHECKPOINTS)
                .as('c'),
        )
        .select('c.size')
        .groupBy('c.size')
        .orderBy(sql`count(*) filter (where c.time * 1000 < ${before ?? Number.MAX_SAFE_INTEGER}::bigint)`, 'desc')
        .orderBy(sql`count(*)`, 'desc')
        .orderBy('c.size')
        .limit(1)
        .executeTakeFirst();
    return row === undefined ? undefined : BigInt(row.size);
}
