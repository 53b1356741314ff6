import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    checklistOf,
    DomainError,
    type FilePositions,
    frameRateMilliOf,
    type Id,
    type Inspection,
    type Instant,
    isScenarioKey,
    lacksCode,
    MANDATORY_SCENARIOS,
    type ScenarioKey,
    type SecrecySubject,
} from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { lookUp } from '../../platform/search.ts';
import { derivedOf } from '../recording/derived.queries.ts';
import { positionsOf } from '../recording/positions.queries.ts';
import { findingsOf, shownOf } from '../recording/recording.queries.ts';
import { retentionOf, wireRetention } from '../recording/recording-retention.queries.ts';
import { attachedOfAct } from './act-attachments.queries.ts';
import { type ActItem, type ActRow, cursorShape, filteredActs, ITEM_COLUMNS, itemsOf, selectItems } from './act-list.queries.ts';
import { type ActExemption, type ActParticipant, type ActRecording, inspectionsOf } from './act-parts.queries.ts';
import type { SegmentOfAct } from './act-segments.queries.ts';
import { actSettingsAt } from './act-settings.queries.ts';
import { seesAct } from './act-visibility.queries.ts';

type Detail = ResponseOf<Endpoints['act.get']>;

type ListQuery = QueryOf<Endpoints['act.list']>;
type ListPage = ResponseOf<Endpoints['act.list']>;

/** Of so many acts the standing is worked out to filter by it: it is a verdict of the moment and stands in no column. */
const MOST_JUDGED = 2_000;

/** One page of acts by their start. */
export async function listActs(db: ReadDb, orgId: Id, query: ListQuery, reader: SecrecySubject, now: Instant): Promise<ListPage> {
    const words = await lookUp(db, query.q, ['act', 'party', 'person']);
    const musts = query.mandatory === undefined ? [] : await mustScenarios(db, orgId, now);
    const filtered = filteredActs(db, orgId, query, words, reader, musts);
    const { total } = await filtered.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    if (query.standing !== undefined) return listByStanding(db, orgId, query, query.standing, { filtered, total, reader, now });
    const { rows, next } = pageOf(await pageRows(filtered, query, reader, query.limit + 1), query.limit, keysOf);
    return { items: (await itemsOf(db, orgId, rows, now)).map(({ item }) => item), next, total };
}

/** Scenarios in which recording is a must today: the nine, and those the organisation has added so. */
async function mustScenarios(db: ReadDb, orgId: Id, now: Instant): Promise<ScenarioKey[]> {
    const { scenarios } = await actSettingsAt(db, orgId, now);
    const added = Object.keys(scenarios).filter((key) => scenarios[key] === 'must');
    return [...MANDATORY_SCENARIOS, ...added.filter(isScenarioKey)];
}

type Filtered = { filtered: ReturnType<typeof filteredActs>; total: number; reader: SecrecySubject; now: Instant };

/** All that match are judged, so that the count is true; too many are refused with how many there are. */
async function listByStanding(
    db: ReadDb,
    orgId: Id,
    query: ListQuery,
    standing: ActItem['standing']['status'],
    { filtered, total, reader, now }: Filtered,
): Promise<ListPage> {
    if (total > MOST_JUDGED) throw new DomainError('act.narrowFirst', { count: total, most: MOST_JUDGED });
    const rows = await pageRows(filtered, { ...query, cursor: undefined }, reader, MOST_JUDGED);
    const judged = await itemsOf(db, orgId, rows, now);
    const found = rows.filter((_, at) => isStanding(judged[at]?.item, standing));
    const after = cursorKeys(cursorShape, query.cursor);
    const from = after === undefined ? 0 : found.findIndex((row) => row.id === after[1]) + 1;
    const page = pageOf(found.slice(from, from + query.limit + 1), query.limit, keysOf);
    const items = new Map(judged.map(({ item }) => [item.id, item]));
    return { items: page.rows.flatMap((row) => items.get(row.id) ?? []), next: page.next, total: found.length };
}

/** What is secret, announced or cancelled stands in no way at all. */
const isStanding = (item: ActItem | undefined, standing: ActItem['standing']['status']): boolean =>
    item !== undefined &&
    !item.restricted &&
    (item.state === 'open' || item.state === 'closed') &&
    item.standing.status === standing;

const keysOf = (row: ActRow): [number, Id] => [row.startsAt, row.id];

function pageRows(filtered: ReturnType<typeof filteredActs>, query: ListQuery, reader: SecrecySubject, limit: number) {
    const direction = query.order === 'oldest' ? 'asc' : 'desc';
    const after = cursorKeys(cursorShape, query.cursor);
    const [startsAt, id] = after ?? [];
    const beyond = sql.raw(direction === 'asc' ? '>' : '<');
    const rest =
        after === undefined
            ? filtered
            : filtered.where(sql<boolean>`(a.starts_at, a.id) ${beyond} (${startsAt}::bigint, ${id}::uuid)`);
    return rest
        .select(ITEM_COLUMNS)
        .select(seesAct(reader).as('visible'))
        .orderBy('a.starts_at', direction)
        .orderBy('a.id', direction)
        .limit(limit)
        .execute();
}

/** One act with all that belongs to it: the facts of the strip chart. */
export async function getAct(db: ReadDb, orgId: Id, id: Id, reader: SecrecySubject, now: Instant): Promise<Detail> {
    const row = await selectItems(db, orgId)
        .innerJoin('organisation as o', 'o.id', 'a.org_id')
        .select(seesAct(reader).as('visible'))
        .select(['s.latitude_e7 as latE7', 's.longitude_e7 as lonE7'])
        .select(['a.note', 'a.version', 'o.id as organisationId', 'o.name as organisationName'])
        .select(['a.inspection_code as code', 'a.inspection_code_exempt as exempt'])
        .where('a.id', '=', id)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('act.notFound');
    // 附件1 第12条: to others a secret act is a line in a list.
    if (!row.visible) throw new DomainError('act.restricted');
    const [loaded] = await itemsOf(db, orgId, [row], now);
    if (loaded === undefined) throw new DomainError('act.notFound');
    const {
        item,
        segments,
        participants,
        recordings,
        exemptions,
        documents,
        explanations,
        marks,
        heard,
        storeWithinMs,
        documentToleranceMs,
        spokenWithinMs,
        inCase,
        speechRequired,
    } = loaded;
    const { participants: _, restricted: __, startsAt: ___, endsAt: ____, ...common } = item;
    const settings = await actSettingsAt(db, orgId, row.startsAt);
    const files = recordings.map((each) => each.id);
    const inspections = await inspectionsOf(db, files);
    const derived = await derivedOf(db, files);
    const retention = await retentionOf(db, files);
    const positions = await positionsOf(
        db,
        recordings.map(({ id: recordingId, correctedStart }) => ({
            id: recordingId,
            inspection: inspections.get(recordingId) ?? null,
            start: correctedStart?.at ?? null,
        })),
    );
    const { code, exempt } = row;
    return {
        ...common,
        startsAt: row.startsAt,
        endsAt: row.endsAt,
        organisation: { id: row.organisationId, name: row.organisationName },
        premises: nameOf(row.premisesId, row.premisesName),
        premisesAt: row.latE7 === null || row.lonE7 === null ? null : { latE7: row.latE7, lonE7: row.lonE7 },
        note: row.note,
        version: row.version,
        storeWithinMs,
        documentToleranceMs,
        spokenWithinMs,
        speechRequired,
        segments: segments.map(segmentOf),
        participants: await peopleOf(db, participants, row),
        exemptions: exemptions.map(exemptionOf),
        checks: await checksOf(db, id, settings.checks),
        inspectionCode: {
            code,
            exempt,
            missing: lacksCode({ scenarios: item.scenarios, code, exempt, inCase }, settings),
            format: settings.format,
        },
        recordings: recordings.flatMap((each) => {
            const kept = retention.get(each.id);
            return kept === undefined
                ? []
                : [
                      {
                          ...recordingOf(each, inspections.get(each.id) ?? null, derived.get(each.id), positions.get(each.id)),
                          retention: wireRetention(kept),
                      },
                  ];
        }),
        marks,
        heard,
        documents: documents.map(({ id: documentId, title, startedAt, endedAt }) => ({
            id: documentId,
            title,
            startedAt,
            endedAt,
        })),
        attached: await attachedOfAct(db, id),
        explanations: [...explanations],
    };
}

const nameOf = (id: Id | null, name: string | null) => (id === null || name === null ? null : { id, name });

const segmentOf = ({ premisesId, premisesName, siteId, siteName, roomDeviceId, roomNumber, ...segment }: SegmentOfAct) => ({
    ...segment,
    premises: nameOf(premisesId, premisesName),
    site: nameOf(siteId ?? null, siteName),
    room: roomDeviceId === null || roomNumber === null ? null : { id: roomDeviceId, number: roomNumber },
});

async function peopleOf(db: ReadDb, participants: readonly ActParticipant[], act: ActRow): Promise<Detail['participants']> {
    const devices = await devicesDuring(db, participants, act);
    return participants.map(({ actId: _, personId, certificateNumber, presence, ...row }) => ({
        ...row,
        person: personId === null ? null : { id: personId, name: row.name, certificateNumber },
        presence: [...presence],
        device: (personId === null ? undefined : devices.get(personId)) ?? null,
    }));
}

const exemptionOf = ({
    actId: _,
    personId,
    personName,
    recordedBy,
    recordedByName,
    decidedBy,
    decidedByName,
    ...row
}: ActExemption): Detail['exemptions'][number] => ({
    ...row,
    person: nameOf(personId, personName),
    recordedBy: { id: recordedBy, name: recordedByName },
    decidedBy: nameOf(decidedBy, decidedByName),
});

type Derived = Parameters<typeof shownOf>[2];

const recordingOf = (
    each: ActRecording,
    inspection: Inspection | null,
    derived: Derived,
    positions: FilePositions | undefined,
): Omit<Detail['recordings'][number], 'retention'> => ({
    id: each.id,
    name: each.name,
    personId: each.personId,
    device: each.device,
    deviceStart: each.deviceStart,
    deviceEnd: each.deviceEnd,
    durationMs: inspection?.durationMs ?? null,
    frameRateMilli: inspection === null ? null : (frameRateMilliOf(inspection) ?? null),
    stretches: each.stretches,
    correctedStart: each.correctedStart,
    joinWithinMs: each.joinWithinMs,
    state: each.state,
    playable: shownOf(each.state, inspection, derived) !== null,
    inspected: each.inspected,
    findings: findingsOf(inspection),
    positions: positions === undefined ? null : { ...positions, points: [...positions.points] },
    receivedAt: each.receivedAt,
});

/** The list of what to do, with who ticked what and when. */
async function checksOf(db: ReadDb, actId: Id, added: readonly string[]): Promise<Detail['checks']> {
    const ticks = await db
        .selectFrom('act_check as c')
        .innerJoin('person as p', 'p.id', 'c.ticked_by')
        .select(['c.item', 'c.ticked_at as tickedAt', 'p.name'])
        .where('c.act_id', '=', actId)
        .where('c.removed_at', 'is', null)
        .orderBy('c.id')
        .execute();
    const byItem = new Map(ticks.map((tick) => [tick.item, tick]));
    return checklistOf(added, [...byItem.keys()]).map((item) => {
        const tick = byItem.get(item.key);
        return { ...item, tickedBy: tick?.name ?? null, tickedAt: tick?.tickedAt ?? null };
    });
}

/** What each participant had in hand at the time: a recorder before anything else, the one held last before an earlier one. */
async function devicesDuring(
    db: ReadDb,
    participants: readonly ActParticipant[],
    { startsAt, endsAt }: { startsAt: Instant; endsAt: Instant },
): Promise<Map<Id, { id: Id; number: string }>> {
    const people = participants.flatMap((each) => each.personId ?? []);
    if (people.length === 0) return new Map();
    const rows = await db
        .selectFrom('device_issue as i')
        .innerJoin('device as d', 'd.id', 'i.device_id')
        .select(['i.person_id', 'd.id', 'd.number'])
        .where('i.person_id', 'in', people)
        .where('i.issued_at', '<', endsAt)
        .where((any) => any.or([any('i.returned_at', 'is', null), any('i.returned_at', '>', startsAt)]))
        .orderBy(sql`d.kind = 'recorder'`)
        .orderBy('i.issued_at')
        .orderBy('i.id')
        .execute();
    return new Map(rows.map(({ person_id, id, number }) => [person_id, { id, number }]));
}
