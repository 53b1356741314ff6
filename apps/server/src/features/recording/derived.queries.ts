import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { DERIVED_KINDS, type DerivedDetail, type DerivedKind, type Id, type Instant } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { makingPart } from '../../platform/media/making.ts';

type Full = ResponseOf<Endpoints['recording.get']>['derivedItems'][number];

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Which items there are of each recording, made or not. */
export async function derivedOf(db: ReadDb, ids: readonly Id[]): Promise<Map<Id, { kind: DerivedKind; state: Full['state'] }[]>> {
    if (ids.length === 0) return new Map();
    const rows = await db
        .selectFrom('derived_item')
        .select(['recording_id', 'kind', 'state'])
        .where('recording_id', 'in', ids)
        .orderBy('kind')
        .execute();
    return new Map(
        [...Map.groupBy(rows, (row) => row.recording_id)].map(([id, of]) => [id, of.map(({ kind, state }) => ({ kind, state }))]),
    );
}

export const madeOf = (items: readonly { kind: DerivedKind; state: string }[] | undefined): DerivedKind[] =>
    (items ?? []).filter((each) => each.state === 'made').map((each) => each.kind);

export const makingKey = (recordingId: Id, kind: DerivedKind): string => `${recordingId} ${kind}`;

/** How far this process is with what it makes of a recording, in thousandths; what others make, and what waits, is not among it. */
export const makingOf = (recordingId: Id): ResponseOf<Endpoints['recording.get']>['making'] =>
    DERIVED_KINDS.flatMap((kind) => {
        const partMilli = makingPart(makingKey(recordingId, kind));
        return partMilli === undefined ? [] : [{ kind, partMilli }];
    });

/** All that is known of what was made from a recording. */
export async function derivedItems(db: ReadDb, recordingId: Id): Promise<Full[]> {
    const rows = await db
        .selectFrom('derived_item as d')
        .leftJoin('blob as b', 'b.id', 'd.blob_id')
        .select(['d.kind', 'd.state', 'd.from_sha256', 'd.media_type', 'd.program', 'd.program_version', 'd.arguments'])
        .select(['d.detail', 'd.reason', 'd.made_at', 'b.sha256', 'b.size'])
        .where('d.recording_id', '=', recordingId)
        .orderBy('d.kind')
        .execute();
    const lenders = rows.flatMap((row) => (row.detail as DerivedDetail).rebuilt?.reference?.recordingId ?? []);
    const names = await namesOf(db, lenders);
    return rows.map((row) => ({
        kind: row.kind,
        state: row.state,
        fromSha256: hex(row.from_sha256),
        sha256: row.sha256 === null ? null : hex(row.sha256),
        size: row.size === null ? null : String(row.size),
        program: row.program,
        programVersion: row.program_version,
        arguments: row.arguments,
        reason: row.reason as Full['reason'],
        durationMs: (row.detail as DerivedDetail).durationMs ?? null,
        rebuilt: rebuiltOf(row.detail as DerivedDetail, names),
        dull: dullOf(row.detail as DerivedDetail),
        madeAt: row.made_at,
    }));
}

const dullOf = ({ dull }: DerivedDetail): Full['dull'] =>
    dull === undefined ? null : { ...dull, dark: [...dull.dark], silent: dull.silent && [...dull.silent] };

function rebuiltOf({ rebuilt }: DerivedDetail, names: ReadonlyMap<Id, string>): Full['rebuilt'] {
    if (rebuilt === undefined) return null;
    const { reference, ...facts } = rebuilt;
    const lender = reference === undefined ? undefined : names.get(reference.recordingId);
    return {
        ...facts,
        reference:
            reference === undefined || lender === undefined
                ? null
                : { id: reference.recordingId, name: lender, likeness: reference.likeness },
    };
}

async function namesOf(db: ReadDb, ids: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
    if (ids.length === 0) return new Map();
    const rows = await db.selectFrom('recording').select(['id', 'display_name']).where('id', 'in', ids).execute();
    return new Map(rows.map((row) => [row.id, row.display_name]));
}

export type DerivedContent = {
    recordingId: Id;
    id: Id;
    version: number;
    kind: DerivedKind;
    key: string;
    size: bigint;
    chunkRoot: string;
    mediaType: string;
    detail: DerivedDetail;
};

/** Where the bytes of items are that were made. */
export async function derivedContents(db: ReadDb, ids: readonly Id[], kinds: readonly DerivedKind[]): Promise<DerivedContent[]> {
    if (ids.length === 0) return [];
    const rows = await db
        .selectFrom('derived_item as d')
        .innerJoin('blob as b', 'b.id', 'd.blob_id')
        .innerJoin('blob_copy as c', 'c.blob_id', 'b.id')
        .select(['d.recording_id', 'd.id', 'd.version', 'd.kind', 'd.media_type', 'd.detail', 'b.size', 'b.chunk_root', 'c.key'])
        .where('d.recording_id', 'in', ids)
        .where('d.kind', 'in', kinds)
        .where('d.state', '=', 'made')
        .execute();
    return rows.map((row) => ({
        recordingId: row.recording_id,
        id: row.id,
        version: row.version,
        kind: row.kind,
        key: row.key,
        size: row.size,
        chunkRoot: hex(row.chunk_root),
        mediaType: row.media_type ?? 'application/octet-stream',
        detail: row.detail as DerivedDetail,
    }));
}

/** Whether somebody may still look at the pictures of a recording by this look. */
export async function isLookOpen(db: ReadDb, lookId: Id, personId: Id, recordingId: Id, now: Instant): Promise<boolean> {
    const look = await db
        .selectFrom('picture_look')
        .select('recording_ids')
        .where('id', '=', lookId)
        .where('person_id', '=', personId)
        .where('until', '>', now)
        .executeTakeFirst();
    return look?.recording_ids.includes(recordingId) ?? false;
}
