import {
    bodyHash,
    canonicalBytes,
    type DomainEvent,
    type EntryObject,
    type EntryRow,
    EVENT_KINDS,
    type Id,
    type Instant,
    leafHash,
    SALT_LENGTH,
    signedEntryBytes,
    sortEntryRows,
    toHex,
    type UnsignedEntry,
} from '@liuhen/domain';
import type pg from 'pg';
import type { Clock } from '../clock.ts';
import { inOneTrip, type Statement } from '../db/round-trip.ts';
import { nodeDigest } from '../digest.ts';
import type { Signer } from '../signer.ts';

/** Whose log, on whose behalf, by which command: the same for all entries of one append. */
export type AppendContext = { orgId: Id; actor: Id; commandId: Id; at: Instant };

type ObjectHead = { seq: number; leaf: Uint8Array };

/**
 * Builds and signs the entries of one command for one log and returns the statement that appends them. The statement
 * is sent together with COMMIT, so that the head of the log is locked for no round trip.
 */
export async function appendStatement(
    client: pg.ClientBase,
    tools: { clock: Clock; signer: Signer },
    context: AppendContext,
    events: readonly DomainEvent[],
    rows: readonly EntryRow[],
): Promise<Statement> {
    const heads = await lockObjects(client, context.orgId, events);
    const built = events.map((event, position) =>
        buildEntry(tools, context, event, advanceObjects(heads, event), position === 0 ? sortEntryRows(rows) : [], heads),
    );
    const objects = built.flatMap((entry, position) => entry.objects.map((object) => ({ ...object, position: position + 1 })));
    return {
        name: 'ledger.append',
        text: 'select ledger.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
        values: [
            context.orgId,
            context.commandId,
            context.actor,
            built.map((entry) => entry.bytes),
            events.map((event) => event.kind),
            built.map(() => context.at),
            built.map((entry) => entry.salt),
            built.map((entry) => entry.body),
            objects.map((object) => object.position),
            objects.map((object) => object.id),
            objects.map((object) => object.seq),
        ],
    };
}

/** New objects start at 0 without asking; for the others the sequence is locked and read. */
async function lockObjects(client: pg.ClientBase, orgId: Id, events: readonly DomainEvent[]): Promise<Map<Id, ObjectHead>> {
    const fresh = new Set(events.flatMap((event) => event.creates ?? []));
    const known = [...new Set(events.flatMap((event) => event.objects ?? []))].filter((id) => !fresh.has(id));
    const heads = new Map<Id, ObjectHead>();
    if (known.length === 0) return heads;
    const [found] = await inOneTrip(client, [
        { name: 'ledger.lockObjects', text: 'select * from ledger.lock_objects($1, $2)', values: [orgId, known], rows: true },
    ]);
    for (const row of (found?.rows ?? []) as { object_id: Id; seq: number; leaf: Uint8Array }[])
        heads.set(row.object_id, { seq: row.seq, leaf: row.leaf });
    return heads;
}

/** The object references of one entry; `heads` moves on when the entry's own leaf is known. */
function advanceObjects(heads: ReadonlyMap<Id, ObjectHead>, event: DomainEvent): EntryObject[] {
    return [...new Set([...(event.creates ?? []), ...(event.objects ?? [])])].map((id) => {
        const head = heads.get(id);
        return head === undefined ? { id, seq: 0 } : { id, seq: head.seq + 1, prev: toHex(head.leaf) };
    });
}

function buildEntry(
    tools: { clock: Clock; signer: Signer },
    context: AppendContext,
    event: DomainEvent,
    objects: readonly EntryObject[],
    rows: readonly EntryRow[],
    heads: Map<Id, ObjectHead>,
) {
    const body = canonicalBytes(event.body);
    const salt = tools.clock.randomBytes(SALT_LENGTH);
    const unsigned: UnsignedEntry = {
        v: 1,
        kind: event.kind,
        bodySchema: EVENT_KINDS[event.kind],
        at: context.at,
        org: context.orgId,
        actor: context.actor,
        commandId: context.commandId,
        objects,
        rows,
        content: event.content ?? [],
        bodyHash: toHex(bodyHash(nodeDigest, salt, body)),
        app: tools.signer.keyId,
    };
    const bytes = signedEntryBytes(unsigned, tools.signer.sign);
    const leaf = leafHash(nodeDigest, bytes);
    for (const object of objects) heads.set(object.id, { seq: object.seq, leaf });
    return { bytes, salt, body, objects };
}
