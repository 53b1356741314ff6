import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import { type Id, isWithheld, officerScores, organisationScore, type Role, type SecrecySubject } from '@liuhen/domain';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf, pageWithin } from '../../platform/page-cursor.ts';
import { sheetsToHandIn } from './independence.queries.ts';
import { inspectionById, namesIn, rulesIn } from './inspection.queries.ts';
import { peopleById } from './reach.queries.ts';
import { correctionsOf, officersIn, resultIn, schemeIn, scoredOf, scoreOf } from './sheet.queries.ts';

type Scores = ResponseOf<Endpoints['inspection.scores']>;

const sheetsOf = (db: ReadDb, inspectionId: Id) =>
    db.selectFrom('inspection_sheet').selectAll().where('inspection_id', '=', inspectionId).orderBy('place');

/** The sheets of what was drawn, in the order drawn: all of them for who inspects, its own for an inspected organisation. */
export async function listSheets(
    db: ReadDb,
    own: Id,
    query: QueryOf<Endpoints['inspection.sheets']>,
    personId: Id,
): Promise<ResponseOf<Endpoints['inspection.sheets']>> {
    const id = query.inspectionId;
    const row = await inspectionById(db, own, id);
    let all = sheetsOf(db, id);
    if (row.org_id !== own) all = all.where('act_org_id', '=', own);
    if (query.state !== undefined) all = all.where('state', '=', query.state);
    if (query.mine !== undefined) all = all.where('reviewer_id', '=', personId);
    const { total } = await all
        .clearSelect()
        .clearOrderBy()
        .select((of) => of.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
    const [after = 0] = cursorKeys(z.tuple([z.int()]), query.cursor) ?? [];
    const found = await all
        .where('place', '>', after)
        .limit(query.limit + 1)
        .execute();
    const { rows, next } = pageOf(found, query.limit, (each) => [each.place]);
    const ids = rows.map((each) => each.id);
    const corrected = await correctionsOf(db, id);
    const waiting = await waitingOf(db, ids);
    // Who reviews is told to the organisation that inspects; the reviewed one learns it from nobody.
    const people = await peopleById(db, row.org_id === own ? rows.map((each) => each.reviewer_id) : []);
    const names = namesIn(row);
    const unrecorded = new Set(row.unrecorded ?? []);
    const toHandIn = await sheetsToHandIn(db, personId);
    const withheld = (each: (typeof rows)[number]) =>
        each.state === 'finished' && isWithheld({ reviewerId: each.reviewer_id, actId: each.act_id }, { personId, toHandIn });
    const scheme = schemeIn(row);
    return {
        items: rows.map((each) => ({
            id: each.id,
            place: each.place,
            actId: each.act_id,
            number: each.act_number,
            organisation: names.get(each.act_org_id) ?? '',
            scenario: each.scenario,
            stratum: each.stratum,
            secret: each.secret_act,
            recorded: each.secret_act ? null : !unrecorded.has(each.act_id),
            reviewer: people.get(each.reviewer_id ?? '')?.name ?? null,
            state: each.state,
            score: withheld(each) ? null : (scoreOf(scheme, each, corrected.get(each.id)) ?? null),
            withheld: withheld(each),
            skipReason: each.skip_reason,
            openRectifications: waiting.rectifications.get(each.id) ?? 0,
            appealWaiting: waiting.appeals.has(each.id),
        })),
        next,
        total,
    };
}

async function waitingOf(db: ReadDb, sheets: readonly Id[]) {
    if (sheets.length === 0) return { rectifications: new Map<Id, number>(), appeals: new Set<Id>() };
    const rectifications = await db
        .selectFrom('inspection_rectification')
        .select(['sheet_id', (of) => of.fn.countAll<number>().as('count')])
        .where('sheet_id', 'in', sheets)
        .where('state', '<>', 'done')
        .groupBy('sheet_id')
        .execute();
    const appeals = await db
        .selectFrom('inspection_appeal')
        .select('sheet_id')
        .where('sheet_id', 'in', sheets)
        .where('state', '=', 'waiting')
        .execute();
    return {
        rectifications: new Map(rectifications.map((each) => [each.sheet_id, each.count])),
        appeals: new Set(appeals.map((each) => each.sheet_id)),
    };
}

/** Who reads the scores of all officers of the own organisation; others read their own. */
const READS_OFFICERS: readonly Role[] = ['inspector', 'sectionHead', 'instituteHead', 'agencyHead'];

/**
 * Scores as they stand now. An inspected organisation reads its own beside that of all together (统一领导、分级管理), and of its
 * officers; an officer reads the own one. Acts that are secret count for their organisation and for no officer, whose part in
 * them nobody else learns (附件1 第12条).
 */
export async function listScores(
    db: ReadDb,
    reader: SecrecySubject & { readonly organisationId: Id },
    query: QueryOf<Endpoints['inspection.scores']>,
): Promise<Scores> {
    const own = reader.organisationId;
    const id = query.inspectionId;
    const row = await inspectionById(db, own, id);
    const isOwner = row.org_id === own;
    // Means of a few acts tell the points of single ones: whoever is to review one of them for another inspection reads them without it.
    const reading = { personId: reader.personId, toHandIn: await sheetsToHandIn(db, reader.personId) };
    const all = await sheetsOf(db, id).execute();
    const sheets = all.filter(
        (each) => each.state !== 'finished' || !isWithheld({ reviewerId: each.reviewer_id, actId: each.act_id }, reading),
    );
    const corrected = await correctionsOf(db, id);
    const scheme = schemeIn(row);
    const scored = sheets.flatMap((each) => {
        const score = scoreOf(scheme, each, corrected.get(each.id));
        return score === undefined ? [] : [scoredOf(each, score)];
    });
    const shares = resultIn(row)?.shares ?? [];
    const { organisations } = rulesIn(row);
    const skipped = (of?: Id) =>
        sheets.filter((each) => each.state === 'skipped' && (of === undefined || each.act_org_id === of)).length;
    const line = (name: string, of?: Id): Scores['items'][number] => ({
        kind: of === undefined ? 'all' : 'organisation',
        name,
        organisation: name,
        certificateNumber: null,
        acts: scored.filter((each) => of === undefined || each.organisation === of).length,
        skipped: skipped(of),
        score: organisationScore(shares, scored, of) ?? null,
    });
    const readsOfficers = reader.roles.some((role) => READS_OFFICERS.includes(role));
    const officers = new Map(
        sheets
            .filter((each) => isOwner || each.act_org_id === own)
            .flatMap((each) => officersIn(each).map((officer) => [officer.id, { ...officer, of: each.act_org_id }] as const)),
    );
    const names = new Map(organisations.map((each) => [each.id, each.name]));
    const officerLines = [...officerScores(scored)].flatMap(([person, { score, acts }]) => {
        const officer = officers.get(person);
        if (officer === undefined || !(readsOfficers || person === reader.personId)) return [];
        const { name, certificateNumber, of } = officer;
        return [
            { kind: 'officer' as const, name, organisation: names.get(of) ?? '', certificateNumber, acts, skipped: 0, score },
        ];
    });
    const items = [
        ...(organisations.length > 1 ? [line('')] : []),
        ...organisations.filter((each) => isOwner || each.id === own).map((each) => line(each.name, each.id)),
        ...officerLines.sort((a, b) => b.score - a.score || a.name.localeCompare(b.name, 'zh-Hans-CN')),
    ];
    const withheld = all.length - sheets.length;
    return { ...pageWithin(items, query), total: items.length, withheld };
}
