import {
    type AcceptedExcuse,
    type ActRuleFacts,
    type ActState,
    type BeforeUseCheck,
    DAY,
    dayOf,
    type Id,
    type Instant,
    type ScenarioKey,
    startOfDay,
    statementInputOf,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { factsOf, itemsOf, type LoadedAct, selectItems } from '../act/act-list.queries.ts';

/** An act with all that its rules look at. */
export type ActForRules = {
    readonly id: Id;
    readonly number: string;
    readonly state: ActState;
    readonly scenario: ScenarioKey;
    readonly startsAt: Instant;
    readonly endsAt: Instant;
    /** The first officer: who answers what is nobody's in particular. */
    readonly leadId: Id | null;
    readonly officers: readonly Id[];
    readonly facts: ActRuleFacts;
};

/** The facts of acts for their rules, all at once, whoever may see them: a rule says nothing of them to anybody. */
export async function actsForRules(db: ReadDb, orgId: Id, ids: readonly Id[], now: Instant): Promise<ActForRules[]> {
    if (ids.length === 0) return [];
    const rows = await selectItems(db, orgId).where('a.id', 'in', ids).execute();
    const loaded = await itemsOf(
        db,
        orgId,
        rows.map((row) => ({ ...row, visible: true })),
        now,
    );
    const checks = await checksOf(db, loaded);
    const excuses = await excusesOf(
        db,
        loaded.flatMap((each) => each.recordings.map((recording) => recording.id)),
    );
    return rows.flatMap((row, at) => {
        const parts = loaded[at];
        if (parts === undefined) return [];
        const { now: _, ...statement } = statementInputOf(factsOf(row, parts), now, row.number);
        const officers = parts.participants.flatMap((each) =>
            each.part === 'officer' && each.personId !== null ? [each.personId] : [],
        );
        const devices = new Set(parts.recordings.flatMap((each) => each.device?.id ?? []));
        const own = new Set(parts.recordings.map((each) => each.id));
        const [from, to] = [startOfDay(dayOf(row.startsAt)), row.endsAt];
        return [
            {
                ...{ id: row.id, number: row.number, state: row.state, scenario: row.scenario },
                ...{ startsAt: row.startsAt, endsAt: row.endsAt, leadId: officers[0] ?? null, officers },
                facts: {
                    statement,
                    closed: row.state === 'closed',
                    partyId: row.partyId,
                    speechRequired: parts.speechRequired,
                    marked: [...new Set(parts.marks.filter((each) => each.withdrawn === null).map((each) => each.kind))],
                    checks: checks.filter(
                        (each) => devices.has(each.deviceId) && each.checkedAt >= from && each.checkedAt < to + DAY,
                    ),
                    excuses: excuses.filter((each) => own.has(each.recordingId)),
                },
            },
        ];
    });
}

/** Checks before use of the recorders that recorded these acts, on the days of the acts (附件1 第7条). */
async function checksOf(db: ReadDb, acts: readonly LoadedAct[]): Promise<BeforeUseCheck[]> {
    const devices = [...new Set(acts.flatMap((each) => each.recordings.flatMap((recording) => recording.device?.id ?? [])))];
    const times = acts.flatMap(({ item }) => (item.startsAt === null ? [] : [item.startsAt]));
    if (devices.length === 0 || times.length === 0) return [];
    const rows = await db
        .selectFrom('device_check')
        .select(['id', 'device_id as deviceId', 'checked_at as checkedAt'])
        .select(['no_fault', 'time_right', 'battery_enough', 'space_enough'])
        .where('device_id', 'in', devices)
        .where('checked_at', '>=', startOfDay(dayOf(Math.min(...times))))
        .where('checked_at', '<', Math.max(...times) + 2 * DAY)
        .orderBy('checked_at')
        .orderBy('id')
        .execute();
    return rows.map(({ no_fault, time_right, battery_enough, space_enough, ...row }) => ({
        ...row,
        passed: no_fault && time_right && battery_enough && space_enough,
    }));
}

async function excusesOf(db: ReadDb, recordings: readonly Id[]): Promise<AcceptedExcuse[]> {
    if (recordings.length === 0) return [];
    const rows = await db
        .selectFrom('late_excuse')
        .select(['id', 'recording_id', 'words'])
        .where('recording_id', 'in', recordings)
        .where('state', '=', 'accepted')
        .orderBy('id')
        .execute();
    return rows.flatMap(({ id, recording_id, words }) =>
        recording_id === null ? [] : [{ id, recordingId: recording_id, words }],
    );
}
