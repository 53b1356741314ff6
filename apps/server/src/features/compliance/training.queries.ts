import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import { DomainError, type Id, permissionsOf, type Subject } from '@liuhen/domain';
import { type ExpressionBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { containing, searchWords } from '../../platform/search.ts';
import type { DB } from '../../schema/db.generated.ts';

type Item = ResponseOf<Endpoints['training.list']>['items'][number];

const CURSOR = z.tuple([z.string().max(10), z.uuid()]);

/** The own organisation first, then those below it. */
export type TrainingReader = { readonly own: Id; readonly organisations: readonly { id: Id; name: string }[] };

const trainingsOf = (db: ReadDb, organisations: readonly { id: Id }[]) =>
    db
        .selectFrom('training as t')
        .innerJoin('organisation as u', 'u.id', 't.org_id')
        .where('t.org_id', '=', (of) => of.fn.any(of.val(organisations.map(({ id }) => id))));

const selectItems = (from: ReturnType<typeof trainingsOf>) =>
    from
        .select(['t.id', 't.title', 't.topics', 't.from_day as fromDay', 't.to_day as toDay', 't.minutes', 't.trainer'])
        .select(['t.cancelled_at', 't.cancelled_why', 'u.id as organisationId', 'u.name as organisationName'])
        .select((each) => [countOf(each, false).as('attended'), countOf(each, true).as('failed')]);

type Each = ExpressionBuilder<DB & { t: DB['training']; u: DB['organisation'] }, 't' | 'u'>;
/** How many stand as having attended; of those, how many failed the test. */
function countOf(each: Each, failed: boolean) {
    const standing = each
        .selectFrom('training_attendance as a')
        .whereRef('a.training_id', '=', 't.id')
        .where('a.removed_at', 'is', null)
        .select((count) => count.fn.countAll<number>().as('count'));
    return failed ? standing.where('a.result', '=', 'failed') : standing;
}

type Row = Awaited<ReturnType<ReturnType<typeof selectItems>['executeTakeFirstOrThrow']>>;
const itemOf = (
    own: Id,
    { cancelled_at, cancelled_why, attended, failed, organisationId, organisationName, ...row }: Row,
): Item => ({
    ...row,
    organisation: { id: organisationId, name: organisationName },
    own: organisationId === own,
    attended: attended ?? 0,
    failed: failed ?? 0,
    cancelled: cancelled_at === null || cancelled_why === null ? null : { at: cancelled_at, why: cancelled_why },
});

export async function listTrainings(
    db: ReadDb,
    { own, organisations }: TrainingReader,
    query: QueryOf<Endpoints['training.list']>,
): Promise<ResponseOf<Endpoints['training.list']>> {
    let found = trainingsOf(
        db,
        organisations.filter(({ id }) => query.organisationId === undefined || id === query.organisationId),
    );
    for (const word of searchWords(query.q)) found = found.where(containing('t.search_text', word));
    if (query.topic !== undefined) found = found.where(sql<boolean>`${query.topic} = any (t.topics)`);
    if (query.from !== undefined) found = found.where('t.to_day', '>=', query.from);
    if (query.to !== undefined) found = found.where('t.from_day', '<=', query.to);
    const { total } = await found.select((each) => each.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const [day, id] = cursorKeys(CURSOR, query.cursor) ?? [];
    const rows = await selectItems(found)
        .$if(id !== undefined, (some) => some.where(sql<boolean>`(t.from_day, t.id) < (${day}, ${id}::uuid)`))
        .orderBy('t.from_day', 'desc')
        .orderBy('t.id', 'desc')
        .limit(query.limit + 1)
        .execute();
    const page = pageOf(rows, query.limit, (row) => [row.fromDay, row.id]);
    const seen = organisations.map(({ id: organisationId, name }) => ({ id: organisationId, name }));
    return { items: page.rows.map((row) => itemOf(own, row)), next: page.next, total, organisations: seen };
}

/** `training.notFound` */
export async function getTraining(
    db: ReadDb,
    { own, organisations }: TrainingReader,
    id: Id,
): Promise<ResponseOf<Endpoints['training.get']>> {
    const row = await selectItems(trainingsOf(db, organisations)).where('t.id', '=', id).executeTakeFirst();
    const more = await trainingsOf(db, organisations)
        .innerJoin('person as p', 'p.id', 't.recorded_by')
        .select([
            't.note',
            't.recorded_at as recordedAt',
            'p.id as personId',
            'p.name',
            'p.certificate_number as certificateNumber',
        ])
        .where('t.id', '=', id)
        .executeTakeFirst();
    if (row === undefined || more === undefined) throw new DomainError('training.notFound');
    const attendees = await db
        .selectFrom('training_attendance as a')
        .innerJoin('person as p', 'p.id', 'a.person_id')
        .select(['a.id', 'a.result', 'a.tested_day as testedDay', 'a.score'])
        .select(['p.id as personId', 'p.name', 'p.certificate_number as certificateNumber'])
        .where('a.training_id', '=', id)
        .where('a.removed_at', 'is', null)
        .orderBy(sql`p.name collate "zh-Hans-CN-x-icu"`)
        .orderBy('a.id')
        .execute();
    const { personId, name, certificateNumber, ...rest } = more;
    return {
        ...itemOf(own, row),
        ...rest,
        recordedBy: { id: personId, name, certificateNumber },
        attendees: attendees.map(({ personId: of, name: called, certificateNumber: number, ...each }) => ({
            ...each,
            person: { id: of, name: called, certificateNumber: number },
        })),
    };
}

/** What somebody attended, the latest first. `access.denied` about others, unless one looks after trainings. */
export async function listAttended(
    db: ReadDb,
    subject: Subject,
    query: QueryOf<Endpoints['training.attended']>,
): Promise<ResponseOf<Endpoints['training.attended']>> {
    const personId = query.personId ?? subject.personId;
    if (personId !== subject.personId && !permissionsOf(subject.roles).includes('training.view'))
        throw new DomainError('access.denied');
    const found = db
        .selectFrom('training_attendance as a')
        .innerJoin('training as t', 't.id', 'a.training_id')
        .where('a.org_id', '=', subject.organisationId)
        .where('a.person_id', '=', personId)
        .where('a.removed_at', 'is', null)
        .where('t.cancelled_at', 'is', null);
    const { total } = await found.select((each) => each.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const [day, id] = cursorKeys(CURSOR, query.cursor) ?? [];
    const rows = await found
        .select(['a.id', 'a.result', 'a.tested_day as testedDay', 'a.score'])
        .select(['t.id as trainingId', 't.title', 't.topics', 't.from_day as fromDay', 't.to_day as toDay', 't.minutes'])
        .$if(id !== undefined, (some) => some.where(sql<boolean>`(t.from_day, a.id) < (${day}, ${id}::uuid)`))
        .orderBy('t.from_day', 'desc')
        .orderBy('a.id', 'desc')
        .limit(query.limit + 1)
        .execute();
    const page = pageOf(rows, query.limit, (row) => [row.fromDay, row.id]);
    const items = page.rows.map(({ id: own, result, testedDay, score, trainingId, ...training }) => ({
        id: own,
        training: { id: trainingId, ...training },
        result,
        testedDay,
        score,
    }));
    return { items, next: page.next, total };
}
