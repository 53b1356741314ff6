import type { Endpoints, ResponseOf } from '@liuhen/contract';
import {
    ANNEX_2_REQUIREMENTS,
    DomainError,
    dayOf,
    type Id,
    type Inspection,
    type Instant,
    keyMarksIn,
    type PassportFile,
    type PassportRow,
    passportOf,
    type SecrecySubject,
    type StatedFigure,
} from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { type StoredPaper, storedPaper } from '../../platform/storage/stored-paper.ts';
import { seesAct } from '../act/act-visibility.queries.ts';
import { parametersOf } from '../parameter/parameter.queries.ts';
import { changeLimitsOf, changeOfModel, longestRun } from '../recording/run.queries.ts';
import { getClock } from './device-clock.queries.ts';

type Passport = ResponseOf<Endpoints['device.passport']>;
type Paper = Passport['papers'][number];

/** So many of a device's newest originals are looked at: months of work, and a page that answers at once. */
const MOST_FILES = 500;

/** What is known of one device against 附件2, from its files, its runs, its clock and what rests on paper. */
export async function getPassport(db: ReadDb, orgId: Id, id: Id, reader: SecrecySubject, now: Instant): Promise<Passport> {
    const device = await db
        .selectFrom('device')
        .select(['id', 'number', 'model', 'serial'])
        .where('id', '=', id)
        .where('org_id', '=', orgId)
        .executeTakeFirst();
    if (device === undefined) throw new DomainError('device.notFound');
    const { rows, files, names, papers, change } = await readPassport(db, orgId, device, reader, now);
    const measured = device.model === null ? undefined : await changeOfModel(db, orgId, device.model);
    const words = new Map(ANNEX_2_REQUIREMENTS.map((each) => [each.id as string, each]));
    return {
        items: rows.map((row) => ({
            ...row,
            item: words.get(row.id)?.item ?? '',
            quote: words.get(row.id)?.quote ?? '',
            values: { ...row.values },
            // Of files of a secret act the count is known to others, and no name (附件1 第12条).
            examples: row.examples.flatMap((each) => {
                const name = names.get(each);
                return name === undefined ? [] : [{ id: each, name }];
            }),
            papers: [...row.papers],
            stated: [...row.stated],
        })),
        next: null,
        total: rows.length,
        device,
        files,
        papers,
        change: {
            limitMs: change.limitMs,
            limitSource: change.source,
            measured:
                measured === undefined ? null : { count: measured.count, medianMs: measured.medianMs, mostMs: measured.mostMs },
        },
        at: now,
    };
}

/** The passport of a device with what it rests on. `reader` null: for a rule, which names no file to anybody. */
export async function readPassport(
    db: ReadDb,
    orgId: Id,
    device: { readonly id: Id; readonly model: string | null },
    reader: SecrecySubject | null,
    now: Instant,
): Promise<{
    rows: PassportRow[];
    files: number;
    names: Map<Id, string>;
    papers: Paper[];
    change: ReturnType<ReturnType<typeof changeLimitsOf>>;
}> {
    const { files, names } = await filesOf(db, orgId, device.id, reader);
    const papers = await papersOf(db, orgId, device, dayOf(now));
    const change = changeLimitsOf(await parametersOf(db, orgId))(device.model, now);
    const clock = await getClock(db, orgId, device.id, now);
    const rows = passportOf({
        files,
        papers: papers.filter((each) => each.withdrawn === null),
        figures: device.model === null ? [] : await figuresOf(db, orgId, device.model),
        longestRunMs: (await longestRun(db, orgId, device.id, change.limitMs))?.lengthMs ?? null,
        clockRate: clock.epochs.findLast((each) => each.ratePerDay !== null)?.ratePerDay ?? null,
        allowedDriftMs: clock.parameters.allowedDriftMs,
        today: dayOf(now),
    });
    return { rows, files: files.length, names, papers, change };
}

async function filesOf(
    db: ReadDb,
    orgId: Id,
    deviceId: Id,
    reader: SecrecySubject | null,
): Promise<{ files: PassportFile[]; names: Map<Id, string> }> {
    const rows = await db
        .selectFrom('recording as r')
        .leftJoin('act as a', 'a.id', 'r.act_id')
        .select(['r.id', 'r.display_name', 'r.received_at', 'r.device_start'])
        // Points of a track are many and say nothing here.
        .select(sql<unknown>`r.inspection #- '{positions,points}'`.as('inspection'))
        .select((reader === null ? sql<boolean>`false` : seesAct(reader)).as('visible'))
        .where('r.org_id', '=', orgId)
        .where('r.device_id', '=', deviceId)
        .where('r.role', '=', 'original')
        .where('r.state', 'in', ['registered', 'sealed'])
        .where('r.inspected_at', 'is not', null)
        .orderBy('r.received_at', 'desc')
        .orderBy('r.id', 'desc')
        .limit(MOST_FILES)
        .execute();
    const files = rows.map((row) => ({
        id: row.id,
        at: row.device_start ?? row.received_at,
        inspection: row.inspection as Inspection,
        keyMarked: keyMarksIn(row.display_name).length > 0,
    }));
    const seen = rows.filter((row) => row.visible);
    return { files, names: new Map(seen.map((row) => [row.id, row.display_name])) };
}

/** What the register of models states of a model; nothing where it is not registered. */
async function figuresOf(db: ReadDb, orgId: Id, model: string): Promise<readonly StatedFigure[]> {
    const row = await db
        .selectFrom('device_model')
        .select('figures')
        .where('org_id', '=', orgId)
        .where('name', '=', model)
        .executeTakeFirst();
    return (row?.figures ?? []) as readonly StatedFigure[];
}

/** Papers of the device and of its model, newest first, those withdrawn among them. */
async function papersOf(db: ReadDb, orgId: Id, device: { id: Id; model: string | null }, today: string): Promise<Paper[]> {
    const rows = await db
        .selectFrom('conformity_paper as c')
        .innerJoin('person as p', 'p.id', 'c.recorded_by')
        .select(['c.id', 'c.kind', 'c.requirements', 'c.model', 'c.number', 'c.issuer', 'c.issued_on', 'c.expires_on', 'c.note'])
        .select(['c.file_name', 'c.recorded_at', 'c.withdrawn_at', 'c.withdrawn_why', 'p.name as recorder'])
        .where('c.org_id', '=', orgId)
        .where((any) => any.or([any('c.device_id', '=', device.id), any('c.model', '=', device.model ?? '')]))
        .orderBy('c.recorded_at', 'desc')
        .orderBy('c.id', 'desc')
        .execute();
    return rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        requirements: row.requirements,
        forModel: row.model !== null,
        number: row.number,
        issuer: row.issuer,
        issuedOn: row.issued_on,
        expiresOn: row.expires_on,
        expired: row.expires_on !== null && row.expires_on < today,
        note: row.note,
        fileName: row.file_name,
        recordedBy: row.recorder,
        recordedAt: row.recorded_at,
        withdrawn: row.withdrawn_at === null ? null : { at: row.withdrawn_at, why: row.withdrawn_why ?? '' },
    }));
}

/** Where a paper's document lies. */
export async function paperContent(db: ReadDb, orgId: Id, paperId: Id): Promise<StoredPaper | undefined> {
    const row = await db
        .selectFrom('conformity_paper as c')
        .select(['c.file_name as name', 'c.media_type as mediaType', 'c.blob_id as blobId'])
        .where('c.id', '=', paperId)
        .where('c.org_id', '=', orgId)
        .executeTakeFirst();
    return row === undefined ? undefined : storedPaper(db, row);
}
