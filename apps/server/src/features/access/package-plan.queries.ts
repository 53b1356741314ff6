import {
    DomainError,
    type EntryRef,
    type HeadHash,
    type Id,
    type Instant,
    isHandedOut,
    PACKAGE_PATHS,
    type PackageItem,
    type PackageKey,
    type PaperRecording,
    parseCanonical,
    parseEntry,
    type RetrievalPaperFacts,
    SYSTEM_ID,
} from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { publishedNote } from '../ledger/checkpoint/proof.queries.ts';
import { contentOf, documentsOf, type PlannedContent } from './package-documents.queries.ts';
import { stampsFor } from './package-stamps.ts';

export type PlannedRecording = PlannedContent & { readonly facts: PaperRecording };
export type PlannedEntry = EntryRef & {
    readonly kind: string;
    /** Whether its words go with it. */
    readonly body: boolean;
};

/** What a package is to hold, decided once: a making that was interrupted goes on with the same. */
export type PackagePlan = {
    readonly id: Id;
    readonly org: Id;
    readonly facts: RetrievalPaperFacts;
    readonly maker: string;
    readonly takenAt: Instant;
    /** Entries under the checkpoint that the proofs are for, by log. */
    readonly checkpoints: Readonly<Record<Id, string>>;
    /** The same of the second head (SM3 with SM2); 0 where none was signed. */
    readonly smCheckpoints: Readonly<Record<Id, string>>;
    /** Time-stamps of the organisation's log, by the sizes of their checkpoints. */
    readonly stamps: readonly string[];
    readonly recordings: readonly PlannedRecording[];
    readonly documents: readonly PlannedContent[];
    /** The acts whose charts go with it. */
    readonly acts: readonly Id[];
    readonly entries: readonly PlannedEntry[];
    readonly consent: EntryRef;
    /** What vouches for each recording, then for each paper, in their order: a document may have several papers. */
    readonly items: readonly Pick<PackageItem, 'id' | 'entry' | 'also'>[];
    readonly keys: readonly PackageKey[];
};

/**
 * Reads the log of `orgId` and that of the system. Throws `ledger.notSignedYet` where no checkpoint reaches what the package needs, and
 * `retrieval.notVouched {name}` for content of which no entry holds the digests.
 */
export async function planOf(
    db: ReadDb,
    orgId: Id,
    id: Id,
    made: { readonly maker: Id; readonly takenAt: Instant },
): Promise<PackagePlan> {
    const facts = await paperFacts(db, orgId, id);
    const { name: maker } = await db.selectFrom('person').select('name').where('id', '=', made.maker).executeTakeFirstOrThrow();
    const { act_id, case_id } = await db
        .selectFrom('retrieval')
        .select(['act_id', 'case_id'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
    const recordings = await recordingsOf(db, id);
    const documents = await documentsOf(db, orgId, { actId: act_id, caseId: case_id });
    const acts = act_id !== null ? [act_id] : case_id !== null ? await actsOfCase(db, case_id) : [];
    const checkpoints = { [orgId]: await signedSize(db, orgId), [SYSTEM_ID]: await signedSize(db, SYSTEM_ID) };
    const smCheckpoints = { [orgId]: await signedSize(db, orgId, 'sm3'), [SYSTEM_ID]: await signedSize(db, SYSTEM_ID, 'sm3') };
    const objects = [id, act_id, case_id, ...recordings.map((each) => each.id), ...documents.map((each) => each.id)];
    const own = await entriesAbout(
        db,
        orgId,
        objects.filter((each) => each !== null),
        Number(checkpoints[orgId]),
    );
    const refOf = (index: number): EntryRef => ({ org: orgId, index });
    const consent = own.find(({ kind, entry }) => kind === 'retrieval.consented' && entry.objects.some((each) => each.id === id));
    if (consent === undefined) throw new DomainError('ledger.notSignedYet', { index: '', size: checkpoints[orgId] ?? '0' });
    const items = [...recordings, ...documents].map((content) => {
        const about = own.filter(({ entry }) => entry.objects.some((each) => each.id === content.id));
        const vouching = about.find(({ entry }) =>
            entry.content.some(({ sha256, sm3, size }) => same(content, { sha256, sm3, size })),
        );
        if (vouching === undefined) throw new DomainError('retrieval.notVouched', { name: content.name });
        const also = about.filter(({ index }) => index !== vouching.index).map(({ index }) => refOf(index));
        return { id: content.id, entry: refOf(vouching.index), also };
    });
    const keys = await keysOf(
        db,
        own.map(({ entry }) => entry.app),
        Number(checkpoints[SYSTEM_ID]),
    );
    const entries: PlannedEntry[] = [
        ...own.map(({ index, kind, kept }) => ({
            ...refOf(index),
            kind,
            body: kept && isHandedOut(kind),
        })),
        ...keys.map(({ entry }) => ({ ...entry, kind: 'key.introduced', body: true })),
    ];
    const vouching = items.map(({ entry }) => entry);
    const stamps = await stampsFor(db, orgId, vouching, checkpoints[orgId] ?? '0');
    return {
        ...{
            id,
            org: orgId,
            facts,
            maker,
            takenAt: made.takenAt,
            checkpoints,
            smCheckpoints,
            stamps,
            recordings,
            documents,
            acts,
            entries,
        },
        ...{ consent: refOf(consent.index), items, keys },
    };
}

const actsOfCase = async (db: ReadDb, caseId: Id): Promise<Id[]> =>
    (
        await db
            .selectFrom('case_act as c')
            .innerJoin('act as a', 'a.id', 'c.act_id')
            .select('a.id')
            .where('c.case_id', '=', caseId)
            .where('c.removed_at', 'is', null)
            .orderBy('a.starts_at')
            .orderBy('a.id')
            .execute()
    ).map(({ id }) => id);

type Digests = { readonly sha256: string; readonly sm3: string; readonly size: string };
const same = (a: Digests, b: Digests): boolean => a.sha256 === b.sha256 && a.sm3 === b.sm3 && a.size === b.size;

const signedSize = async (db: ReadDb, org: Id, head: HeadHash = 'sha256'): Promise<string> =>
    String((await publishedNote(db, org, head, undefined))?.size ?? 0n);

/** Keys that signed these entries, and the `mostLate` newest, which may sign that of an issuing; each with the entry of the system's log that introduced it. */
export async function keysOf(
    db: ReadDb,
    apps: readonly string[],
    below: number,
    mostLate = MOST_LATE_KEYS,
): Promise<PackageKey[]> {
    const introduced = await db
        .selectFrom('ledger.entry as e')
        .innerJoin('ledger.body as y', (join) => join.onRef('y.org_id', '=', 'e.org_id').onRef('y.idx', '=', 'e.idx'))
        .select(['e.idx', 'y.body'])
        .where('e.org_id', '=', SYSTEM_ID)
        .where('e.kind', '=', 'key.introduced')
        .where('e.idx', '<', below)
        .orderBy('e.idx')
        .execute();
    const known = introduced.map(({ idx, body }) => ({ idx, ...keyBody.parse(parseCanonical(body)) }));
    const late = mostLate === 0 ? [] : known.slice(-mostLate).map(({ keyId }) => keyId);
    return [...new Set([...apps, ...late])].sort().map((app) => {
        const key = known.find(({ keyId }) => keyId === app);
        if (key === undefined) throw new DomainError('ledger.notSignedYet', { index: '', size: String(below) });
        return { app, publicKey: key.publicKey, entry: { org: SYSTEM_ID, index: key.idx } };
    });
}
/** Every node that runs has one of them. */
const MOST_LATE_KEYS = 10;
const keyBody = z.object({ keyId: z.string(), publicKey: z.string() });

/** What the papers of a retrieval say of its request and consent. Throws `retrieval.notFound` where there is no consent. */
export async function paperFacts(db: ReadDb, orgId: Id, id: Id): Promise<RetrievalPaperFacts> {
    const row = await db
        .selectFrom('retrieval as t')
        .innerJoin('organisation as o', 'o.id', 't.org_id')
        .innerJoin('person as p', 'p.id', 't.requested_by')
        .innerJoin('person as d', 'd.id', 't.decided_by')
        .leftJoin('act as a', 'a.id', 't.act_id')
        .leftJoin('case as c', 'c.id', 't.case_id')
        .select(['t.number', 't.source', 't.purpose', 't.proceeding', 't.basis', 't.recipient', 't.reason', 't.requested_at'])
        .select(['t.decided_at', 't.decided_note', 'o.name as agency', 'p.name as requestedBy', 'd.name as decidedBy'])
        .select(['a.number as act', 'c.number as case'])
        .where('t.id', '=', id)
        .where('t.org_id', '=', orgId)
        .executeTakeFirst();
    if (row === undefined || row.decided_at === null) throw new DomainError('retrieval.notFound');
    const { number, source, purpose, proceeding, basis, recipient, reason, agency, requestedBy, decidedBy } = row;
    return {
        ...{ number, source, purpose, proceeding, basis, recipient, reason, agency, requestedBy, decidedBy },
        of: row.act ?? row.case ?? '',
        requestedAt: row.requested_at,
        decidedAt: row.decided_at,
        opinion: row.decided_note,
    };
}

async function recordingsOf(db: ReadDb, id: Id): Promise<PlannedRecording[]> {
    const rows = await db
        .selectFrom('retrieval_item as i')
        .innerJoin('recording as r', 'r.id', 'i.recording_id')
        .innerJoin('blob as b', 'b.id', 'r.blob_id')
        .innerJoin('blob_copy as k', 'k.blob_id', 'b.id')
        .leftJoin('person as p', 'p.id', 'r.person_id')
        .leftJoin('device as v', 'v.id', 'r.device_id')
        .select([
            'i.place',
            'r.id',
            'r.display_name as name',
            'r.device_start as start',
            'p.name as officer',
            'v.number as device',
        ])
        .select(['k.key', 'b.size', 'b.sha256', 'b.sm3', 'b.chunk_root'])
        .distinctOn('i.place')
        .where('i.retrieval_id', '=', id)
        .orderBy('i.place')
        .orderBy('k.id')
        .execute();
    return rows.map((row) => {
        const { name, officer, device, start } = row;
        const content = contentOf(row);
        return {
            ...content,
            id: row.id,
            name,
            path: PACKAGE_PATHS.content(content.sha256, extensionOf(name)),
            facts: { name, officer, device, start, size: content.size, sha256: content.sha256, sm3: content.sm3 },
        };
    });
}

/** Entries about one of these objects below an index of the log, ascending. */
async function entriesAbout(db: ReadDb, orgId: Id, objects: readonly Id[], below: number) {
    const rows = await db
        .selectFrom('ledger.entry as e')
        .leftJoin('ledger.body as y', (join) => join.onRef('y.org_id', '=', 'e.org_id').onRef('y.idx', '=', 'e.idx'))
        .select(['e.idx as index', 'e.kind', 'e.entry', sql<boolean>`y.idx is not null`.as('kept')])
        .where('e.org_id', '=', orgId)
        .where('e.idx', 'in', (any) =>
            any
                .selectFrom('ledger.object')
                .select('idx')
                .where('org_id', '=', orgId)
                .where('object_id', 'in', objects)
                .where('idx', '<', below),
        )
        .orderBy('e.idx')
        .execute();
    return rows.map((row) => ({ ...row, entry: parseEntry(row.entry) }));
}

/** Ending of a name as paths of packages take it. */
const extensionOf = (name: string): string => /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? 'bin';
