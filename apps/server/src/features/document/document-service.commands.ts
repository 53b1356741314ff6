import type { BodyOf, Endpoints, ResponseOf } from '@liuhen/contract';
import {
    bodyOf,
    canonicalJson,
    DomainError,
    type DomainEvent,
    decideServed,
    decideServiceBegins,
    decideServiceFacts,
    type Id,
    type ServiceFacts,
    stateOnceServed,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { refuseUnlessActVisible } from '../act/act-visibility.queries.ts';
import { actNamed, type DocumentRow, factsOf, insertStep, lockDocument, personKnown, updateDocument } from './document.store.ts';
import { beginReceipt, noteServed, receiptEvent } from './document-receipt.commands.ts';
import { noticeEnd } from './document-service.queries.ts';
import {
    capturesOf,
    hasOpenService,
    insertService,
    lockService,
    recordingsOfAct,
    updateService,
} from './document-service.store.ts';

type Start = BodyOf<Endpoints['document.startService']>;
type Close = BodyOf<Endpoints['document.closeService']>;

/** 行政处罚法 第42条: 不得少于两人. The post, an entrusted agency and a network serve by themselves. */
const LEAST_SERVERS = 2;
const BY_HAND: readonly ServiceFacts['mode'][] = ['direct', 'lien'];

export const startService = (
    services: Services,
    context: CommandContext,
    id: Id,
    body: Start,
): Promise<ResponseOf<Endpoints['document.startService']>> =>
    runCommand(services.commands, context, 'document.startService', async (tx) => {
        const row = await lockDocument(tx, id);
        if (row === undefined) throw new DomainError('document.notFound');
        decideServiceBegins(factsOf(row));
        if (await hasOpenService(tx, id)) throw new DomainError('document.serviceOpen');
        decideServiceFacts(body.facts, row.issued_at, tx.now);
        await checkReferences(tx, row, body);
        const effectAt = body.facts.mode === 'publicNotice' ? await noticeEnd(tx.read, tx.orgId, body.facts.publishedAt) : null;
        const receipt = body.receiptId === undefined ? await beginReceipt(tx, row, body) : undefined;
        const receiptId = receipt?.id ?? body.receiptId ?? id;
        const service = await insertService(tx, {
            id: tx.newId(),
            document_id: id,
            mode: body.facts.mode,
            recipient: body.recipient,
            facts: canonicalJson(present(body.facts)),
            server_ids: body.serverIds,
            act_id: body.actId ?? null,
            receipt_id: receiptId,
            begun_at: tx.now,
            begun_by: tx.actor,
            effect_at: effectAt,
            state: 'open',
        });
        const { recipient, facts } = body;
        const begun: DomainEvent = {
            kind: 'document.serviceStarted',
            creates: [service.id],
            objects: [id, receiptId, ...(body.actId === undefined ? [] : [body.actId])],
            body: bodyOf({ recipient, facts: present(facts), servers: body.serverIds, effectAt }),
        };
        const result = { id: service.id, receiptId, effectAt };
        return { result, events: receipt === undefined ? [begun] : [receiptEvent(receipt), begun] };
    });

/** Members that nobody filled in are left out: canonical JSON has no undefined. */
const present = (facts: ServiceFacts): { readonly [name: string]: string | number } =>
    Object.fromEntries(Object.entries(facts).filter((pair): pair is [string, string | number] => pair[1] !== undefined));

async function checkReferences(tx: Tx, row: DocumentRow, { serverIds, actId, receiptId, facts }: Start): Promise<void> {
    for (const personId of serverIds) if (!(await personKnown(tx, personId))) throw new DomainError('person.notFound');
    if (BY_HAND.includes(facts.mode) && new Set(serverIds).size < LEAST_SERVERS) throw new DomainError('document.serverNeedsTwo');
    if (actId !== undefined) await refuseOtherAct(tx, actId);
    if (receiptId !== undefined && !(await isDocument(tx, receiptId, 'serviceReceipt', row)))
        throw new DomainError('document.receiptWrong');
    // 13号令 第57条: consent is signed, and stands in a document of its own.
    if (facts.mode === 'electronic' && !(await isDocument(tx, facts.consentId, 'serviceAddress', row, true)))
        throw new DomainError('document.consentMissing');
}

/** Whether the id is a document of that type that is not void, for the same person; and signed, where that is asked. */
async function isDocument(
    tx: Tx,
    id: Id,
    type: 'serviceReceipt' | 'serviceAddress',
    of: DocumentRow,
    signed = false,
): Promise<boolean> {
    const found = await tx.db
        .selectFrom('document')
        .select(['type', 'party_id', 'case_id', 'act_id', 'parent_id', 'state', 'first_signed_at', 'origin'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();
    if (found === undefined || found.type !== type || found.state === 'voided' || !isForSame(found, of)) return false;
    return !signed || found.first_signed_at !== null || found.origin === 'imported';
}

type Belonging = Pick<DocumentRow, 'party_id' | 'case_id' | 'act_id'>;

/** Two documents without a party speak of the same person only where something else says so: their case, act, or one being the other's. */
const isForSame = (found: Belonging & { parent_id: Id | null }, of: Belonging & { id: Id }): boolean =>
    found.party_id !== null || of.party_id !== null
        ? found.party_id === of.party_id
        : found.parent_id === of.id ||
          (found.case_id !== null && found.case_id === of.case_id) ||
          (found.act_id !== null && found.act_id === of.act_id);

export const closeService = (
    services: Services,
    context: CommandContext,
    serviceId: Id,
    body: Close,
): Promise<ResponseOf<Endpoints['document.closeService']>> =>
    runCommand<ResponseOf<Endpoints['document.closeService']>>(
        services.commands,
        context,
        'document.closeService',
        async (tx) => {
            const service = await lockService(tx, serviceId);
            if (service === undefined) throw new DomainError('document.serviceNotFound');
            if (service.state !== 'open') throw new DomainError('document.serviceClosed');
            const row = await lockDocument(tx, service.document_id);
            if (row === undefined) throw new DomainError('document.notFound');
            const closed = { closed_at: tx.now, closed_by: tx.actor };
            if (body.outcome === 'failed') {
                const { note } = body;
                await updateService(tx, service, { ...closed, state: 'failed', note });
                await insertStep(tx, row, 'serviceFailed', row.state, note);
                return { result: { servedAt: null }, events: [closedEvent(service.id, row.id, { outcome: 'failed', note })] };
            }
            const actId = await actOfService(tx, service.act_id, body.actId);
            const facts = JSON.parse(service.facts) as ServiceFacts;
            const recordings = await recordingsOfAct(tx, actId);
            const { servedAt, recorded } = decideServed(
                facts,
                {
                    at: body.at ?? null,
                    recordings,
                    captures: await capturesOf(tx, row.id),
                    unrecordedReason: body.unrecordedReason ?? null,
                    effectAt: service.effect_at,
                },
                tx.now,
            );
            const unrecorded = body.unrecordedReason ?? null;
            const note = body.note ?? null;
            const outcome = { state: 'served' as const, served_at: servedAt, recorded, unrecorded_reason: unrecorded, note };
            await updateService(tx, service, { ...closed, ...outcome, act_id: actId });
            const state = stateOnceServed(factsOf(row));
            await updateDocument(tx, row, { state, served_at: servedAt, served_mode: facts.mode });
            await insertStep(tx, row, 'served', state, note);
            const stated = bodyOf({
                outcome: 'served',
                mode: facts.mode,
                servedAt,
                recorded,
                unrecordedReason: unrecorded,
                note,
            });
            const { mode } = facts;
            const receipt = await noteServed(tx, service.receipt_id, {
                mode,
                servedAt,
                recorded,
                recordings,
                unrecordedReason: unrecorded,
            });
            return { result: { servedAt }, events: [closedEvent(service.id, row.id, stated), ...receipt] };
        },
    );

const closedEvent = (serviceId: Id, documentId: Id, body: DomainEvent['body']): DomainEvent => ({
    kind: 'document.serviceClosed',
    objects: [serviceId, documentId],
    body,
});

async function actOfService(tx: Tx, known: Id | null, named: Id | undefined): Promise<Id | null> {
    if (named === undefined) return known;
    await refuseOtherAct(tx, named);
    return named;
}

/** An act of the organisation that whoever serves may see (附件1 第12条). Throws `act.notFound` or `act.restricted`. */
async function refuseOtherAct(tx: Tx, actId: Id): Promise<void> {
    if ((await actNamed(tx, actId)) === undefined) throw new DomainError('act.notFound');
    await refuseUnlessActVisible(tx.read, actId, tx.actor);
}
