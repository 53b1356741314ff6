import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    BOARD_STATES,
    type BoardState,
    byClock,
    byDue,
    calendarNotes,
    DAY,
    dayOf,
    endsBeforeMorning,
    HOUR,
    type Id,
    type Instant,
    MINUTE,
    type ReminderParameters,
    remindersOf,
    type SecrecySubject,
    type ServerTime,
    shiftEndAfter,
    termState,
    timeOfDay,
    type WorkingHours,
    withExcuse,
    withStoringTerm,
} from '@liuhen/domain';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorAfter, cursorKeys } from '../../platform/page-cursor.ts';
import { calendarFor } from '../parameter/calendar.queries.ts';
import { parametersOf } from '../parameter/parameter.queries.ts';
import { owedByActs } from './board-acts.queries.ts';
import {
    checkedOut,
    excusesOf,
    filesOnTheirWay,
    type Hold,
    holdsSince,
    lateFiles,
    peopleOnBoard,
    unfiledSince,
} from './board-facts.queries.ts';

type Answer = ResponseOf<Endpoints['board.list']>;
type Item = Answer['items'][number];

const offsetShape = z.tuple([z.int().nonnegative()]);
/** A recorder that was checked and never heard of again is somebody's question for so long. */
const CHECK_REACH = 2 * DAY;
/** Files that lie so near an act may be what it lacks. */
const NEAR = 30 * MINUTE;

/** How the organisation reads the term and when its people are at work. */
export async function boardSettings(db: ReadDb, orgId: Id, now: Instant) {
    const of = await parametersOf(db, orgId);
    const count = (key: 'board.soonHours' | 'board.escalateHours' | 'board.lookBackDays') => Number(of(key, now).value);
    const [from, to] = [String(of('board.workFrom', now).value), String(of('board.workTo', now).value)];
    const calendar = await calendarFor(db, orgId);
    const hours: WorkingHours = { calendar, from: timeOfDay(from) ?? 0, to: timeOfDay(to) ?? DAY };
    const term = of('deadline.recordingUpload', now).value;
    return {
        termMs: withStoringTerm(term).storeWithinMs,
        soonMs: count('board.soonHours') * HOUR,
        since: now - count('board.lookBackDays') * DAY,
        reminders: { hours, escalateBefore: count('board.escalateHours') * HOUR } satisfies ReminderParameters,
        shown: { from, to },
        calendarUnsure: calendarNotes(calendar, dayOf(now), dayOf(now + 3 * DAY)).length > 0,
    };
}

type Settings = Awaited<ReturnType<typeof boardSettings>>;

/**
 * 附件1 第15条, before it is broken: everything that is known to have been recorded and is not here, what runs out next
 * first; and what came late until somebody has said why. Of secret acts only those who may see them are told (第12条).
 */
export async function listBoard(
    db: ReadDb,
    orgId: Id,
    query: QueryOf<Endpoints['board.list']>,
    reader: SecrecySubject,
    clock: ServerTime,
): Promise<Answer> {
    const { now } = clock;
    const settings = await boardSettings(db, orgId, now);
    const everything = await allItems(db, orgId, reader, clock, settings);
    const people = await peopleOnBoard(db, orgId);
    const chosen = everything.filter((item) => matches(item, query, people, clock));
    const counts = Object.fromEntries(
        BOARD_STATES.map((state) => [state, chosen.filter((item) => item.state === state).length]),
    ) as Record<BoardState, number>;
    const shown = chosen.filter((item) => (query.state === undefined ? item.state !== 'settled' : item.state === query.state));
    const owed = shown.filter((item) => item.kind !== 'stored');
    const [from] = cursorKeys(offsetShape, query.cursor) ?? [0];
    return {
        items: shown.slice(from, from + query.limit),
        next: shown.length > from + query.limit ? cursorAfter([from + query.limit]) : null,
        total: shown.length,
        counts,
        minutes: owed.reduce((sum, item) => sum + (item.minutes ?? 0), 0),
        officers: new Set(owed.flatMap((item) => item.person?.id ?? [])).size,
        escalated: shown.filter((item) => isEscalated(item, clock)).length,
        now: byClock(clock, now),
        termMs: settings.termMs,
        hours: settings.shown,
        calendarUnsure: settings.calendarUnsure,
    };
}

const isEscalated = ({ reminders, state }: Item, { now, trusted }: ServerTime): boolean =>
    trusted && state !== 'settled' && reminders.some(({ kind, at }) => kind === 'escalation' && at <= now);

function matches(
    item: Item,
    { kind, personId, deviceId, departmentId, mine, escalated }: QueryOf<Endpoints['board.list']>,
    people: Awaited<ReturnType<typeof peopleOnBoard>>,
    clock: ServerTime,
): boolean {
    return (
        (kind === undefined || item.kind === kind) &&
        (personId === undefined || item.person?.id === personId) &&
        (deviceId === undefined || item.device?.id === deviceId) &&
        (departmentId === undefined || people.get(item.person?.id ?? '')?.departmentId === departmentId) &&
        (mine === undefined || item.mine) &&
        (escalated === undefined || isEscalated(item, clock))
    );
}

async function allItems(db: ReadDb, orgId: Id, reader: SecrecySubject, clock: ServerTime, settings: Settings): Promise<Item[]> {
    const { now } = clock;
    const { since, termMs, soonMs } = settings;
    const people = await peopleOnBoard(db, orgId);
    const holds = await holdsSince(db, orgId, since);
    const unfiled = await unfiledSince(db, orgId, since);
    const excuses = await excusesOf(db, orgId, since);
    const rooms = await roomCameras(db, orgId);
    const personOf = (id: Id | null) => {
        const person = people.get(id ?? '');
        if (person === undefined) return { person: null, department: null, mine: false };
        const { id: personId, name, certificateNumber, department } = person;
        return { person: { id: personId, name, certificateNumber }, department, mine: personId === reader.personId };
    };
    const told = (endedAt: Instant, due: Instant) => {
        const reminders = remindersOf(endedAt, due, settings.reminders);
        return { reminders, tonight: endsBeforeMorning(reminders, due) };
    };
    const nothing = { act: null, recording: null, receivedAt: null, unfiled: 0, reminders: [], tonight: false, excuse: null };

    const owed = (await owedByActs(db, orgId, reader, { from: since, now })).map((of): Item => {
        const { act, personId, roomDeviceId, endedAt } = of;
        const due = endedAt + termMs;
        const excuse = excuses.get(`${act.id}/${personId}`) ?? null;
        const held = heldThen(holds, personId, of.from, endedAt);
        const room = rooms.find((each) => each.id === roomDeviceId);
        const device = held === undefined ? (room ?? null) : { id: held.deviceId, number: held.number };
        const near = unfiled.filter(
            (file) =>
                (file.personId === personId || (device !== null && file.deviceId === device.id)) &&
                file.start < endedAt + NEAR &&
                file.end > of.from - NEAR,
        );
        return {
            ...nothing,
            key: `act/${act.id}/${personId ?? roomDeviceId ?? 'room'}`,
            kind: 'act',
            state: withExcuse(termState(due, clock, soonMs), excuse?.state ?? null),
            ...personOf(personId),
            device,
            act,
            minutes: Math.ceil(of.ms / MINUTE),
            endedAt,
            due,
            unfiled: near.length,
            ...told(endedAt, due),
            excuse,
        };
    });

    const uploads = (await filesOnTheirWay(db, orgId)).map(({ id, name, deviceId, personId, startedAt }): Item => {
        const device = [...holds.map((each) => ({ id: each.deviceId, number: each.number })), ...rooms].find(
            (each) => each.id === deviceId,
        );
        const holder = holds.find(
            (each) =>
                each.deviceId === deviceId &&
                startedAt !== null &&
                each.from <= startedAt &&
                (each.until === null || each.until > startedAt),
        );
        // It ended later than it began: the term runs at least so long.
        const due = startedAt === null ? null : startedAt + termMs;
        return {
            ...nothing,
            key: `upload/${id}`,
            kind: 'upload',
            state: termState(due, clock, soonMs),
            ...personOf(holder?.personId ?? personId),
            device: device ?? null,
            recording: { id, name },
            minutes: null,
            endedAt: startedAt,
            due,
            ...(startedAt === null || due === null ? {} : told(startedAt, due)),
        };
    });

    const out = (await checkedOut(db, orgId, now - CHECK_REACH)).flatMap(({ id, personId, device, at }): Item[] => {
        const shiftEnd = shiftEndAfter(at, settings.reminders.hours) ?? at;
        // While the shift runs nothing has to be here; whether it runs is said by the clock.
        if (clock.trusted && now < shiftEnd) return [];
        const item = {
            ...nothing,
            key: `check/${id}`,
            kind: 'check' as const,
            state: byClock(clock, 'noTerm' as const),
            ...personOf(personId),
        };
        return [{ ...item, device, minutes: null, endedAt: at, due: null, reminders: [{ kind: 'shiftEnd', at: shiftEnd }] }];
    });

    const stored = (await lateFiles(db, orgId, reader, { from: since, termMs })).map((file): Item => {
        const excuse = excuses.get(file.recording.id) ?? null;
        return {
            ...nothing,
            key: `stored/${file.recording.id}`,
            kind: 'stored',
            state: withExcuse(file.standing, excuse?.state ?? null),
            ...personOf(file.personId),
            device: file.device,
            act: file.act,
            recording: file.recording,
            minutes: Math.ceil(file.ms / MINUTE),
            endedAt: file.endedAt,
            due: file.endedAt + termMs,
            receivedAt: file.receivedAt,
            excuse,
        };
    });
    return [...owed, ...uploads, ...out, ...stored].sort(byDue);
}

const heldThen = (holds: readonly Hold[], personId: Id | null, from: Instant, to: Instant): Hold | undefined =>
    holds.find((each) => each.personId === personId && each.from < to && (each.until === null || each.until > from));

const roomCameras = (db: ReadDb, orgId: Id) =>
    db.selectFrom('device').select(['id', 'number']).where('org_id', '=', orgId).where('kind', '=', 'roomCamera').execute();
