import { createHash } from 'node:crypto';
import type { Endpoints, ResponseOf } from '@liuhen/contract';
import {
    DOCK_QUESTIONS,
    type DockFacts,
    type DockQuestion,
    DomainError,
    displayName,
    type Id,
    type Known,
    placeText,
    questionsOf,
    readDockFacts,
    utf8Bytes,
    utf8Text,
} from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { decodeName, type UploadMetadata } from '../../platform/uploads/metadata.ts';

/** What a docking computer says of the file; null for what is handed in otherwise. */
export function dockFactsIn(metadata: UploadMetadata): DockFacts | null {
    const bytes = metadata.fields.get('dock');
    if (bytes === undefined) return null;
    const facts = readDockFacts(jsonOf(utf8Text(bytes)));
    if (facts === undefined) throw new DomainError('upload.metadataInvalid', { path: 'dock' });
    return facts;
}

function jsonOf(text: string | undefined): unknown {
    try {
        return text === undefined ? undefined : JSON.parse(text);
    } catch {
        return undefined;
    }
}

export const placeOf = (facts: DockFacts): Uint8Array =>
    createHash('sha256')
        .update(utf8Bytes(placeText(facts)))
        .digest();

/** The path on the recorder as people may see it. */
export const shownPath = ({ path }: Pick<DockFacts, 'path'>): string =>
    Buffer.from(path, 'base64')
        .toString('latin1')
        .split('/')
        .map((part) => displayName(Buffer.from(part, 'latin1'), decodeName))
        .join('/');

/** The columns of `dock_item` that say what is asked. */
export const ASK = { device: 'ask_device', officer: 'ask_officer', volume: 'ask_volume', profile: 'ask_profile' } as const;

export type Resolved = {
    readonly deviceId: Id | null;
    /** Whose number stands in the name, where the register knows it. */
    readonly officerId: Id | null;
    readonly asked: readonly { readonly question: DockQuestion; readonly text: string }[];
};

/** Whose a docked file is, by the register and by what was settled before. */
export async function resolveDocked(db: ReadDb, orgId: Id, facts: DockFacts): Promise<Resolved> {
    const device = await knownDevice(db, orgId, facts);
    const officer = facts.officer === undefined ? undefined : await knownOfficer(db, orgId, facts.officer);
    return {
        deviceId: idOf(device),
        officerId: idOf(officer),
        asked: questionsOf(facts, { device, officer }),
    };
}

const idOf = (known: Known<Id>): Id | null => (known === undefined || known === 'nobody' ? null : known.id);

/** By the number its place is bound to, by the one in its name, by its volume; each as the register or a settlement knows it. */
export async function knownDevice(
    db: ReadDb,
    orgId: Id,
    { bound, device, volume }: Pick<DockFacts, 'bound' | 'device' | 'volume'>,
): Promise<Known<Id>> {
    const number = bound ?? device;
    if (number !== undefined) {
        const row = await db
            .selectFrom('device')
            .select('id')
            .where('org_id', '=', orgId)
            .where('number', '=', number.toUpperCase())
            .executeTakeFirst();
        if (row !== undefined) return row;
        const alias = await aliasOf(db, orgId, 'device', number);
        if (alias?.device_id != null) return { id: alias.device_id };
        // A number that nobody knows is asked about, whatever volume it stands on: cards go from one recorder to another.
        return undefined;
    }
    if (volume.serial === undefined) return undefined;
    const alias = await aliasOf(db, orgId, 'volume', volume.serial);
    return alias?.device_id == null ? undefined : { id: alias.device_id };
}

async function knownOfficer(db: ReadDb, orgId: Id, number: string): Promise<Known<Id>> {
    const alias = await aliasOf(db, orgId, 'officer', number);
    if (alias !== undefined) return alias.person_id === null ? 'nobody' : { id: alias.person_id };
    const row = await db
        .selectFrom('person')
        .select('id')
        .where('org_id', '=', orgId)
        .where('certificate_number', '=', number)
        .executeTakeFirst();
    return row;
}

const aliasOf = (db: ReadDb, orgId: Id, kind: 'device' | 'officer' | 'volume', text: string) =>
    db
        .selectFrom('dock_alias')
        .select(['device_id', 'person_id'])
        .where('org_id', '=', orgId)
        .where('kind', '=', kind)
        .where('text', '=', text)
        .where('ended_at', 'is', null)
        .executeTakeFirst();

/**
 * The same bytes from the same recorder, docked before: in the register, or still waiting in quarantine under the same number.
 * From another recorder they are another item.
 */
export async function earlierDocked(
    db: ReadDb,
    orgId: Id,
    blobId: Id,
    personId: Id,
    { deviceId, asked }: Resolved,
): Promise<Id | undefined> {
    const numbers = asked.filter((each) => each.question !== 'officer');
    const found = await db
        .selectFrom('recording as r')
        .leftJoin('dock_item as k', 'k.recording_id', 'r.id')
        .select('r.id')
        .where('r.org_id', '=', orgId)
        .where('r.blob_id', '=', blobId)
        .where('r.uploaded_by', '=', personId)
        .where('r.role', '=', 'original')
        .where((of) =>
            of.or([
                ...(deviceId === null ? [] : [of('r.device_id', '=', deviceId)]),
                of.and([of('r.device_id', 'is', null), of('r.state', '<>', 'quarantined')]),
                ...numbers.map((each) => of(`k.${ASK[each.question]}`, '=', each.text)),
            ]),
        )
        .orderBy('r.id')
        .limit(1)
        .executeTakeFirst();
    return found?.id;
}

/** Where a recording lay on its recorder and how its name was read there. */
export async function docksOf(db: ReadDb, recordingId: Id): Promise<ResponseOf<Endpoints['recording.docks']>['items']> {
    const rows = await db
        .selectFrom('dock_item')
        .select([
            'id',
            'facts',
            'docked_at',
            'erased_at',
            'erased_said_at',
            'ask_device',
            'ask_officer',
            'ask_volume',
            'ask_profile',
        ])
        .where('recording_id', '=', recordingId)
        .orderBy('docked_at')
        .orderBy('id')
        .execute();
    return rows.map((row) => {
        const facts = row.facts as DockFacts;
        return {
            id: row.id,
            path: shownPath(facts),
            pathHex: Buffer.from(facts.path, 'base64').toString('hex'),
            station: facts.station,
            serial: facts.volume.serial ?? null,
            modifiedAt: Number(BigInt(facts.modifiedNs) / 1_000_000n),
            readOnly: facts.readOnly,
            profile: facts.profile?.id ?? null,
            kind: facts.kind,
            device: facts.bound ?? facts.device ?? null,
            officer: facts.officer ?? null,
            start: facts.start?.text ?? null,
            segment: facts.segment ?? null,
            marks: [...facts.marks],
            dockedAt: row.docked_at,
            erasedAt: row.erased_at,
            erasedSaidAt: row.erased_said_at,
            asked: DOCK_QUESTIONS.flatMap((question) => {
                const text = row[ASK[question]];
                return text === null ? [] : [{ question, text }];
            }),
        };
    });
}

const MOST_QUESTIONS = 200;
const SAMPLES = 5;

/** What nobody can say yet, one question for all files that raise it, the most files first. */
export async function listDockQuestions(db: ReadDb, orgId: Id): Promise<ResponseOf<Endpoints['dock.questions']>> {
    const items = [];
    for (const question of DOCK_QUESTIONS) {
        const column = ASK[question];
        const rows = await db
            .selectFrom('dock_item')
            .select((of) => [
                of.ref(column).as('text'),
                of.fn.countAll<number>().as('count'),
                of.fn.max('docked_at').as('newestAt'),
                of.fn.min('docked_at').as('oldestAt'),
            ])
            .where('org_id', '=', orgId)
            .where(column, 'is not', null)
            .groupBy(column)
            .orderBy('count', 'desc')
            .limit(MOST_QUESTIONS)
            .execute();
        for (const { text, count, newestAt, oldestAt } of rows) {
            const samples = await samplesOf(db, orgId, column, text ?? '');
            items.push({ question, text: text ?? '', count, newestAt: newestAt ?? 0, oldestAt: oldestAt ?? 0, samples });
        }
    }
    return { items };
}

async function samplesOf(db: ReadDb, orgId: Id, column: (typeof ASK)[DockQuestion], text: string) {
    const rows = await db
        .selectFrom('dock_item as k')
        .innerJoin('recording as r', 'r.id', 'k.recording_id')
        .leftJoin('device as d', 'd.id', 'r.device_id')
        .select(['r.id', 'r.display_name', 'k.facts', 'd.number'])
        .where('k.org_id', '=', orgId)
        .where(`k.${column}`, '=', text)
        .orderBy('k.docked_at', 'desc')
        .orderBy('k.id', 'desc')
        .limit(SAMPLES)
        .execute();
    return rows.map((row) => {
        const facts = row.facts as DockFacts;
        const seen = { path: shownPath(facts), station: facts.station, serial: facts.volume.serial ?? null };
        return { recordingId: row.id, name: row.display_name, device: row.number, ...seen };
    });
}

/** Open items that ask this, the oldest first. */
export async function itemsAsking(
    db: ReadDb,
    orgId: Id,
    question: DockQuestion,
    text: string,
    most: number,
    recordings?: readonly Id[],
): Promise<{ id: Id; recordingId: Id }[]> {
    let asking = db
        .selectFrom('dock_item')
        .select(['id', 'recording_id as recordingId'])
        .where('org_id', '=', orgId)
        .where(ASK[question], '=', text);
    if (recordings !== undefined) asking = asking.where('recording_id', 'in', recordings);
    return asking.orderBy('id').limit(most).execute();
}

/** When it began, as a profile read it from folder and name where the file lay. */
export async function placedStart(
    db: ReadDb,
    recordingId: Id,
): Promise<{ readonly text: string; readonly wallClock: number } | undefined> {
    const row = await db
        .selectFrom('dock_item')
        .select('facts')
        .where('recording_id', '=', recordingId)
        .orderBy('docked_at')
        .orderBy('id')
        .limit(1)
        .executeTakeFirst();
    return (row?.facts as DockFacts | undefined)?.start;
}

/** Whose number a recorder wrote into the name, as settled or by the register; undefined for what was not docked. */
export async function officerOfDocked(db: ReadDb, orgId: Id, recordingId: Id): Promise<Id | null | undefined> {
    const row = await db
        .selectFrom('dock_item')
        .select('facts')
        .where('recording_id', '=', recordingId)
        .limit(1)
        .executeTakeFirst();
    if (row === undefined) return undefined;
    const { officer } = row.facts as DockFacts;
    return officer === undefined ? null : idOf(await knownOfficer(db, orgId, officer));
}

/** What a receipt is made of, for recordings of these ids whose stored bytes were read back and found right. */
export async function verifiedContents(db: ReadDb, orgId: Id, ids: readonly Id[]) {
    return (
        db
            .selectFrom('recording as r')
            .innerJoin('blob as b', 'b.id', 'r.blob_id')
            .innerJoin('blob_copy as c', 'c.blob_id', 'b.id')
            .select(['r.id', 'r.state', 'c.state as copyState', 'c.verified_at', 'b.sha256', 'b.sm3', 'b.size'])
            .where('r.org_id', '=', orgId)
            .where('r.id', 'in', ids)
            .where('r.role', '=', 'original')
            // Of several copies one that was read back is enough, and is the last.
            .orderBy(sql`c.state = 'verified'`)
            .execute()
    );
}
