import {
    type BodyValue,
    bodyOf,
    DEVICE_ZONES,
    type DockFacts,
    DomainError,
    type DomainEvent,
    decideFiling,
    type EntryContent,
    type Id,
    type Instant,
    isId,
    RECORDING_SOURCES,
    type RecordingSource,
    timeInName,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { derivedId } from '../../platform/derived-id.ts';
import type { Services } from '../../platform/services.ts';
import { blobFor } from '../../platform/storage/blob-rows.ts';
import type { UploadMetadata } from '../../platform/uploads/metadata.ts';
import { parseMetadata } from '../../platform/uploads/metadata.ts';
import type { FinishedUpload, SealedUpload } from '../../platform/uploads/sealing.ts';
import type { UploadHooks } from '../../platform/uploads/upload-deps.ts';
import type { UploadRow } from '../../platform/uploads/upload-rows.ts';
import { refuseUnlessActVisible } from '../act/act-visibility.queries.ts';
import { dockFactsIn, earlierDocked, placeOf, type Resolved, resolveDocked } from './docking.queries.ts';
import { insertDockItem, lockItemsOf } from './docking.store.ts';
import { participantsOf } from './recording.queries.ts';
import { healBlob, insertRecording } from './recording.store.ts';

type Owner = { orgId: Id; personId: Id };

/** One context per upload and step: repeated after a crash, the step finds its first run. */
const contextOf = (owner: Owner, uploadId: Id, step: string): CommandContext => ({
    actor: owner.personId,
    orgId: owner.orgId,
    readOrgs: [owner.orgId],
    commandId: derivedId('upload', uploadId, step),
});

const contentOf = (upload: FinishedUpload): EntryContent => ({
    sha256: upload.digest.sha256,
    sm3: upload.digest.sm3,
    size: String(upload.digest.size),
    chunkRoot: upload.digest.chunkRoot,
});

/** What uploads mean to the record: each step of one is an entry. */
export const uploadHooks = (services: Services): UploadHooks => ({
    async onCreated(row) {
        await runCommand(services.commands, contextOf(row, row.id, 'create'), 'upload.create', async (tx) => {
            const metadata = parseMetadata(row.metadata.header);
            const about = await referencesOf(tx, metadata);
            // 附件1 第12条: nothing is handed in to an act that the sender may not see; without it the file is taken in unfiled.
            await refuseUnlessActVisible(tx.read, about.actId, tx.actor);
            return { result: null, events: [uploadEvent('upload.created', row, metadata, [about.deviceId, about.actId])] };
        });
    },
    onSealed: (upload) => registerRecording(services, upload),
    async onQuarantined(upload) {
        await runCommand(services.commands, contextOf(upload, upload.uploadId, 'quarantine'), 'upload.quarantine', async () => ({
            result: null,
            events: [
                {
                    kind: 'upload.quarantined',
                    objects: [upload.uploadId],
                    content: [contentOf(upload)],
                    body: bodyOf({ name: upload.metadata.displayName, declaredSha256: upload.metadata.declaredSha256 }),
                },
            ],
        }));
    },
    onTerminated: (row) => endUpload(services, row, 'upload.terminated'),
    onExpired: (row) => endUpload(services, row, 'upload.expired'),
});

async function endUpload(services: Services, row: UploadRow, kind: 'upload.terminated' | 'upload.expired'): Promise<void> {
    await runCommand(services.commands, contextOf(row, row.id, 'end'), kind, async () => ({
        result: null,
        events: [uploadEvent(kind, row, parseMetadata(row.metadata.header), [])],
    }));
}

function uploadEvent(
    kind: DomainEvent['kind'],
    row: UploadRow,
    metadata: UploadMetadata,
    about: readonly (Id | null)[],
): DomainEvent {
    const others = about.filter((id): id is Id => id !== null);
    const body = bodyOf({ name: metadata.displayName, length: String(row.length) });
    return kind === 'upload.created' ? { kind, creates: [row.id], objects: others, body } : { kind, objects: [row.id], body };
}

type Docked = { facts: DockFacts; resolved: Resolved };
type References = {
    deviceId: Id | null;
    personId: Id | null;
    actId: Id | null;
    source: RecordingSource;
    /** Null unless a docking computer handed it in. */
    docked: Docked | null;
};

/** What the sender said the file belongs to, checked against what the organisation has. */
async function referencesOf(tx: Tx, metadata: UploadMetadata): Promise<References> {
    const facts = dockFactsIn(metadata);
    if (facts !== null) return referencesOfDocked(tx, metadata, facts);
    const deviceId = idField(metadata, 'deviceId');
    const actId = idField(metadata, 'actId');
    const named = idField(metadata, 'personId');
    if (deviceId !== null && !(await exists(tx, 'device', deviceId))) throw new DomainError('device.notFound');
    if (actId !== null && !(await exists(tx, 'act', actId))) throw new DomainError('act.notFound');
    if (named !== null && !(await exists(tx, 'person', named))) throw new DomainError('person.notFound');
    const personId = named ?? (deviceId === null ? null : await holderAt(tx, deviceId, recordedAt(tx, metadata)));
    return { deviceId, personId, actId, source: sourceOf(metadata), docked: null };
}

/** A docked file is never refused for whose it is: what the register does not know is asked, and the file waits for it. */
async function referencesOfDocked(tx: Tx, metadata: UploadMetadata, facts: DockFacts): Promise<References> {
    const resolved = await resolveDocked(tx.read, tx.orgId, facts);
    const { deviceId, officerId } = resolved;
    const holder = deviceId === null ? null : await holderAt(tx, deviceId, recordedAt(tx, metadata, facts));
    return { deviceId, personId: holder ?? officerId, actId: null, source: facts.source, docked: { facts, resolved } };
}

function idField(metadata: UploadMetadata, name: string): Id | null {
    const text = Buffer.from(metadata.fields.get(name) ?? []).toString('latin1');
    if (text === '') return null;
    if (!isId(text)) throw new DomainError('upload.metadataInvalid', { path: name });
    return text;
}

function sourceOf(metadata: UploadMetadata): RecordingSource {
    const text = Buffer.from(metadata.fields.get('source') ?? []).toString('latin1');
    const known = RECORDING_SOURCES.find((source) => source === text);
    if (text !== '' && known === undefined) throw new DomainError('upload.metadataInvalid', { path: 'source' });
    return known ?? 'upload';
}

async function exists(tx: Tx, table: 'device' | 'act' | 'person' | 'recording', id: Id): Promise<boolean> {
    return (
        (await tx.db.selectFrom(table).select('id').where('id', '=', id).where('org_id', '=', tx.orgId).executeTakeFirst()) !==
        undefined
    );
}

/**
 * A photo that was taken without network is named in its document before it arrives: the id it has there becomes the id of
 * the recording, unless another has it.
 */
async function recordingIdFor(tx: Tx, metadata: UploadMetadata): Promise<Id> {
    const given = idField(metadata, 'recordingId');
    return given !== null && !(await exists(tx, 'recording', given)) ? given : tx.newId();
}

/** When it was recorded, as far as its name says; else it is of today. */
function recordedAt(tx: Tx, metadata: UploadMetadata, facts?: DockFacts): Instant {
    const named = facts?.start ?? timeInName(metadata.displayName);
    if (named === undefined) return tx.now;
    return Math.min(tx.now, named.wallClock - DEVICE_ZONES[facts?.zone ?? 'Asia/Shanghai']);
}

/**
 * Whose hand held the recorder then, by the register (附件1 第14条): a file handed in late is not of the holder of today. Where the
 * register of this recorder begins only after the recording, it was not kept yet: then its first holder counts (附件1 第3条,
 * one each). Nobody where it lay in store.
 */
async function holderAt(tx: Tx, deviceId: Id, at: Instant): Promise<Id | null> {
    const issues = await tx.db
        .selectFrom('device_issue')
        .select(['person_id', 'issued_at', 'returned_at'])
        .where('device_id', '=', deviceId)
        .orderBy('issued_at')
        .execute();
    const then = issues.find(({ issued_at, returned_at }) => issued_at <= at && (returned_at === null || returned_at > at));
    const [first] = issues;
    const notKeptYet = first !== undefined && first.issued_at > at;
    return then?.person_id ?? (notKeptYet ? first.person_id : null);
}

/**
 * Names durable bytes as a recording. The same bytes from the same person are one item; from another person, a second
 * item on the same blob. Filed at once when the upload came from an act's page and its person takes part.
 */
function registerRecording(services: Services, upload: SealedUpload): Promise<{ recordingId: Id }> {
    const context = contextOf(upload, upload.uploadId, 'register');
    return runCommand(
        services.commands,
        context,
        'recording.register',
        async (tx) => {
            const blob = await blobFor(tx, upload.digest, upload);
            const about = await referencesOf(tx, upload.metadata);
            const healed = blob.isNew ? [] : await healBlob(tx, blob.id);
            for (const recordingId of healed) tx.enqueue({ task: 'recording.seal', payload: { recordingId } });
            const restored: DomainEvent[] = healed.length === 0 ? [] : [restoredEvent(upload, healed)];
            const earlier = blob.isNew ? undefined : await earlierItem(tx, blob.id, upload.personId, about.docked);
            if (earlier !== undefined) {
                const placed = await keepPlace(tx, earlier, upload, about);
                return { result: { recordingId: earlier }, events: [duplicateEvent(upload, earlier), ...placed, ...restored] };
            }
            const asked = about.docked?.resolved.asked ?? [];
            // Decided before the row is written: a command writes a row once, so that its entry states every version.
            const filing = await filingAtIntake(tx, about);
            const recording = await insertRecording(tx, {
                id: await recordingIdFor(tx, upload.metadata),
                blob_id: blob.id,
                role: 'original',
                state: asked.length > 0 ? 'quarantined' : 'registered',
                source: about.source,
                upload_id: upload.uploadId,
                original_name: upload.metadata.fileName,
                display_name: upload.metadata.displayName,
                device_id: about.deviceId,
                person_id: filing?.personId ?? about.personId,
                act_id: filing?.actId ?? null,
                uploaded_by: upload.personId,
                received_at: tx.now,
                declared_sha256:
                    upload.metadata.declaredSha256 === undefined ? null : Buffer.from(upload.metadata.declaredSha256, 'hex'),
                device_time_basis: 'unknown',
                search_text: upload.metadata.displayName.normalize('NFKC').toLowerCase(),
            });
            const seal = asked.length > 0 ? 'dock.verifyCopy' : 'recording.seal';
            tx.enqueue({ task: seal, payload: { recordingId: recording.id } });
            tx.enqueue({ task: 'recording.inspect', payload: { recordingId: recording.id } });
            const registered: DomainEvent = {
                kind: 'recording.registered',
                creates: [recording.id],
                objects: [upload.uploadId, ...[about.deviceId, about.personId].filter((id): id is Id => id !== null)],
                content: [contentOf(upload)],
                body: bodyOf({ name: upload.metadata.displayName, source: about.source }),
            };
            const filed: DomainEvent[] =
                filing === undefined
                    ? []
                    : [
                          {
                              kind: 'recording.filed',
                              objects: [recording.id, filing.actId],
                              body: bodyOf({ personId: filing.personId }),
                          },
                      ];
            const placed = await keepPlace(tx, recording.id, upload, about);
            return { result: { recordingId: recording.id }, events: [registered, ...placed, ...filed, ...restored] };
        },
        { retryOn: ['blob_content', 'recording_once'] },
    );
}

const duplicateEvent = (upload: SealedUpload, recordingId: Id): DomainEvent => ({
    kind: 'recording.duplicateReceived',
    objects: [recordingId, upload.uploadId],
    content: [contentOf(upload)],
    body: bodyOf({ name: upload.metadata.displayName }),
});

/** The bytes in the store were compared with what came, or replaced by it, before this command. */
const restoredEvent = (upload: SealedUpload, recordings: readonly Id[]): DomainEvent => ({
    kind: 'recording.restored',
    objects: [...recordings, upload.uploadId],
    content: [contentOf(upload)],
    body: bodyOf({ count: recordings.length }),
});

/** Keeps where a docked file lay and how its name was read; the same place is kept once. */
async function keepPlace(
    tx: Tx,
    recordingId: Id,
    upload: SealedUpload,
    { docked, deviceId }: References,
): Promise<DomainEvent[]> {
    if (docked === null) return [];
    const { facts, resolved } = docked;
    const place = placeOf(facts);
    const known = await lockItemsOf(tx, recordingId);
    if (known.some((each) => Buffer.compare(each.place, place) === 0)) return [];
    const askedOf = (question: string) => resolved.asked.find((each) => each.question === question)?.text ?? null;
    await insertDockItem(tx, {
        id: tx.newId(),
        recording_id: recordingId,
        place,
        facts: JSON.stringify(facts),
        docked_at: tx.now,
        ask_device: askedOf('device'),
        ask_officer: askedOf('officer'),
        ask_volume: askedOf('volume'),
        ask_profile: askedOf('profile'),
    });
    const objects = [recordingId, upload.uploadId, ...(deviceId === null ? [] : [deviceId])];
    return [{ kind: 'recording.docked', objects, body: bodyOf({ facts: facts as unknown as BodyValue }) }];
}

async function earlierItem(tx: Tx, blobId: Id, personId: Id, docked: Docked | null): Promise<Id | undefined> {
    if (docked !== null) return earlierDocked(tx.read, tx.orgId, blobId, personId, docked.resolved);
    const found = await tx.db
        .selectFrom('recording')
        .select('id')
        .where('org_id', '=', tx.orgId)
        .where('blob_id', '=', blobId)
        .where('uploaded_by', '=', personId)
        .where('role', '=', 'original')
        .where('state', '<>', 'quarantined')
        .executeTakeFirst();
    return found?.id;
}

/** A refusal here must not lose the recording: it stays unfiled, and a person decides. */
async function filingAtIntake(tx: Tx, about: References): Promise<{ actId: Id; personId: Id | null } | undefined> {
    const { actId, personId } = about;
    if (actId === null) return undefined;
    const act = await tx.db.selectFrom('act').select(['id', 'state']).where('id', '=', actId).forShare().executeTakeFirst();
    if (act === undefined) return undefined;
    const participants = await participantsOf(tx.read, actId);
    try {
        // It may have been marked secret since the upload began.
        await refuseUnlessActVisible(tx.read, actId, tx.actor);
        return { actId, ...decideFiling({ actId: null, state: 'registered', personId }, { ...act, participants }, undefined) };
    } catch (error) {
        if (error instanceof DomainError) return undefined;
        throw error;
    }
}
