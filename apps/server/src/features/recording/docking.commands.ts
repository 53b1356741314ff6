import type { BodyOf, Endpoints, ResponseOf } from '@liuhen/contract';
import {
    bodyOf,
    type DockQuestion,
    type DockReceipt,
    DomainError,
    type DomainEvent,
    type Id,
    receiptMessage,
    receiptText,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { ASK, itemsAsking, verifiedContents } from './docking.queries.ts';
import { answerItem, insertAlias, lockItemsOf, updateDockItem } from './docking.store.ts';
import { proposeLater } from './filing.store.ts';
import { lockRecording, updateRecording } from './recording.store.ts';

type Receipts = ResponseOf<Endpoints['dock.receipts']>;
type Asked = BodyOf<Endpoints['dock.receipts']>['recordings'];

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/**
 * Receipts for what is in: written to disk, read back from the store, equal to what was announced. What was not read back yet
 * is pending. What is damaged here, or of another content than the sender has, gets none.
 */
export async function issueReceipts(services: Services, context: CommandContext, asked: Asked): Promise<Receipts> {
    const { clock, commands, db } = services;
    const rows = await db.read({ readOrgs: [context.orgId] }, (read) =>
        verifiedContents(
            read,
            context.orgId,
            asked.map((each) => each.recordingId),
        ),
    );
    const found = new Map(rows.map((row) => [row.id, row]));
    const receipts = asked.map(({ recordingId, sha256 }): Receipts['receipts'][number] => {
        const row = found.get(recordingId);
        if (row === undefined || row.state === 'damaged' || hex(row.sha256) !== sha256) return { recordingId, state: 'refused' };
        if (row.copyState !== 'verified' || row.verified_at === null) return { recordingId, state: 'pending' };
        const receipt: DockReceipt = {
            v: 1,
            org: context.orgId,
            recording: recordingId,
            sha256,
            sm3: hex(row.sm3),
            size: String(row.size),
            verifiedAt: row.verified_at,
            issuedAt: clock.now(),
            app: commands.signer.keyId,
        };
        const signature = hex(commands.signer.sign(receiptMessage(receipt)));
        return { recordingId, state: 'issued', receipt: receiptText(receipt), signature };
    });
    const issued = receipts.filter((each) => each.state === 'issued').map((each) => each.recordingId);
    if (issued.length === 0) return { receipts };
    // What goes out is in the log first: nothing is ever erased on the strength of a receipt that the log does not know.
    return runCommand(commands, context, 'dock.receipts', async () => ({
        result: { receipts },
        events: [{ kind: 'recording.receiptIssued', objects: issued, body: bodyOf({ count: issued.length }) }],
    }));
}

/** A docking computer has erased files from their recorder, each after its receipt. */
export const noteErasures = (
    services: Services,
    context: CommandContext,
    { erased }: BodyOf<Endpoints['dock.erasures']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'dock.erasures', async (tx) => {
        const events: DomainEvent[] = [];
        const told = Map.groupBy(erased, (each) => each.recordingId);
        for (const recordingId of [...told.keys()].sort()) {
            const saidAt = new Map(told.get(recordingId)?.map((each) => [each.place, each.at]));
            if ((await lockRecording(tx, recordingId)) === undefined) continue;
            const items = (await lockItemsOf(tx, recordingId)).filter((item) => saidAt.has(hex(item.place)));
            for (const item of items) {
                // Both: it may be told days later, and the docking computer's clock is its own.
                const said = { erased_at: tx.now, erased_said_at: saidAt.get(hex(item.place)) ?? null };
                if (item.erased_at === null) await updateDockItem(tx, item, said);
            }
            // Also of a place we never heard of: the same file, moved on its recorder after it was taken.
            const files = told.get(recordingId)?.map(({ path, at }) => ({ path, at })) ?? [];
            events.push({ kind: 'recording.erasedFromDevice', objects: [recordingId], body: bodyOf({ files }) });
        }
        const [first, ...rest] = events;
        if (first === undefined) throw new DomainError('recording.notFound');
        return { result: {}, events: [first, ...rest] };
    });

type Settling = BodyOf<Endpoints['dock.settle']>;

/** So many recordings are released with one entry. */
export const RELEASED_AT_ONCE = 25;

/**
 * A manager says whose number it is, once for all files that carry it and for those to come (附件1 第14条: 执法记录仪编号、监督员信息).
 * What waited for it is released by a job; where only some files are meant, at once.
 */
export const settleQuestion = (services: Services, context: CommandContext, settling: Settling): Promise<Record<string, never>> =>
    runCommand(
        services.commands,
        context,
        'dock.settle',
        async (tx) => {
            const { question, text } = settling;
            const recordings = question === 'profile' ? (settling.recordings ?? []) : undefined;
            const waiting = await itemsAsking(tx.read, tx.orgId, question, text, RELEASED_AT_ONCE, recordings);
            if (waiting.length === 0) throw new DomainError('dock.nothingAsked');
            const target = await targetOf(tx, settling);
            const about = [target.deviceId, target.personId].filter((id): id is Id => id !== null);
            const body = bodyOf({ question, text, nobody: about.length === 0 ? true : undefined });
            if (question === 'profile') {
                const released = await releaseItems(tx, 'profile', waiting, target.deviceId);
                return {
                    result: {},
                    events: [{ kind: 'dock.settled', objects: [...about, ...released.map((each) => each.id)], body }],
                };
            }
            const alias = await insertAlias(tx, {
                id: tx.newId(),
                kind: question,
                text,
                device_id: target.deviceId,
                person_id: target.personId,
                made_at: tx.now,
                made_by: tx.actor,
            });
            tx.enqueue({ task: 'dock.release', payload: { aliasId: alias.id } });
            return { result: {}, events: [{ kind: 'dock.settled', creates: [alias.id], objects: about, body }] };
        },
        { retryOn: ['dock_alias_text'] },
    );

async function targetOf(tx: Tx, { question, text, deviceId, personId, nobody }: Settling) {
    if (question !== 'profile') {
        const known = await tx.db
            .selectFrom('dock_alias')
            .select('id')
            .where('org_id', '=', tx.orgId)
            .where('kind', '=', question)
            .where('text', '=', text)
            .where('ended_at', 'is', null)
            .executeTakeFirst();
        if (known !== undefined) throw new DomainError('dock.alreadySettled');
    }
    if (question === 'officer') {
        if (nobody === true) return { deviceId: null, personId: null };
        if (personId === undefined) throw new DomainError('dock.answerIncomplete');
        if (!(await exists(tx, 'person', personId))) throw new DomainError('person.notFound');
        return { deviceId: null, personId };
    }
    if (deviceId === undefined) throw new DomainError('dock.answerIncomplete');
    if (!(await exists(tx, 'device', deviceId))) throw new DomainError('device.notFound');
    return { deviceId, personId: null };
}

const exists = async (tx: Tx, table: 'device' | 'person', id: Id): Promise<boolean> =>
    (await tx.db.selectFrom(table).select('id').where('id', '=', id).where('org_id', '=', tx.orgId).executeTakeFirst()) !==
    undefined;

/** Answers a question of some items; their recordings leave quarantine once nothing is asked of them any more. */
export async function releaseItems(
    tx: Tx,
    question: DockQuestion,
    items: readonly { id: Id; recordingId: Id }[],
    deviceId: Id | null,
): Promise<{ id: Id; released: boolean }[]> {
    const done: { id: Id; released: boolean }[] = [];
    const byRecording = Map.groupBy(items, (item) => item.recordingId);
    for (const id of [...byRecording.keys()].sort()) {
        const recording = await lockRecording(tx, id);
        if (recording === undefined) throw new Error('the recording is gone');
        const own = await lockItemsOf(tx, id);
        const answered = new Set(byRecording.get(id)?.map((item) => item.id));
        for (const item of own) if (answered.has(item.id)) await answerItem(tx, item, question);
        const stillAsked = own.some((item) =>
            (Object.keys(ASK) as DockQuestion[]).some(
                (each) => item[ASK[each]] !== null && !(each === question && answered.has(item.id)),
            ),
        );
        const device = recording.device_id ?? deviceId;
        const released = recording.state === 'quarantined' && !stillAsked && !(await isInAlready(tx, recording, device));
        const changes = {
            ...(device === recording.device_id ? {} : { device_id: device }),
            ...(released ? ({ state: 'registered' } as const) : {}),
        };
        if (Object.keys(changes).length > 0) await updateRecording(tx, recording, changes);
        if (released) {
            tx.enqueue({ task: 'recording.seal', payload: { recordingId: id } });
            if (recording.inspected_at !== null) timeLater(tx, id, device);
        }
        done.push({ id, released });
    }
    return done;
}

/** The same bytes of the same recorder are registered: this one stays where it is, and nothing is shown twice. */
async function isInAlready(tx: Tx, recording: { id: Id; blob_id: Id; uploaded_by: Id }, deviceId: Id | null): Promise<boolean> {
    const other = await tx.db
        .selectFrom('recording')
        .select('id')
        .where('org_id', '=', tx.orgId)
        .where('blob_id', '=', recording.blob_id)
        .where('uploaded_by', '=', recording.uploaded_by)
        .where('id', '<>', recording.id)
        .where('role', '=', 'original')
        .where('state', '<>', 'quarantined')
        .where('device_id', deviceId === null ? 'is' : '=', deviceId)
        .executeTakeFirst();
    return other !== undefined;
}

function timeLater(tx: Tx, recordingId: Id, deviceId: Id | null): void {
    if (deviceId === null) proposeLater(tx, recordingId);
    else tx.enqueue({ task: 'recording.correctTimes', payload: { deviceId }, key: `recording.correctTimes:${deviceId}` });
}
