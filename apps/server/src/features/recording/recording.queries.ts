import type { Endpoints, ResponseOf } from '@liuhen/contract';
import {
    type DerivedKind,
    type DockFacts,
    DomainError,
    derivableKinds,
    type EntryContent,
    frameRateMilliOf,
    type Id,
    type Inspection,
    type Instant,
    keyMarksIn,
    type RecordingState,
    type SecrecySubject,
    shownAs,
    structureSigns,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { seesAct } from '../act/act-visibility.queries.ts';
import { derivedItems, derivedOf, madeOf, makingOf } from './derived.queries.ts';
import { positionsOf } from './positions.queries.ts';
import { evidenceIn } from './recording-evidence.queries.ts';
import { retentionOf, wireRetention } from './recording-retention.queries.ts';
import { TRUE_TIME, trueTimeOf } from './recording-times.queries.ts';
import { runOfRecording } from './run.queries.ts';

type Item = ResponseOf<Endpoints['recording.list']>['items'][number];
type Detail = Omit<ResponseOf<Endpoints['recording.get']>, 'proposal'>;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const itemQuery = (db: ReadDb) =>
    db
        .selectFrom('recording as r')
        .innerJoin('blob as b', 'b.id', 'r.blob_id')
        .innerJoin('person as up', 'up.id', 'r.uploaded_by')
        .leftJoin('person as p', 'p.id', 'r.person_id')
        .leftJoin('device as d', 'd.id', 'r.device_id')
        .leftJoin('act as a', 'a.id', 'r.act_id')
        .leftJoin('party as y', 'y.id', 'a.party_id')
        .select([
            'r.id',
            'r.display_name',
            'r.state',
            'r.role',
            'r.source',
            'r.received_at',
            'r.device_start',
            'r.device_end',
            'r.inspection',
            'r.inspected_at',
            'r.clock_state',
            ...TRUE_TIME.map((column) => `r.${column}` as const),
            'b.size',
            'd.id as device_id',
            'd.number as device_number',
            'p.id as person_id',
            'p.name as person_name',
            'p.certificate_number as person_certificate',
            'up.id as uploader_id',
            'up.name as uploader_name',
            'up.certificate_number as uploader_certificate',
            'a.id as act_id',
            'a.number as act_number',
            'a.place as act_place',
            'y.id as party_id',
            'y.name as party_name',
        ]);

type Row = Awaited<ReturnType<ReturnType<typeof itemQuery>['executeTakeFirstOrThrow']>>;

/** Findings as the contract carries them: code, severity, and what fills the sentence. */
export const findingsOf = (inspection: Inspection | null): Item['findings'] =>
    (inspection?.findings ?? []).map(({ code, severity, ...params }) => ({
        code,
        severity,
        params: Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined)) as Record<
            string,
            string | number
        >,
    }));

/** What a player is given of it, if anything; the player still checks. */
export const shownOf = (
    state: RecordingState,
    inspection: Inspection | null,
    derived: readonly { kind: DerivedKind; state: string }[] | undefined,
): Item['shownAs'] => (state === 'registered' || state === 'sealed' ? (shownAs(inspection, madeOf(derived)) ?? null) : null);

type Beside = { evidence: Item['evidenceIn']; derived: Item['derived']; retention: Item['retention'] };

function itemOf(row: Row, { evidence, derived, retention }: Beside): Item {
    const inspection = row.inspection as Inspection | null;
    const video = inspection?.tracks.find((track) => track.kind === 'video');
    const person = (id: Id, name: string, certificateNumber: string | null) => ({ id, name, certificateNumber });
    const { start, end } = trueTimeOf(row);
    return {
        id: row.id,
        name: row.display_name,
        state: row.state,
        role: row.role,
        source: row.source,
        size: String(row.size),
        device: row.device_id === null || row.device_number === null ? null : { id: row.device_id, number: row.device_number },
        officer:
            row.person_id === null || row.person_name === null
                ? null
                : person(row.person_id, row.person_name, row.person_certificate),
        uploadedBy: person(row.uploader_id, row.uploader_name, row.uploader_certificate),
        receivedAt: row.received_at,
        deviceStart: row.device_start,
        deviceEnd: row.device_end,
        corrected: start === null || end === null ? null : { start, end },
        clockDoubt: row.clock_state === 'fitted' ? null : row.clock_state,
        durationMs: inspection?.durationMs ?? null,
        frameRateMilli: inspection === null ? null : (frameRateMilliOf(inspection) ?? null),
        codec: video?.codec ?? null,
        width: video?.width ?? null,
        height: video?.height ?? null,
        playable: shownOf(row.state, inspection, derived) !== null,
        shownAs: shownOf(row.state, inspection, derived),
        derived,
        evidenceIn: evidence,
        retention,
        inspected: row.inspected_at !== null,
        findings: findingsOf(inspection),
        act: row.act_id === null ? null : { id: row.act_id, title: row.party_name ?? row.act_place ?? row.act_number ?? '' },
        party: row.party_id === null || row.party_name === null ? null : { id: row.party_id, name: row.party_name },
    };
}

/** Recordings by id; whoever calls has decided that they may be seen. */
export async function itemsByIds(db: ReadDb, ids: readonly Id[]): Promise<Map<Id, Item>> {
    if (ids.length === 0) return new Map();
    const rows = await itemQuery(db).where('r.id', 'in', ids).execute();
    const beside = await besides(db, ids);
    return new Map(rows.map((row) => [row.id, itemOf(row, beside(row.id))]));
}

async function besides(db: ReadDb, ids: readonly Id[]): Promise<(id: Id) => Beside> {
    const [evidence, derived] = [await evidenceIn(db, ids), await derivedOf(db, ids)];
    const retention = await retentionOf(db, ids);
    return (id) => {
        const kept = retention.get(id);
        if (kept === undefined) throw new Error(`recording ${id} has gone while it was read`);
        return { evidence: evidence.get(id) ?? [], derived: derived.get(id) ?? [], retention: wireRetention(kept) };
    };
}

export async function getRecording(db: ReadDb, orgId: Id, id: Id, reader: SecrecySubject): Promise<Detail> {
    const row = await itemQuery(db)
        .innerJoin('organisation as o', 'o.id', 'r.org_id')
        .select([
            'o.id as organisation_id',
            'o.name as organisation_name',
            'b.sha256',
            'b.sm3',
            'b.chunk_root',
            'r.blob_id',
            'r.original_name',
        ])
        .select(seesAct(reader).as('visible'))
        .select(['r.device_time_text', 'r.device_time_zone', 'r.device_time_basis', 'r.device_time_conflict'])
        .where('r.id', '=', id)
        .where('r.org_id', '=', orgId)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('recording.notFound');
    if (!row.visible) throw new DomainError('act.restricted');
    const copies = await db
        .selectFrom('blob_copy')
        .select(['store', 'state', 'verified_at'])
        .where('blob_id', '=', row.blob_id)
        .orderBy('id')
        .execute();
    const { viewings } = await db
        .selectFrom('viewing')
        .select((count) => count.fn.countAll<number>().as('viewings'))
        .where('recording_id', '=', id)
        .executeTakeFirstOrThrow();
    const inspection = row.inspection as Inspection | null;
    const positions = (await positionsOf(db, [{ id, inspection, start: trueTimeOf(row).start?.at ?? null }])).get(id);
    const modifiedAt = await changedOnCard(db, id);
    return {
        ...itemOf(row, (await besides(db, [id]))(id)),
        positions: positions === undefined ? null : { ...positions, points: [...positions.points] },
        run: await runOfRecording(db, orgId, id, reader),
        derivedItems: await derivedItems(db, id),
        making: makingOf(id),
        derivable: row.inspection === null ? [] : derivableKinds(row.inspection as Inspection),
        organisation: { id: row.organisation_id, name: row.organisation_name },
        sha256: hex(row.sha256),
        sm3: hex(row.sm3),
        chunkRoot: hex(row.chunk_root),
        originalNameHex: hex(row.original_name),
        deviceTime: {
            text: row.device_time_text ?? '',
            zone: row.device_time_zone ?? '',
            basis: row.device_time_basis as Detail['deviceTime']['basis'],
            conflict: row.device_time_conflict,
        },
        inspection: row.inspection as Record<string, unknown> | null,
        signs:
            row.inspection === null
                ? []
                : structureSigns(row.inspection as Inspection, {
                      name: row.display_name,
                      receivedAt: row.received_at,
                      ...(modifiedAt === null ? {} : { modifiedAt }),
                  }).map(({ code, params }) => ({ code, params: { ...params } })),
        keyMarks: [...keyMarksIn(row.display_name)],
        copies: copies.map((copy) => ({ store: copy.store, state: copy.state, verifiedAt: copy.verified_at })),
        viewings,
    };
}

/** When its recorder's file system says it was last changed; null: it was not docked. */
async function changedOnCard(db: ReadDb, id: Id): Promise<Instant | null> {
    const row = await db
        .selectFrom('dock_item')
        .select('facts')
        .where('recording_id', '=', id)
        .orderBy('id')
        .limit(1)
        .executeTakeFirst();
    return row === undefined ? null : Number(BigInt((row.facts as DockFacts).modifiedNs) / 1_000_000n);
}

export type RecordingContent = {
    id: Id;
    state: RecordingState;
    inspected: boolean;
    key: string;
    size: bigint;
    chunkRoot: string;
    chunkDigests: Uint8Array;
    /** Null before the file was inspected. */
    inspection: Inspection | null;
    entry: EntryContent;
};

/** Where the bytes of a recording are and what they must be. */
export async function contentOfRecording(db: ReadDb, id: Id): Promise<RecordingContent | undefined> {
    const row = await db
        .selectFrom('recording as r')
        .innerJoin('blob as b', 'b.id', 'r.blob_id')
        .innerJoin('blob_copy as c', 'c.blob_id', 'b.id')
        .select([
            'r.id',
            'r.state',
            'r.inspected_at',
            'r.inspection',
            'c.key',
            'b.size',
            'b.sha256',
            'b.sm3',
            'b.chunk_root',
            'b.chunk_digests',
        ])
        .where('r.id', '=', id)
        .executeTakeFirst();
    if (row === undefined) return undefined;
    const entry = { sha256: hex(row.sha256), sm3: hex(row.sm3), size: String(row.size), chunkRoot: hex(row.chunk_root) };
    return {
        id: row.id,
        state: row.state,
        inspected: row.inspected_at !== null,
        key: row.key,
        size: row.size,
        chunkRoot: entry.chunkRoot,
        chunkDigests: row.chunk_digests,
        inspection: row.inspection as Inspection | null,
        entry,
    };
}

/** The people a recording concerns: uploader, officer of the recorder, participants of its act. */
export async function concernedBy(db: ReadDb, id: Id): Promise<Id[]> {
    const rows = await db
        .selectFrom('recording as r')
        .leftJoin('act_participant as ap', (join) => join.onRef('ap.act_id', '=', 'r.act_id').on('ap.removed_at', 'is', null))
        .select(['r.uploaded_by', 'r.person_id', 'ap.person_id as participant'])
        .where('r.id', '=', id)
        .execute();
    return [
        ...new Set(
            rows.flatMap((row) => [row.uploaded_by, row.person_id, row.participant]).filter((each): each is Id => each !== null),
        ),
    ];
}

/** Those who take part in an act now. */
export async function participantsOf(db: ReadDb, actId: Id): Promise<Id[]> {
    const rows = await db
        .selectFrom('act_participant')
        .select('person_id')
        .where('act_id', '=', actId)
        .where('removed_at', 'is', null)
        .execute();
    return rows.flatMap((row) => row.person_id ?? []);
}
