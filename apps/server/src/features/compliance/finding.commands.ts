import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    type AnswerState,
    bodyOf,
    DomainError,
    decideAnswerMoment,
    decideFindingAnswer,
    decideFindingAnswerWithdrawal,
    decideFindingConfirmation,
    decideFindingRevision,
    decideOnFindingAnswer,
    type FindingCode,
    type FindingState,
    type Id,
    type Instant,
    type RulingKind,
    stateAfter,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { refuseUnlessActVisible } from '../act/act-visibility.queries.ts';
import { actsTakenPartIn, originalOfAct } from './finding.queries.ts';
import {
    ANSWER_KEYS,
    insertAnswer,
    insertRuling,
    lockFinding,
    updateAnswer,
    updateFinding,
    waitingAnswer,
} from './finding.store.ts';
import { holdsRole, standsIn } from './finding-owner.queries.ts';

/** 附件1 第10条: explains what was found, or says that the facts as they are kept are wrong. */
export const answerFinding = (
    services: Services,
    context: CommandContext,
    id: Id,
    { kind, words, moment }: BodyOf<Endpoints['finding.answer']>,
): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'finding.answer',
        async (tx) => {
            const { finding, takesPart } = await findingFor(tx, id);
            const may = takesPart || (await standsIn(tx.read, tx.orgId, tx.actor, finding));
            decideFindingAnswer(wordsOf(finding), { personId: tx.actor, takesPart: may });
            if (moment !== undefined) {
                const { act_id } = finding;
                const original = act_id === null ? undefined : await originalOfAct(tx.read, act_id, moment.recordingId);
                decideAnswerMoment(moment.mediaMs, original);
            }
            const answer = await insertAnswer(tx, {
                ...{ id: tx.newId(), finding_id: id, kind, words, state: 'waiting' },
                ...{ stated_by: tx.actor, stated_at: tx.now },
                ...{ recording_id: moment?.recordingId ?? null, media_ms: moment?.mediaMs ?? null },
                ...{ from_at: finding.from_at, to_at: finding.to_at },
            });
            await updateFinding(tx, finding, { state: 'answered' });
            const body = bodyOf({ kind, words, code: finding.code, ...(moment === undefined ? {} : { moment }) });
            return {
                result: { id: answer.id },
                events: [{ kind: 'finding.answered', creates: [answer.id], objects: [id, ...aboutOf(finding)], body }],
            };
        },
        { retryOn: ANSWER_KEYS },
    );

export const decideOnFinding = (
    services: Services,
    context: CommandContext,
    id: Id,
    { as, words }: BodyOf<Endpoints['finding.decide']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'finding.decide', async (tx) => {
        const { finding, answer, isConcerned } = await answeredFor(tx, id);
        const { from_at, to_at } = finding;
        const said = { ...answerOf(answer), from: answer.from_at ?? from_at, to: answer.to_at ?? to_at };
        decideOnFindingAnswer(said, { from: from_at, to: to_at }, { personId: tx.actor, isConcerned }, as, words);
        const decided = { state: as, decided_by: tx.actor, decided_at: tx.now, decision: words ?? null };
        // What is accepted is the stretch that whoever accepts it sees.
        await updateAnswer(tx, answer, as === 'accepted' ? { ...decided, from_at, to_at } : decided);
        // Facts that came meanwhile may have settled it: then the answer only becomes part of its history.
        const state = finding.state === 'answered' ? stateAfter(answer.kind, as) : finding.state;
        await updateFinding(tx, finding, { state });
        const body = bodyOf({ as, words, kind: answer.kind, code: finding.code, state });
        return { result: {}, events: [{ kind: 'finding.answerDecided', objects: [id, answer.id, ...aboutOf(finding)], body }] };
    });

export const withdrawFindingAnswer = (services: Services, context: CommandContext, id: Id): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'finding.withdraw', async (tx) => {
        const { finding, answer } = await answeredFor(tx, id);
        decideFindingAnswerWithdrawal(answerOf(answer), tx.actor);
        await updateAnswer(tx, answer, { state: 'withdrawn' });
        if (finding.state === 'answered') await updateFinding(tx, finding, { state: 'open' });
        const body = bodyOf({ code: finding.code });
        return { result: {}, events: [{ kind: 'finding.answerWithdrawn', objects: [id, answer.id, ...aboutOf(finding)], body }] };
    });

/** 正文三(四): what nothing explains is a violation, by somebody who did not take part. */
export const confirmFinding = (
    services: Services,
    context: CommandContext,
    id: Id,
    { words }: BodyOf<Endpoints['finding.confirm']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'finding.confirm', async (tx) => {
        const { finding, isConcerned } = await findingFor(tx, id);
        decideFindingConfirmation(wordsOf(finding), isConcerned);
        await updateFinding(tx, finding, { state: 'stands', settled_at: tx.now });
        const ruling = await rule(tx, finding, 'confirmed', words);
        const body = bodyOf({ words, code: finding.code });
        const objects = [id, ...aboutOf(finding)];
        return { result: {}, events: [{ kind: 'finding.confirmed', creates: [ruling.id], objects, body }] };
    });

/**
 * What was confirmed is none by facts that came later: somebody who did not take part settles it and says why. The confirmation and what
 * followed it stay.
 */
export const reviseFinding = (
    services: Services,
    context: CommandContext,
    id: Id,
    { words }: BodyOf<Endpoints['finding.revise']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'finding.revise', async (tx) => {
        const { finding, isConcerned } = await findingFor(tx, id);
        decideFindingRevision({ state: finding.state, goneSince: finding.gone_since }, isConcerned);
        await updateFinding(tx, finding, { state: 'settled', settled_at: tx.now, gone_since: null });
        const ruling = await rule(tx, finding, 'revised', words);
        const body = bodyOf({ words, code: finding.code });
        const objects = [id, ...aboutOf(finding)];
        return { result: {}, events: [{ kind: 'finding.revised', creates: [ruling.id], objects, body }] };
    });

const rule = (tx: Tx, of: { id: Id; from_at: Instant | null; to_at: Instant | null }, kind: RulingKind, words: string) =>
    insertRuling(tx, {
        ...{ id: tx.newId(), finding_id: of.id, kind, words, ruled_by: tx.actor, ruled_at: tx.now },
        ...{ from_at: of.from_at, to_at: of.to_at },
    });

/** Of an act whoever takes part is concerned; of a unit or a device whoever holds the role that answers, and whose matter it is. */
async function findingFor(tx: Tx, id: Id) {
    const finding = await lockFinding(tx, id);
    if (finding === undefined) throw new DomainError('finding.notFound');
    const { act_id, owner_id, owner_role, person_id } = finding;
    if (act_id === null) {
        const answers = owner_role !== null && (await holdsRole(tx.read, tx.orgId, tx.actor, owner_role));
        return { finding, takesPart: answers, isConcerned: answers || owner_id === tx.actor || person_id === tx.actor };
    }
    await refuseUnlessActVisible(tx.read, act_id, tx.actor);
    const part = (await actsTakenPartIn(tx.read, [act_id], tx.actor)).get(act_id);
    return { finding, takesPart: part === 'now', isConcerned: part !== undefined || owner_id === tx.actor };
}

const aboutOf = ({ act_id, device_id }: { act_id: Id | null; device_id: Id | null }): Id[] => [act_id ?? device_id ?? []].flat();

async function answeredFor(tx: Tx, id: Id) {
    const of = await findingFor(tx, id);
    const answer = await waitingAnswer(tx, id);
    if (answer === undefined) throw new DomainError('finding.answerNotFound');
    return { ...of, answer };
}

const wordsOf = ({ state, code, owner_id }: { state: FindingState; code: FindingCode; owner_id: Id | null }) => ({
    ...{ state: state, code: code, ownerId: owner_id },
});
const answerOf = ({ state, stated_by }: { state: AnswerState; stated_by: Id }) => ({
    ...{ state: state, statedBy: stated_by },
});
