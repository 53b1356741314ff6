import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    type ComparedOrder,
    type Comparison,
    compareSheets,
    DomainError,
    type HandedIn,
    type Id,
    isChosen,
    readsHandedIn,
    type SecrecySubject,
    summaryOf,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { pageWithin } from '../../platform/page-cursor.ts';
import { seesAct } from '../act/act-visibility.queries.ts';
import { sheetsToHandIn } from './independence.queries.ts';
import { inspectionById, namesIn } from './inspection.queries.ts';
import type { Reach } from './reach.queries.ts';
import { answersIn, correctionsOfSheets, type SheetRow, schemeIn } from './sheet.queries.ts';

type Page = ResponseOf<Endpoints['inspection.compared']>;
type Item = Page['items'][number];
type Beside = ResponseOf<Endpoints['inspectionSheet.compare']>;
type Reader = SecrecySubject & { readonly reach: Reach };

/** The other handed-in sheets about the act of a handed-in sheet, the newest first. */
export async function compareSheet(db: ReadDb, reader: Reader, id: Id): Promise<Beside> {
    const { own } = reader.reach;
    const row = await db.selectFrom('inspection_sheet').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined || (row.org_id !== own && row.act_org_id !== own)) throw new DomainError('inspection.sheetNotFound');
    const campaign = await inspectionById(db, own, row.inspection_id);
    if (row.state !== 'finished') throw new DomainError('inspection.notFinished');
    const toHandIn = await sheetsToHandIn(db, reader.personId);
    // Also on a sheet of the own: the others would be read for the one that is open.
    if (toHandIn.has(row.act_id)) return { others: [], withheld: true };
    const shown = await actsShown(db, reader, [row.act_id]);
    const others = shown.length === 0 ? [] : await handedInAbout(db, reader, shown, row.inspection_id);
    const handedIn = await handedInOf(db, [...others, { ...row, scheme: campaign.scheme }]);
    const here = handedIn(row.id);
    return {
        others: others
            .toSorted((a, b) => (b.closed_at ?? 0) - (a.closed_at ?? 0))
            .map((other) => {
                const { items, ...scores } = compareSheets(here, handedIn(other.id));
                return {
                    ...scores,
                    inspection: aboutOf(other),
                    sheetId: pageOfReader(own, other),
                    closedAt: other.closed_at ?? 0,
                    remark: other.remark,
                    items: items.map(({ key, state, ...sides }) => ({ key, state, ...sides })),
                };
            }),
        withheld: false,
    };
}

/** Acts that were reviewed here and in another inspection, both handed in, as far as the reader may read both. */
export async function listCompared(db: ReadDb, reader: Reader, query: QueryOf<Endpoints['inspection.compared']>): Promise<Page> {
    const { own } = reader.reach;
    const row = await inspectionById(db, own, query.inspectionId);
    let finished = db
        .selectFrom('inspection_sheet')
        .selectAll()
        .where('inspection_id', '=', row.id)
        .where('state', '=', 'finished');
    if (row.org_id !== own) finished = finished.where('act_org_id', '=', own);
    const sheets = new Map((await finished.execute()).map((each) => [each.act_id, each]));
    const acts = await actsShown(db, reader, [...sheets.keys()]);
    const found = acts.length === 0 ? [] : await handedInAbout(db, reader, acts, row.id);
    const toHandIn = await sheetsToHandIn(db, reader.personId);
    const told = found.filter((each) => !toHandIn.has(each.act_id));
    const handedIn = await handedInOf(db, [...told, ...[...sheets.values()].map((each) => ({ ...each, scheme: row.scheme }))]);
    const names = namesIn(row);
    const pairs = told
        .filter((each) => query.withId === undefined || each.inspection_id === query.withId)
        .flatMap((other): Pair[] => {
            const sheet = sheets.get(other.act_id);
            if (sheet === undefined) return [];
            const comparison = compareSheets(handedIn(sheet.id), handedIn(other.id));
            return [{ comparison, item: itemOf(own, sheet, other, comparison, names.get(sheet.act_org_id) ?? '') }];
        });
    const chosen = pairs.filter(({ comparison }) => query.choice === undefined || isChosen(comparison, query.choice));
    const items = inOrder(chosen, query.order).map(({ item }) => item);
    return {
        ...pageWithin(items, query),
        total: items.length,
        others: [...new Map(told.map((each) => [each.inspection_id, aboutOf(each)])).values()],
        summary: {
            acts: new Set(pairs.map(({ item }) => item.sheetId)).size,
            ...summaryOf(pairs.map(({ comparison }) => comparison)),
        },
        withheld: new Set(found.flatMap(({ act_id }) => (toHandIn.has(act_id) ? [act_id] : []))).size,
    };
}

/**
 * Of acts those of which the reader may see more than a number (附件1 第12条): what is secret now, of the own organisation only and by those
 * who may see it there, whatever it was when it was drawn.
 */
async function actsShown(db: ReadDb, reader: Reader, acts: readonly Id[]): Promise<Id[]> {
    if (acts.length === 0) return [];
    const rows = await db
        .selectFrom('act as a')
        .select('a.id')
        .where('a.id', 'in', acts)
        .where((of) => of.or([of('a.secrecy', 'is', null), of.and([of('a.org_id', '=', reader.reach.own), seesAct(reader)])]))
        .execute();
    return rows.map((each) => each.id);
}

/** What other inspections handed in about these acts: never open sheets, nor what the reader's organisation may not read. */
async function handedInAbout(db: ReadDb, { reach }: Reader, acts: readonly Id[], apart: Id) {
    const rows = await db
        .selectFrom('inspection_sheet as s')
        .innerJoin('inspection as i', 'i.id', 's.inspection_id')
        .innerJoin('organisation as o', 'o.id', 'i.org_id')
        .selectAll('s')
        .select(['i.number', 'i.title', 'i.scheme', 'o.name as by'])
        .where('s.act_id', 'in', acts)
        .where('s.inspection_id', '<>', apart)
        .where('s.state', '=', 'finished')
        .where('i.state', 'in', ['drawn', 'ended'])
        .orderBy('i.number')
        .execute();
    return rows.filter((each) =>
        readsHandedIn(reach.own, reach.inspectable, { organisation: each.org_id, actOrganisation: each.act_org_id }),
    );
}
type Other = Awaited<ReturnType<typeof handedInAbout>>[number];

/** Sheets as they are compared, by their ids. */
async function handedInOf(
    db: ReadDb,
    sheets: readonly Pick<Other, 'id' | 'answers' | 'scheme'>[],
): Promise<(id: Id) => HandedIn> {
    const corrected = await correctionsOfSheets(
        db,
        sheets.map((each) => each.id),
    );
    const all = new Map(
        sheets.map((each) => [
            each.id,
            { scheme: schemeIn(each), answers: answersIn(each), corrected: corrected.get(each.id) ?? [] },
        ]),
    );
    return (id) => all.get(id) ?? { scheme: [], answers: [], corrected: [] };
}

const aboutOf = ({ inspection_id, number, title, org_id, by }: Other) => ({
    ...{ id: inspection_id, number, title },
    by: { id: org_id, name: by },
});

/** What a district inspects for itself is no page of the city's: it is told beside the own sheet. */
const pageOfReader = (own: Id, { id, org_id, act_org_id }: Pick<SheetRow, 'id' | 'org_id' | 'act_org_id'>): Id | null =>
    org_id === own || act_org_id === own ? id : null;

type Pair = { readonly comparison: Comparison; readonly item: Item };

const itemOf = (own: Id, sheet: SheetRow, other: Other, of: Comparison, organisation: string): Item => ({
    ...{ here: of.here, there: of.there, difference: of.difference, sameScheme: of.sameScheme, differing: of.differing },
    ...{ sheetId: sheet.id, place: sheet.place, number: sheet.act_number, organisation, scenario: sheet.scenario },
    other: aboutOf(other),
    otherSheetId: pageOfReader(own, other),
    shared: of.items.length,
    alike: of.alike === null ? null : of.alike.there - of.alike.here,
});

/** What has no score, or no difference, comes last. */
function inOrder(pairs: readonly Pair[], order: ComparedOrder): Pair[] {
    const key = ({ item }: Pair): number => {
        if (order === 'largest') return item.difference === null ? 1 : -Math.abs(item.difference);
        if (order === 'lowestHere') return item.here ?? Number.MAX_SAFE_INTEGER;
        return order === 'lowestThere' ? (item.there ?? Number.MAX_SAFE_INTEGER) : item.place;
    };
    return pairs.toSorted((a, b) => key(a) - key(b) || a.item.place - b.item.place);
}
