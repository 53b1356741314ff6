import { DEVICE_ZONES, exactly, type Id, type Instant, type SecrecySubject, storedStanding, timeInName } from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { parseMetadata } from '../../platform/uploads/metadata.ts';
import { seesAct } from '../act/act-visibility.queries.ts';
import { TRUE_TIME, trueTimeOf } from '../recording/recording-times.queries.ts';

export type PersonRef = { id: Id; name: string; certificateNumber: string | null };
export type PersonOnBoard = PersonRef & { department: string | null; departmentId: Id | null };

export async function peopleOnBoard(db: ReadDb, orgId: Id): Promise<Map<Id, PersonOnBoard>> {
    const rows = await db
        .selectFrom('person as p')
        .leftJoin('department as t', 't.id', 'p.department_id')
        .select(['p.id', 'p.name', 'p.certificate_number as certificateNumber'])
        .select(['t.name as department', 't.id as departmentId'])
        .where('p.org_id', '=', orgId)
        .execute();
    return new Map(rows.map((row) => [row.id, row]));
}

export type Hold = { deviceId: Id; number: string; personId: Id; from: Instant; until: Instant | null };

/** Who had which recorder since some day, by the register of issues. */
export const holdsSince = (db: ReadDb, orgId: Id, from: Instant): Promise<Hold[]> =>
    db
        .selectFrom('device_issue as i')
        .innerJoin('device as d', 'd.id', 'i.device_id')
        .select(['d.id as deviceId', 'd.number', 'i.person_id as personId', 'i.issued_at as from', 'i.returned_at as until'])
        .where('i.org_id', '=', orgId)
        .where('d.kind', '=', 'recorder')
        .where((of) => of.or([of('i.returned_at', 'is', null), of('i.returned_at', '>=', from)]))
        .orderBy('i.issued_at', 'desc')
        .execute();

/** Unfiled originals of some days: what an act owes may be among them. */
export const unfiledSince = (db: ReadDb, orgId: Id, from: Instant) =>
    db
        .selectFrom('recording')
        .select(['id', 'person_id as personId', 'device_id as deviceId'])
        .select(sql<number>`coalesce(true_start, device_start)`.as('start'))
        .select(sql<number>`coalesce(true_end, device_end, device_start + 1)`.as('end'))
        .where('org_id', '=', orgId)
        .where('role', '=', 'original')
        .where('state', '<>', 'quarantined')
        .where('act_id', 'is', null)
        .where('device_start', '>=', from)
        .execute();

export type LateFile = {
    recording: { id: Id; name: string };
    personId: Id | null;
    device: { id: Id; number: string } | null;
    act: { id: Id; number: string; place: string; party: string | null } | null;
    endedAt: Instant;
    receivedAt: Instant;
    ms: number;
    standing: 'late' | 'unsure';
};

/** Files that came after the term, or may have by a clock that nobody checked (附件1 第15条). They are here: nothing was refused. */
export async function lateFiles(
    db: ReadDb,
    orgId: Id,
    reader: SecrecySubject,
    { from, termMs }: { from: Instant; termMs: number },
): Promise<LateFile[]> {
    const rows = await db
        .selectFrom('recording as r')
        .leftJoin('device as d', 'd.id', 'r.device_id')
        .leftJoin('act as a', 'a.id', 'r.act_id')
        .leftJoin('party as y', 'y.id', 'a.party_id')
        .select(['r.id', 'r.display_name as name', 'r.person_id as personId', 'r.received_at as receivedAt'])
        .select(['r.device_start as deviceStart', 'r.device_end as deviceEnd'])
        .select(['d.id as deviceId', 'd.number as deviceNumber'])
        .select(['a.id as actId', 'a.number as actNumber', 'a.place as actPlace', 'y.name as party'])
        .select(TRUE_TIME.map((column) => `r.${column}` as const))
        .where('r.org_id', '=', orgId)
        .where('r.role', '=', 'original')
        .where('r.state', '<>', 'quarantined')
        .where('r.received_at', '>=', from)
        .where(sql<boolean>`r.received_at - coalesce(r.true_end_lower, r.device_end) > ${termMs}`)
        .where(seesAct(reader))
        .execute();
    return rows.flatMap((row): LateFile[] => {
        const corrected = trueTimeOf(row).end;
        const end = corrected ?? (row.deviceEnd === null ? null : exactly(row.deviceEnd));
        if (end === null) return [];
        const standing = storedStanding(end, corrected !== null, row.receivedAt, termMs);
        if (standing === 'inTime') return [];
        return [
            {
                recording: { id: row.id, name: row.name },
                personId: row.personId,
                device: row.deviceId === null ? null : { id: row.deviceId, number: row.deviceNumber ?? '' },
                act:
                    row.actId === null
                        ? null
                        : { id: row.actId, number: row.actNumber ?? '', place: row.actPlace ?? '', party: row.party },
                endedAt: end.at,
                receivedAt: row.receivedAt,
                ms: row.deviceStart === null || row.deviceEnd === null ? 0 : row.deviceEnd - row.deviceStart,
                standing,
            },
        ];
    });
}

export type FileOnItsWay = { id: Id; name: string; deviceId: Id | null; personId: Id; startedAt: Instant | null };

/** Files of which some bytes are here: their recorder is at the dock, and nobody knows yet whether they arrive. */
export async function filesOnTheirWay(db: ReadDb, orgId: Id): Promise<FileOnItsWay[]> {
    const rows = await db
        .selectFrom('upload')
        .select(['id', 'person_id', 'metadata'])
        .where('org_id', '=', orgId)
        .where('state', 'in', ['receiving', 'sealing'])
        .execute();
    return rows.flatMap((row): FileOnItsWay[] => {
        const metadata = parseMetadata((row.metadata as { header: string }).header);
        const device = Buffer.from(metadata.fields.get('deviceId') ?? []).toString('latin1');
        const named = timeInName(metadata.displayName);
        // Only footage has a term: a scan or a photo that is handed in has none.
        if (named === undefined && device === '') return [];
        return [
            {
                id: row.id,
                name: metadata.displayName,
                deviceId: device === '' ? null : device,
                personId: row.person_id,
                startedAt: named === undefined ? null : named.wallClock - DEVICE_ZONES['Asia/Shanghai'],
            },
        ];
    });
}

export type CheckedOut = { id: Id; personId: Id; device: { id: Id; number: string }; at: Instant };

/**
 * Recorders that were checked before use and of which nothing came since: taken along, so something may be on them (附件1
 * 第7条). Of several checks of one recorder the last counts; where it was given back, or an act speaks for it, that does.
 */
export async function checkedOut(db: ReadDb, orgId: Id, from: Instant): Promise<CheckedOut[]> {
    const rows = await db
        .selectFrom('device_check as c')
        .innerJoin('device as d', 'd.id', 'c.device_id')
        .distinctOn('c.device_id')
        .select(['c.id', 'c.person_id as personId', 'c.checked_at as at', 'd.id as deviceId', 'd.number'])
        .where('c.org_id', '=', orgId)
        .where('c.checked_at', '>=', from)
        .where('c.no_fault', '=', true)
        .where('d.kind', '=', 'recorder')
        .where(
            sql<boolean>`not exists (select from recording r where r.device_id = c.device_id and r.role = 'original'
                and coalesce(r.true_end, r.device_end, r.received_at) >= c.checked_at)`,
        )
        .where(
            sql<boolean>`not exists (select from device_issue i where i.device_id = c.device_id
                and i.returned_at >= c.checked_at)`,
        )
        .where(
            sql<boolean>`not exists (select from act a join act_participant p on p.act_id = a.id and p.removed_at is null
                where p.person_id = c.person_id and a.state in ('open', 'closed') and a.ends_at >= c.checked_at)`,
        )
        .orderBy('c.device_id')
        .orderBy('c.checked_at', 'desc')
        .execute();
    return rows.map(({ id, personId, at, deviceId, number }) => ({ id, personId, at, device: { id: deviceId, number } }));
}

/** Reasons that were given, those taken back left out, by what they are of. */
export async function excusesOf(db: ReadDb, orgId: Id, from: Instant) {
    const rows = await db
        .selectFrom('late_excuse as e')
        .innerJoin('person as s', 's.id', 'e.stated_by')
        .leftJoin('person as b', 'b.id', 'e.decided_by')
        .select([
            'e.id',
            'e.recording_id',
            'e.act_id',
            'e.person_id',
            'e.ground',
            'e.words',
            'e.state',
            'e.stated_at',
            'e.decision',
        ])
        .select(['s.id as stated_by', 's.name as stated_name', 's.certificate_number as stated_certificate'])
        .select(['b.id as decided_by', 'b.name as decided_name', 'b.certificate_number as decided_certificate'])
        .where('e.org_id', '=', orgId)
        .where('e.state', '<>', 'withdrawn')
        .where('e.stated_at', '>=', from)
        .orderBy('e.stated_at')
        .execute();
    // The last one given stands for what it is of.
    return new Map(
        rows.map((row) => [
            row.recording_id ?? `${row.act_id}/${row.person_id}`,
            {
                id: row.id,
                ground: row.ground,
                words: row.words,
                state: row.state,
                statedBy: { id: row.stated_by, name: row.stated_name, certificateNumber: row.stated_certificate },
                statedAt: row.stated_at,
                decidedBy:
                    row.decided_by === null
                        ? null
                        : { id: row.decided_by, name: row.decided_name ?? '', certificateNumber: row.decided_certificate },
                decision: row.decision,
            },
        ]),
    );
}
