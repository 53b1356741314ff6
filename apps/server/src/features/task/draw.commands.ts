import type { BodyOf, Endpoints, ResponseOf } from '@liuhen/contract';
import {
    bodyOf,
    canonicalJson,
    DomainError,
    DRAW_SECRET_LENGTH,
    type DrawLists,
    type DrawObject,
    type DrawOfficer,
    dayOf,
    decideAbandon,
    decideDrawCommit,
    decideReveal,
    drawCommitment,
    drawNumber,
    gradedWeight,
    type Id,
    isSameList,
    listsDigest,
    normalLists,
    runDraw,
    toHex,
    utf8Bytes,
    yearOfDay,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import { organisationCode, registerPlace } from '../../platform/command/register-place.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { nodeDigest } from '../../platform/digest.ts';
import type { Services } from '../../platform/services.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';
import { weightsOn } from '../party/grade.queries.ts';
import { usableParty } from '../party/party-usable.queries.ts';
import { drawsOfYear, insertDraw, lockDraw, updateDraw } from './draw.store.ts';
import { avoidancesFor, factsOf } from './draw-facts.queries.ts';
import { enterTasks } from './new-tasks.ts';
import { peopleOf } from './task.store.ts';

type Order = BodyOf<Endpoints['draw.commit']>;

const { sha256 } = nodeDigest;
/** Binds the sealed secret to its draw. */
const PURPOSE = 'draw.secret';

/**
 * Fixes a draw: the lists in their one form, and a secret that nobody sees before the reveal. The entry states the
 * digest of the lists and the commitment to both, so that neither can change unnoticed.
 */
export const commitDraw = (services: Services, context: CommandContext, order: Order): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'draw.commit', async (tx) => {
        const lists = normalLists(await listsOf(tx, order));
        const objects = lists.objects.map((each) => each.id);
        const earlier = (await drawsOfYear(tx, order.year))
            .filter((each) => isSameList(objects, objectsIn(each.lists)))
            .map((each) => each.number);
        decideDrawCommit(order, earlier, order.redrawReason, { now: tx.now, today: dayOf(tx.now) });

        const id = tx.newId();
        const secret = services.clock.randomBytes(DRAW_SECRET_LENGTH);
        const digest = listsDigest(sha256, lists);
        const year = yearOfDay(dayOf(tx.now));
        const number = drawNumber(await organisationCode(tx), year, await registerPlace(tx, 'draw', year));
        const stated = {
            number,
            title: order.title,
            lists_digest: toHex(digest),
            commitment: toHex(drawCommitment(sha256, secret, digest)),
            public_value_is: order.publicValueIs ?? null,
            public_value_from: order.publicValueFrom ?? null,
            redraw_reason: earlier.length === 0 ? null : (order.redrawReason ?? null),
        };
        await insertDraw(tx, {
            id,
            ...stated,
            year: order.year,
            plan_item_id: order.planItemId ?? null,
            due_day: order.dueDay,
            state: 'committed',
            lists: canonicalJson(lists),
            sealed_secret: services.secrets.seal(PURPOSE, id, secret),
            earlier,
            committed_by: tx.actor,
            committed_at: tx.now,
        });
        const counts = { objects: lists.objects.length, officers: lists.officers.length };
        return {
            result: { id },
            events: [{ kind: 'draw.committed', creates: [id], body: bodyOf({ ...stated, ...counts, earlier }) }],
        };
    });

const objectsIn = (lists: string): Id[] => (JSON.parse(lists) as DrawLists).objects.map((each) => each.id);

/** The lists as this moment knows them: what a caller says about objects is only which, in what stratum, and who is exempt. */
async function listsOf(tx: Tx, order: Order): Promise<DrawLists> {
    const asked = new Map(order.objects.map((each) => [each.partyId, each]));
    if (asked.size !== order.objects.length) throw new DomainError('draw.listInvalid', { reason: 'objectTwice' });
    const facts = await factsOf(tx.read, tx.orgId, [...asked.keys()], order.year);
    if (facts.length !== asked.size) throw new DomainError('party.notFound');
    const merged = facts.find((each) => each.merged);
    if (merged !== undefined) await usableParty(tx, merged.id);
    const today = { day: dayOf(tx.now), at: tx.now };
    const { tables, graded } = await weightsOn(tx.read, tx.orgId, [...asked.keys()], today);
    const objects = facts.map(({ id, name, creditCode, inspections, closed, openTask }): DrawObject => {
        const { grade = '', weight: wanted, exempt } = asked.get(id) ?? {};
        const own = graded.get(id);
        const weight = wanted ?? gradedWeight(own);
        const differs = weight !== gradedWeight(own);
        if (differs && order.weightReason === undefined) throw new DomainError('draw.weightReasonMissing', { name });
        const marks = {
            ...(creditCode === null ? {} : { creditCode }),
            ...(exempt === undefined ? {} : { exempt }),
            ...(own === undefined ? {} : { graded: own }),
            ...(differs && order.weightReason !== undefined ? { weightReason: order.weightReason } : {}),
        };
        return { id, name: name.normalize('NFC'), grade, weight, inspections, closed, openTask, ...marks };
    });
    const cap = await parameterAt(tx.read, tx.orgId, 'inspection.capPerYear', tx.now);
    const most = await parameterAt(tx.read, tx.orgId, 'inspection.mostPerOfficer', tx.now);
    return {
        v: 1,
        title: order.title,
        year: order.year,
        objects,
        officers: await officersFor(tx, order.officerIds),
        avoidances: await avoidancesFor(tx.read, tx.orgId, facts, order.officerIds, order.avoidLastVisit),
        rules: {
            strata: order.strata,
            officersPerObject: 2,
            ...(most.value === null ? {} : { mostPerOfficer: most.value }),
            ...(cap.value === null ? {} : { capPerYear: cap.value }),
            gradeWeights: tables,
        },
        ...(order.publicValueIs === undefined ? {} : { publicValueIs: order.publicValueIs }),
    };
}

async function officersFor(tx: Tx, ids: readonly Id[]): Promise<DrawOfficer[]> {
    return (await peopleOf(tx, ids)).map((person) => {
        if (person === undefined) throw new DomainError('person.notFound');
        const { personId: id, name, certificateNumber, leftAt, kind } = person;
        if (leftAt !== null) throw new DomainError('person.hasLeft', { name });
        if (kind !== 'officer' || certificateNumber === null) throw new DomainError('act.officerNeedsCertificate', { name });
        return { id, name: name.normalize('NFC'), certificateNumber };
    });
}

/** Reveals the secret, draws, and enters a task for each object drawn, in one transaction. */
export const revealDraw = (
    services: Services,
    context: CommandContext,
    id: Id,
    { publicValue }: BodyOf<Endpoints['draw.reveal']>,
): Promise<ResponseOf<Endpoints['draw.reveal']>> =>
    runCommand(services.commands, context, 'draw.reveal', async (tx) => {
        const draw = await lockDraw(tx, id);
        if (draw === undefined) throw new DomainError('draw.notFound');
        const announced = { publicValueIs: draw.public_value_is, publicValueFrom: draw.public_value_from };
        decideReveal({ state: draw.state, ...announced }, publicValue, tx.now);
        const secret = services.secrets.open(PURPOSE, id, draw.sealed_secret ?? new Uint8Array());
        const lists = JSON.parse(draw.lists) as DrawLists;
        const result = runDraw(sha256, lists, secret, publicValue);
        const resultText = canonicalJson(result);
        await updateDraw(tx, draw, {
            state: 'revealed',
            sealed_secret: null,
            secret: toHex(secret),
            public_value: publicValue ?? null,
            result: resultText,
            ended_by: tx.actor,
            ended_at: tx.now,
        });
        const tasks =
            result.picks.length === 0
                ? []
                : await enterTasks(
                      tx,
                      result.picks.map(({ object, officers }) => ({
                          origin: 'doubleRandom' as const,
                          title: draw.title,
                          dueDay: draw.due_day,
                          partyId: object,
                          planItemId: draw.plan_item_id,
                          drawId: id,
                          source: draw.number,
                          officerIds: officers,
                      })),
                  );
        const unstaffed = result.picks.filter((each) => each.officers.length === 0).length;
        const parties = result.picks.map((each) => each.object);
        return {
            result: { picks: result.picks.length, unstaffed },
            events: [
                {
                    kind: 'draw.revealed',
                    creates: tasks.map((each) => each.id),
                    objects: [id, ...parties],
                    body: bodyOf({
                        number: draw.number,
                        secret: toHex(secret),
                        publicValue,
                        resultDigest: toHex(sha256(utf8Bytes(resultText))),
                        picks: result.picks.length,
                        unstaffed,
                    }),
                },
            ],
        };
    });

export const abandonDraw = (
    services: Services,
    context: CommandContext,
    id: Id,
    { reason }: BodyOf<Endpoints['draw.abandon']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'draw.abandon', async (tx) => {
        const draw = await lockDraw(tx, id);
        if (draw === undefined) throw new DomainError('draw.notFound');
        decideAbandon(draw.state);
        // The secret is opened all the same: whoever wonders can see what was given up.
        const secret = toHex(services.secrets.open(PURPOSE, id, draw.sealed_secret ?? new Uint8Array()));
        await updateDraw(tx, draw, {
            state: 'abandoned',
            sealed_secret: null,
            secret,
            abandon_reason: reason,
            ended_by: tx.actor,
            ended_at: tx.now,
        });
        const { number } = draw;
        return { result: {}, events: [{ kind: 'draw.abandoned', objects: [id], body: { number, reason, secret } }] };
    });
