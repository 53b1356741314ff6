import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    type ActFacts,
    COVERAGE_PARAMETERS,
    type Duration,
    documentToleranceOf,
    type ExplanationFacts,
    exemptionFactsOf,
    explanationsOf,
    type FoundOfAct,
    type Id,
    type Instant,
    MANDATORY_SCENARIOS,
    type ScenarioKey,
    type SecrecySubject,
    type StatedDocument,
    speechOf,
    spokenReasonsOf,
    spokenWithinOf,
    withStoringTerm,
} from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { containing, type Found } from '../../platform/search.ts';
import { parametersOf } from '../parameter/parameter.queries.ts';
import { type HeardItem, heardOf } from '../recording/listening.queries.ts';
import { marksOf, type RecordingMark } from '../recording/recording-mark.queries.ts';
import { acceptedExplanationsOf, foundOfActs, NOT_JUDGED } from './act-answers.queries.ts';
import { actsDrawn, actsInCases } from './act-cases.queries.ts';
import { papersOfActs } from './act-documents.queries.ts';
import {
    type ActExemption,
    type ActParticipant,
    type ActRecording,
    exemptionsOfActs,
    participantsOfActs,
    recordingsOfActs,
} from './act-parts.queries.ts';
import { type SegmentOfAct, segmentsOfActs } from './act-segments.queries.ts';
import { seesAct } from './act-visibility.queries.ts';
import { type RecordStanding, standingOf, standingWith } from './standing.ts';

export type ActItem = ResponseOf<Endpoints['act.list']>['items'][number];

export const cursorShape = z.tuple([z.int(), z.uuid()]);

const actsOf = (db: ReadDb, orgId: Id) =>
    db
        .selectFrom('act as a')
        .leftJoin('party as y', 'y.id', 'a.party_id')
        .leftJoin('premises as s', 's.id', 'a.premises_id')
        .where('a.org_id', '=', orgId);

export const ITEM_COLUMNS = [
    'a.id',
    'a.number',
    'a.scenario',
    'a.place',
    'a.starts_at as startsAt',
    'a.ends_at as endsAt',
    'a.state',
    'a.secrecy',
    'y.id as partyId',
    'y.name as partyName',
    's.id as premisesId',
    's.name as premisesName',
] as const;

export const selectItems = (db: ReadDb, orgId: Id) => actsOf(db, orgId).select(ITEM_COLUMNS);
export type ActRow = Awaited<ReturnType<ReturnType<typeof selectItems>['executeTakeFirstOrThrow']>>;

/** An act is found by its own text, its party's, and that of those who take part. */
function foundBy({ word, ids }: Found<'act' | 'party' | 'person'>) {
    if (ids === undefined)
        return sql<boolean>`(${containing('a.search_text', word)} or ${containing('y.search_text', word)} or exists (
            select from act_participant ap join person p on p.id = ap.person_id
            where ap.act_id = a.id and ap.removed_at is null and ${containing('p.search_text', word)}))`;
    return sql<boolean>`a.id in (
        select unnest(${ids.act}::uuid[])
        union select id from act where party_id = any (${ids.party}::uuid[])
        union select act_id from act_participant where removed_at is null and person_id = any (${ids.person}::uuid[]))`;
}

/** Of any segment; the act's own scenario is that of its first, or of the one it is. */
const inScenario = (scenarios: readonly ScenarioKey[]) =>
    sql<boolean>`(a.scenario = any (${scenarios}::text[]) or a.id in (
        select s.act_id from act_segment s where s.org_id = a.org_id and s.scenario = any (${scenarios}::text[]) and s.removed_at is null))`;

export function filteredActs(
    db: ReadDb,
    orgId: Id,
    query: QueryOf<Endpoints['act.list']>,
    words: readonly Found<'act' | 'party' | 'person'>[],
    reader: SecrecySubject,
    musts: readonly ScenarioKey[] = MANDATORY_SCENARIOS,
) {
    let filtered = actsOf(db, orgId);
    for (const found of words) filtered = filtered.where(foundBy(found));
    const { personId } = query;
    if (personId !== undefined)
        filtered = filtered.where((any) =>
            any.exists(
                any
                    .selectFrom('act_participant as ap')
                    .select('ap.id')
                    .whereRef('ap.act_id', '=', 'a.id')
                    .where('ap.removed_at', 'is', null)
                    .where('ap.person_id', '=', personId),
            ),
        );
    if (query.scenario !== undefined) filtered = filtered.where(inScenario([query.scenario]));
    if (query.mandatory === 'yes') filtered = filtered.where(inScenario(musts));
    if (query.state !== undefined) filtered = filtered.where('a.state', '=', query.state);
    if (query.partyId !== undefined) filtered = filtered.where('a.party_id', '=', query.partyId);
    if (query.from !== undefined) filtered = filtered.where('a.starts_at', '>=', query.from);
    if (query.to !== undefined) filtered = filtered.where('a.starts_at', '<', query.to);
    // What only a secret act says must not be guessed by asking for it (附件1 第12条).
    const guesses = words.length > 0 || [personId, query.partyId, query.from, query.to].some((each) => each !== undefined);
    if (guesses) filtered = filtered.where(seesAct(reader));
    return filtered;
}

/** What an act's standing and its rules look at. */
export type ActParts = {
    segments: readonly SegmentOfAct[];
    participants: readonly ActParticipant[];
    recordings: readonly ActRecording[];
    exemptions: readonly ActExemption[];
    documents: readonly StatedDocument[];
    explanations: readonly (ExplanationFacts & { readonly personId: Id })[];
    /** At moments of its recordings, withdrawn ones among them. */
    marks: RecordingMark[];
    /** Where a program heard words in them that a person has to confirm, decided ones among them. */
    heard: HeardItem[];
    /** 附件1 第15条 by the organisation's own term when the act ended. */
    storeWithinMs: Duration;
    /** 附件1 第10条 by the organisation's own tolerance when the act ended. */
    documentToleranceMs: Duration;
    /** How near to an interruption its reason is spoken, by the organisation's own figure when the act ended. */
    spokenWithinMs: Duration;
    inCase: boolean;
    /** In a case or a drawn sample: what only a person can say is asked for (附件1 第8、9、11条). */
    speechRequired: boolean;
};
export type LoadedAct = ActParts & { readonly item: ActItem };

/** Rows with all that their standing depends on, loaded for all of them at once. Of an act not visible nothing is loaded. */
export async function itemsOf(
    db: ReadDb,
    orgId: Id,
    rows: readonly (ActRow & { readonly visible: unknown })[],
    now: Instant,
): Promise<LoadedAct[]> {
    const visible = rows.filter((row) => row.visible === true);
    const parts = await partsOfActs(db, orgId, visible);
    const found = await foundOfActs(
        db,
        visible.map((row) => row.id),
    );
    return rows.map((row) => {
        const own = parts.get(row.id) ?? NO_PARTS;
        if (row.visible !== true) return { ...own, item: restrictedItem(row) };
        return { ...own, item: itemOf(row, own, found.get(row.id) ?? NOT_JUDGED, now) };
    });
}

const NO_PARTS: ActParts = {
    ...{ segments: [], participants: [], recordings: [], exemptions: [], documents: [], explanations: [] },
    ...{ marks: [], heard: [] },
    ...{ storeWithinMs: COVERAGE_PARAMETERS.storeWithinMs, documentToleranceMs: COVERAGE_PARAMETERS.documentToleranceMs },
    ...{ spokenWithinMs: COVERAGE_PARAMETERS.spokenWithinMs, inCase: false, speechRequired: false },
};

/** The parts of acts by their ids, loaded for all of them at once, whoever may see them. */
export async function partsOfActs(db: ReadDb, orgId: Id, rows: readonly ActRow[]): Promise<Map<Id, ActParts>> {
    const ids = rows.map((row) => row.id);
    const segments = await segmentsOfActs(db, orgId, rows);
    const participants = await participantsOfActs(db, segments);
    const recordings = await recordingsOfActs(db, ids);
    const exemptions = await exemptionsOfActs(db, ids);
    const papers = await papersOfActs(db, ids);
    const parameter = await parametersOf(db, orgId);
    const answers = await acceptedExplanationsOf(db, ids);
    const inCases = await actsInCases(db, ids);
    const drawn = await actsDrawn(db, ids);
    const files = [...recordings.values()].flat().map((each) => each.id);
    const marks = Map.groupBy(await marksOf(db, files), (mark) => mark.recordingId);
    const heard = Map.groupBy(await heardOf(db, files), (place) => place.recordingId);
    return new Map(
        rows.map((row): [Id, ActParts] => [
            row.id,
            {
                segments: segments.get(row.id) ?? [],
                participants: participants.get(row.id) ?? [],
                recordings: recordings.get(row.id) ?? [],
                exemptions: exemptions.get(row.id) ?? [],
                marks: (recordings.get(row.id) ?? []).flatMap((each) => marks.get(each.id) ?? []),
                heard: (recordings.get(row.id) ?? []).flatMap((each) => heard.get(each.id) ?? []),
                documents: papers.get(row.id)?.documents ?? [],
                explanations: [
                    ...explanationsOf(papers.get(row.id)?.interruptions ?? [], participants.get(row.id) ?? []),
                    ...(answers.get(row.id) ?? []),
                ],
                inCase: inCases.has(row.id),
                speechRequired: inCases.has(row.id) || drawn.has(row.id),
                storeWithinMs: withStoringTerm(parameter('deadline.recordingUpload', row.endsAt).value).storeWithinMs,
                documentToleranceMs: documentToleranceOf(parameter('act.documentToleranceSeconds', row.endsAt).value),
                spokenWithinMs: spokenWithinOf(parameter('act.spokenReasonSeconds', row.endsAt).value),
            },
        ]),
    );
}

function itemOf(row: ActRow, parts: ActParts, found: FoundOfAct, now: Instant): ActItem {
    const { partyId, partyName, premisesId: _, premisesName: __, secrecy, ...act } = row;
    const { segments, participants, recordings } = parts;
    return {
        ...act,
        scenarios: [...new Set(segments.map((each) => each.scenario))],
        restricted: false,
        secrecy: secrecy ?? 'open',
        party: partyId === null || partyName === null ? null : { id: partyId, name: partyName },
        participants: participants.map(({ name, part }) => ({ name, part })),
        recordingCount: recordings.length,
        standing: standingWith(recordOf(row, parts, now), row.state, found),
    };
}

const recordOf = (row: ActRow, parts: ActParts, now: Instant): RecordStanding =>
    standingOf({ ...factsOf(row, parts), number: row.number, state: row.state }, now);

/** What an act's standing and its coverage are worked out from. */
export function factsOf({ id, startsAt, endsAt }: Pick<ActRow, 'id' | 'startsAt' | 'endsAt'>, parts: ActParts): ActFacts {
    const { segments, participants, recordings, exemptions, documents, explanations, marks, heard } = parts;
    const { storeWithinMs, documentToleranceMs, spokenWithinMs, speechRequired } = parts;
    const personIds = participants.map((each) => each.personId);
    return {
        ...{ id, startsAt, endsAt, segments, participants, recordings, documents, explanations },
        ...{ storeWithinMs, documentToleranceMs, spokenWithinMs, speechRequired },
        exemptions: exemptions.flatMap((each) => exemptionFactsOf(each, personIds)),
        speech: speechOf(marks, heard),
        spoken: spokenReasonsOf(marks),
    };
}

/** 附件1 第12条: its number, kind and state, and nothing else. */
const restrictedItem = ({ id, number, scenario, state, secrecy }: ActRow): ActItem => ({
    id,
    number,
    scenario,
    state,
    scenarios: [scenario],
    restricted: true,
    secrecy: secrecy ?? 'open',
    party: null,
    place: '',
    startsAt: null,
    endsAt: null,
    participants: [],
    recordingCount: 0,
    standing: {
        ...{ status: 'judge', record: 'judge', openGaps: 0, coveragePermille: null, missingOfficers: 0 },
        found: { open: 0, waiting: 0, confirmed: 0 },
    },
});

/** How the record of one act stands, for what depends on it; whoever asks says nothing of the act to anybody. */
export async function recordStandingOf(db: ReadDb, orgId: Id, id: Id, now: Instant): Promise<RecordStanding | undefined> {
    const row = await selectItems(db, orgId).where('a.id', '=', id).executeTakeFirst();
    if (row === undefined) return undefined;
    const parts = await partsOfActs(db, orgId, [row]);
    return recordOf(row, parts.get(id) ?? NO_PARTS, now);
}
