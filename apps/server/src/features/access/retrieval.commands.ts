import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    bodyOf,
    DomainError,
    dayOf,
    decideRetrievalConsent,
    decideRetrievalRequest,
    decideRetrievalWithdrawal,
    type Id,
    type RetrievalSource,
    retrievalNumber,
    type Subject,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import { organisationCode, registerPlace } from '../../platform/command/register-place.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { searchTextOf } from '../../platform/search-text.ts';
import type { Services } from '../../platform/services.ts';
import { refuseUnlessActVisible } from '../act/act-visibility.queries.ts';
import { concernedBy, participantsOf } from '../recording/recording.queries.ts';
import { insertRetrieval, insertRetrievalItems, lockRetrieval, updateRetrieval } from './retrieval.store.ts';
import {
    actsOfRetrieval,
    peopleOfCase,
    type RetrievableRecording,
    recordingsByIds,
    recordingsOfAct,
    recordingsOfCase,
} from './retrieval-source.queries.ts';

type Asked = BodyOf<Endpoints['retrieval.request']>;
type Done = Promise<Record<string, never>>;

/** 附件1 第20条: asks for recordings as evidence. What is asked for is fixed now, so that the consent is about something definite. */
export const requestRetrieval = (
    services: Services,
    context: CommandContext,
    subject: Subject,
    given: Asked,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'retrieval.request', async (tx) => {
        const from = await sourceOf(tx, given);
        await refuseHidden(tx, from.recordings);
        const wanted = [];
        for (const each of from.recordings) wanted.push({ ...each, concerned: await concernedBy(tx.read, each.id) });
        decideRetrievalRequest(
            { personId: tx.actor, roles: subject.roles, working: from.people?.includes(tx.actor) ?? false },
            wanted,
        );
        const id = tx.newId();
        const year = Number(dayOf(tx.now).slice(0, 4));
        const number = retrievalNumber(await organisationCode(tx), year, await registerPlace(tx, 'retrieval', year));
        const { purpose, proceeding, basis, recipient, reason } = given;
        const asked = { purpose, proceeding, basis, recipient, reason };
        await insertRetrieval(tx, {
            ...{ id, number, source: from.source, act_id: given.actId ?? null, case_id: given.caseId ?? null },
            ...asked,
            ...{ state: 'requested', requested_by: tx.actor, requested_at: tx.now },
            search_text: searchTextOf([recipient], [number, from.of, proceeding, basis, reason]),
        });
        const items = from.recordings.map((each, index) => ({
            id: tx.newId(),
            retrieval_id: id,
            place: index + 1,
            recording_id: each.id,
        }));
        await insertRetrievalItems(tx, items);
        const objects = [given.actId, given.caseId, ...items.map((each) => each.recording_id)];
        return {
            result: { id },
            events: [
                {
                    kind: 'retrieval.requested',
                    creates: [id],
                    objects: objects.filter((each) => each !== undefined),
                    body: bodyOf({ number, source: from.source, ...asked, recordings: items.map((each) => each.recording_id) }),
                },
            ],
        };
    });

/** Throws `act.restricted` where the actor may not see an act of one of them (附件1 第12条). */
export async function refuseHidden(tx: Tx, recordings: readonly RetrievableRecording[]): Promise<void> {
    for (const actId of new Set(recordings.map((each) => each.actId))) await refuseUnlessActVisible(tx.read, actId, tx.actor);
}

type Source = {
    readonly source: RetrievalSource;
    readonly recordings: readonly RetrievableRecording[];
    /** Those who work on it; absent where recordings were chosen, which each says whom it concerns. */
    readonly people?: readonly Id[];
    readonly of: string | null;
};

/** Throws `retrieval.sourceUnclear`, `act.notFound`, `case.notFound`, `recording.notFound`. */
async function sourceOf(tx: Tx, { actId, caseId, recordingIds }: Asked): Promise<Source> {
    const { read, orgId } = tx;
    if ([actId, caseId, recordingIds].filter((each) => each !== undefined).length !== 1)
        throw new DomainError('retrieval.sourceUnclear');
    if (actId !== undefined) {
        const act = await read
            .selectFrom('act')
            .select('number')
            .where('id', '=', actId)
            .where('org_id', '=', orgId)
            .executeTakeFirst();
        if (act === undefined) throw new DomainError('act.notFound');
        await refuseUnlessActVisible(read, actId, tx.actor);
        const recordings = await recordingsOfAct(read, orgId, actId);
        return { source: 'act', recordings, people: await participantsOf(read, actId), of: act.number };
    }
    if (caseId !== undefined) {
        const found = await read
            .selectFrom('case')
            .select('number')
            .where('id', '=', caseId)
            .where('org_id', '=', orgId)
            .executeTakeFirst();
        if (found === undefined) throw new DomainError('case.notFound');
        const recordings = await recordingsOfCase(read, orgId, caseId);
        return { source: 'case', recordings, people: await peopleOfCase(read, caseId), of: found.number };
    }
    const ids = [...new Set(recordingIds)];
    const recordings = await recordingsByIds(read, orgId, ids);
    if (recordings.length !== ids.length) throw new DomainError('recording.notFound');
    return { source: 'recordings', recordings, of: null };
}

export const consentToRetrieval = (services: Services, context: CommandContext, id: Id, note: string | undefined): Done =>
    runCommand(services.commands, context, 'retrieval.consent', async (tx) => {
        const retrieval = await retrievalFor(tx, id);
        const state = decideRetrievalConsent(retrieval, 'consent', tx.actor);
        const decided = { decided_by: tx.actor, decided_at: tx.now, decided_note: note ?? null };
        await updateRetrieval(tx, retrieval, { state, ...decided });
        const body = bodyOf({ number: retrieval.number, note });
        return { result: {}, events: [{ kind: 'retrieval.consented', objects: objectsOf(retrieval), body }] };
    });

export const refuseRetrieval = (services: Services, context: CommandContext, id: Id, reason: string): Done =>
    runCommand(services.commands, context, 'retrieval.refuse', async (tx) => {
        const retrieval = await retrievalFor(tx, id);
        const state = decideRetrievalConsent(retrieval, 'refuse', tx.actor);
        const decided = { decided_by: tx.actor, decided_at: tx.now, decided_note: reason };
        await updateRetrieval(tx, retrieval, { state, ...decided });
        const body = bodyOf({ number: retrieval.number, reason });
        return { result: {}, events: [{ kind: 'retrieval.refused', objects: objectsOf(retrieval), body }] };
    });

export const withdrawRetrieval = (services: Services, context: CommandContext, subject: Subject, id: Id, reason: string): Done =>
    runCommand(services.commands, context, 'retrieval.withdraw', async (tx) => {
        const retrieval = await retrievalFor(tx, id);
        const state = decideRetrievalWithdrawal(retrieval, { personId: tx.actor, roles: subject.roles });
        const withdrawn = { withdrawn_by: tx.actor, withdrawn_at: tx.now, withdrawn_why: reason };
        await updateRetrieval(tx, retrieval, { state, ...withdrawn });
        const body = bodyOf({ number: retrieval.number, reason });
        return { result: {}, events: [{ kind: 'retrieval.withdrawn', objects: objectsOf(retrieval), body }] };
    });

/** `retrieval.notFound`, and `act.restricted` where the actor may not see one of its acts (附件1 第12条). */
export async function retrievalFor(tx: Tx, id: Id) {
    const retrieval = await lockRetrieval(tx, id);
    if (retrieval === undefined) throw new DomainError('retrieval.notFound');
    for (const actId of await actsOfRetrieval(tx.read, id)) await refuseUnlessActVisible(tx.read, actId, tx.actor);
    return retrieval;
}

export const objectsOf = ({ id, act_id, case_id }: { id: Id; act_id: Id | null; case_id: Id | null }): Id[] =>
    [id, act_id, case_id].filter((each): each is Id => each !== null);
