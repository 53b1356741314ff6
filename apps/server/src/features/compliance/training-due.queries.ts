import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    countsAsTrained,
    endOfPeriod,
    type Id,
    type Instant,
    needTrustedClock,
    type ServerTime,
    startOfDay,
    TRAINING_TOPICS,
    type TrainingTopic,
    topicsFor,
    trainingState,
} from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { containing, searchWords } from '../../platform/search.ts';
import { calendarFor } from '../parameter/calendar.queries.ts';
import { parametersOf } from '../parameter/parameter.queries.ts';

type Item = ResponseOf<Endpoints['training.due']>['items'][number];
const CURSOR = z.tuple([z.int().min(0)]);

/** Who is here and has to be trained in what, by name; the terms are those in force now. */
export async function listTrainingDue(
    db: ReadDb,
    orgId: Id,
    query: QueryOf<Endpoints['training.due']>,
    time: ServerTime,
): Promise<ResponseOf<Endpoints['training.due']>> {
    if (query.state === 'expired' || query.state === 'trained') needTrustedClock(time);
    const last = await lastTrainings(db, orgId);
    const untilOf = await untilDays(db, orgId, time.now);
    const found = (await peopleOf(db, orgId, query)).flatMap(({ person, department, topics }) =>
        topics.map((topic): Item => {
            const lastDay = last.get(`${person.id}_${topic}`) ?? null;
            const untilDay = lastDay === null ? null : untilOf(topic, lastDay);
            return {
                id: `${person.id}_${topic}`,
                person,
                department,
                topic,
                state: trainingState(untilDay, time),
                lastDay,
                untilDay,
            };
        }),
    );
    const wanted = found.filter(
        ({ topic, state }) =>
            (query.topic === undefined || topic === query.topic) && (query.state === undefined || state === query.state),
    );
    const [from = 0] = cursorKeys(CURSOR, query.cursor) ?? [];
    const rest = wanted.map((item, index) => ({ item, index })).slice(from, from + query.limit + 1);
    const { rows, next } = pageOf(rest, query.limit, ({ index }) => [index + 1]);
    return { items: rows.map(({ item }) => item), next, total: wanted.length };
}

async function peopleOf(db: ReadDb, orgId: Id, { q, departmentId }: QueryOf<Endpoints['training.due']>) {
    let people = db
        .selectFrom('person as p')
        .leftJoin('department as d', 'd.id', 'p.department_id')
        .where('p.org_id', '=', orgId)
        .where('p.left_at', 'is', null);
    for (const word of searchWords(q)) people = people.where(containing('p.search_text', word));
    if (departmentId !== undefined) people = people.where('p.department_id', '=', departmentId);
    const rows = await people
        .select(['p.id', 'p.name', 'p.kind', 'p.certificate_number as certificateNumber', 'd.name as department'])
        .orderBy(sql`p.name collate "zh-Hans-CN-x-icu"`)
        .orderBy('p.id')
        .execute();
    const granted = await db
        .selectFrom('role_grant')
        .select(['person_id', 'role'])
        .where('org_id', '=', orgId)
        .where('ended_at', 'is', null)
        .execute();
    const roles = Map.groupBy(granted, (each) => each.person_id);
    return rows.map(({ kind, department, ...person }) => ({
        person,
        department,
        topics: topicsFor(
            kind,
            (roles.get(person.id) ?? []).map(({ role }) => role),
        ),
    }));
}

/** Last day of the latest training that counts, by person and topic. */
async function lastTrainings(db: ReadDb, orgId: Id): Promise<ReadonlyMap<string, string>> {
    const rows = await db
        .selectFrom('training_attendance as a')
        .innerJoin('training as t', 't.id', 'a.training_id')
        .select(['a.person_id', 'a.result', 't.topics', 't.to_day'])
        .where('a.org_id', '=', orgId)
        .where('a.removed_at', 'is', null)
        .where('t.cancelled_at', 'is', null)
        .orderBy('t.to_day')
        .execute();
    return new Map(
        rows
            .filter(({ result }) => countsAsTrained(result))
            .flatMap(({ person_id, topics, to_day }) => topics.map((topic) => [`${person_id}_${topic}`, to_day] as const)),
    );
}

async function untilDays(db: ReadDb, orgId: Id, now: Instant) {
    const parameters = await parametersOf(db, orgId);
    const calendar = await calendarFor(db, orgId);
    const terms = Object.fromEntries(
        TRAINING_TOPICS.map((topic) => [topic, parameters(`training.${topic}Term`, now).value]),
    ) as Record<TrainingTopic, ReturnType<typeof parameters<'training.recorderTerm'>>['value']>;
    return (topic: TrainingTopic, lastDay: string): string => {
        const term = terms[topic];
        if (term === null) throw new Error(`no term for ${topic}`);
        const end = endOfPeriod(startOfDay(lastDay), term, { calendar });
        if (end.state !== 'running') throw new Error('a term without exclusions runs');
        return end.lastDay;
    };
}
