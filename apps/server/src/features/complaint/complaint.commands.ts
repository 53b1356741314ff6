import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    bodyOf,
    type ComplaintChannel,
    complaintDue,
    complaintNumber,
    DomainError,
    dayOf,
    decideAnswer,
    decideApart,
    decideComplaintClose,
    decideComplaintUpdate,
    decidePremises,
    decideReceived,
    decideTriage,
    type Id,
    type Instant,
    ISSUED_STATES,
    isAnonymous,
    yearOfDay,
} from '@liuhen/domain';
import { changesOf } from '../../platform/changes.ts';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import { organisationCode, registerPlace } from '../../platform/command/register-place.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { searchTextOf } from '../../platform/search-text.ts';
import type { Services } from '../../platform/services.ts';
import { usableParty } from '../party/party-usable.queries.ts';
import { replyDocument } from './complaint.queries.ts';
import {
    COMPLAINT_KEYS,
    complaintWithNumber,
    insertComplaint,
    insertIdentity,
    keptIdentity,
    lockComplaint,
    premisesOf,
    updateComplaint,
} from './complaint.store.ts';
import { openIdentity, sealIdentity } from './complaint-identity.commands.ts';
import { termDay } from './complaint-term.queries.ts';

type Registration = BodyOf<Endpoints['complaint.register']>;
type About = Pick<Registration, 'externalNumber' | 'partyId' | 'premisesId' | 'place' | 'statedDueDay'>;

/**
 * Registers a complaint. The body of the entry holds neither what was said, which may betray who said it, nor who it was;
 * both are bound by the digests of their rows.
 */
export const registerComplaint = (
    services: Services,
    context: CommandContext,
    { identity = {}, ...fields }: Registration,
): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'complaint.register',
        async (tx) => {
            decideReceived(fields.receivedAt, tx.now);
            decideApart({ subject: fields.subject, content: fields.content, place: fields.place }, identity);
            const { party, ...columns } = await aboutColumns(tx, fields.channel, fields.receivedAt, fields, undefined);

            const year = yearOfDay(dayOf(tx.now));
            const number = complaintNumber(await organisationCode(tx), year, await registerPlace(tx, 'complaint', year));
            const { channel, subject, content, receivedAt, replyRequested, confidential } = fields;
            const { id } = await insertComplaint(tx, {
                id: tx.newId(),
                number,
                channel,
                received_at: receivedAt,
                received_by: tx.actor,
                subject,
                content,
                ...columns,
                reply_requested: replyRequested,
                confidential,
                state: 'registered',
                search_text: searchText(number, subject, columns),
            });
            const kept = !isAnonymous(identity);
            if (kept) await insertIdentity(tx, id, sealIdentity(services, id, identity));
            const { external_number: externalNumber, due_day: dueDay, place } = columns;
            const objects = fields.partyId === undefined ? [] : [fields.partyId];
            const body = { number, channel, receivedAt, subject, externalNumber, party, place, dueDay, replyRequested };
            return {
                result: { id },
                events: [
                    { kind: 'complaint.registered', creates: [id], objects, body: bodyOf({ ...body, confidential }) },
                    ...(kept ? [{ kind: 'complaint.identityKept' as const, objects: [id], body: { number } }] : []),
                ],
            };
        },
        { retryOn: COMPLAINT_KEYS },
    );

/** Party, place, number elsewhere and due day, as far as they are given and true of each other. */
async function aboutColumns(tx: Tx, channel: ComplaintChannel, receivedAt: Instant, about: About, own: Id | undefined) {
    const { externalNumber, partyId, premisesId, place, statedDueDay } = about;
    if (externalNumber !== undefined) {
        const holder = await complaintWithNumber(tx, channel, externalNumber);
        if (holder !== undefined && holder.id !== own)
            throw new DomainError('complaint.externalNumberTaken', { number: holder.number });
    }
    const party = partyId === undefined ? null : await usableParty(tx, partyId);
    if (premisesId !== undefined) decidePremises(await premisesOf(tx, premisesId), partyId);
    const due = complaintDue({ receivedAt, stated: statedDueDay }, await termDay(tx.read, tx.orgId, channel, receivedAt));
    return {
        party: party?.name ?? null,
        external_number: externalNumber ?? null,
        party_id: partyId ?? null,
        premises_id: premisesId ?? null,
        place: place ?? null,
        due_day: due.day,
        due_basis: due.basis,
    };
}

/** Names of parties are joined when searching; what was said is not searched: it may betray who said it. */
const searchText = (
    number: string,
    subject: string,
    { place, external_number }: { place: string | null; external_number: string | null },
) => searchTextOf([subject, place], [number, external_number]);

export const changeComplaint = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version, ...about }: BodyOf<Endpoints['complaint.update']>,
): Promise<{ version: number }> =>
    runCommand(
        services.commands,
        context,
        'complaint.update',
        async (tx) => {
            const before = await lockComplaint(tx, id);
            if (before === undefined) throw new DomainError('complaint.notFound');
            decideComplaintUpdate(before.state);
            const { party, ...columns } = await aboutColumns(tx, before.channel, before.received_at, about, id);
            const search_text = searchText(before.number, before.subject, columns);
            const after = await updateComplaint(tx, { id, version }, { ...columns, search_text });
            const parties = [before.party_id, about.partyId].filter((each): each is Id => each !== null && each !== undefined);
            return {
                result: { version: after.version },
                events: [
                    {
                        kind: 'complaint.updated',
                        objects: [...new Set([id, ...parties])],
                        body: bodyOf({ party, changes: changesOf(before, columns) }),
                    },
                ],
            };
        },
        { retryOn: COMPLAINT_KEYS },
    );

export const triageComplaint = (
    services: Services,
    context: CommandContext,
    id: Id,
    triage: BodyOf<Endpoints['complaint.triage']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'complaint.triage', async (tx) => {
        const before = await lockComplaint(tx, id);
        if (before === undefined) throw new DomainError('complaint.notFound');
        decideTriage(before.state, triage);
        const { outcome, reason, transferredTo } = triage;
        await updateComplaint(tx, before, {
            state: outcome,
            triaged_at: tx.now,
            triage_reason: reason ?? null,
            transferred_to: outcome === 'transferred' ? (transferredTo ?? null) : null,
        });
        return {
            result: {},
            events: [{ kind: `complaint.${outcome}` as const, objects: [id], body: bodyOf({ reason, transferredTo }) }],
        };
    });

export const answerComplaint = (
    services: Services,
    context: CommandContext,
    id: Id,
    { answeredAt, text, documentId }: BodyOf<Endpoints['complaint.answer']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'complaint.answer', async (tx) => {
        const before = await lockComplaint(tx, id);
        if (before === undefined) throw new DomainError('complaint.notFound');
        decideAnswer(before.state);
        decideReceived(answeredAt, tx.now);
        const reply = documentId === undefined ? undefined : await replyDocument(tx.read, tx.orgId, documentId);
        if (documentId !== undefined && reply === undefined) throw new DomainError('complaint.linkNotFound');
        if (reply !== undefined && !ISSUED_STATES.includes(reply.state)) throw new DomainError('complaint.replyNotSent');
        // Whoever reads documents and answers does not learn who complained.
        const kept = await keptIdentity(tx, id);
        if (kept !== undefined) decideApart({ text, documentId: reply?.content }, openIdentity(services, id, kept.sealed));
        await updateComplaint(tx, before, {
            state: 'answered',
            answered_at: answeredAt,
            answer: text,
            answer_document_id: documentId ?? null,
        });
        return {
            result: {},
            events: [{ kind: 'complaint.answered', objects: [id], body: bodyOf({ answeredAt, documentId }) }],
        };
    });

export const closeComplaint = (
    services: Services,
    context: CommandContext,
    id: Id,
    { result }: BodyOf<Endpoints['complaint.close']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'complaint.close', async (tx) => {
        const before = await lockComplaint(tx, id);
        if (before === undefined) throw new DomainError('complaint.notFound');
        decideComplaintClose({ state: before.state, replyRequested: before.reply_requested });
        await updateComplaint(tx, before, { state: 'closed', closed_at: tx.now, result });
        return { result: {}, events: [{ kind: 'complaint.closed', objects: [id], body: { result } }] };
    });
