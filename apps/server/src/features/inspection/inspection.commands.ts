import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    assignReviewers,
    bodyOf,
    type CampaignRules,
    campaignCommitment,
    campaignNumber,
    canonicalDigest,
    canonicalJson,
    DomainError,
    DRAW_SECRET_LENGTH,
    dayOf,
    decideCampaignCommit,
    decideCampaignDraw,
    decideCampaignEnd,
    decideCampaignStep,
    decideReach,
    type Id,
    normalFrame,
    normalRules,
    normalScheme,
    runCampaignDraw,
    toHex,
    utf8Bytes,
    yearOfDay,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import { organisationCode, registerPlace } from '../../platform/command/register-place.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { nodeDigest } from '../../platform/digest.ts';
import type { Services } from '../../platform/services.ts';
import { frameOf, peopleOfActs } from './frame.queries.ts';
import { insertInspection, insertSheets, lockInspection, updateInspection } from './inspection.store.ts';
import { parallelNumbers } from './parallel.queries.ts';
import { organisationsOf, reachOf } from './reach.queries.ts';
import { appealUntil, lastFinishedAt, openOf } from './sheet.queries.ts';

type Order = BodyOf<Endpoints['inspection.draft']>;
type Done = Record<string, never>;

const { sha256 } = nodeDigest;
/** Binds the sealed seed to its inspection. */
const PURPOSE = 'inspection.secret';

const rulesIn = (row: { rules: string }) => JSON.parse(row.rules) as CampaignRules;

async function inspectionOf(tx: Tx, id: Id) {
    const row = await lockInspection(tx, id);
    if (row === undefined) throw new DomainError('inspection.notFound');
    return row;
}

/** What an order comes to as a row: rules in their one form, reviewers and scheme that can be used. */
async function preparedOf(tx: Tx, order: Order, reach: readonly Id[]) {
    const { title, organisationIds, from, to, scenarios, byOrganisation, byScenario, take, publicValueIs } = order;
    const organisations = await organisationsOf(tx.read, organisationIds);
    if (organisations.length !== new Set(organisationIds).size) throw new DomainError('inspection.outsideReach', { names: '?' });
    decideReach({ organisations }, reach);
    const shares = order.shares.map(({ organisation, scenario, take: of }) => ({
        ...(organisation === undefined ? {} : { organisation }),
        ...(scenario === undefined ? {} : { scenario }),
        take: of,
    }));
    const rules = normalRules({
        v: 1,
        title,
        organisations: organisations.map((each) => ({ ...each, name: each.name.normalize('NFC') })),
        ...{ from, to, scenarios, byOrganisation, byScenario, take, shares },
        ...(publicValueIs === undefined ? {} : { publicValueIs }),
    });
    await refuseUnknownReviewers(tx, order.reviewerIds);
    return {
        title,
        period_from: from,
        period_to: to,
        rules: canonicalJson(rules),
        scheme: JSON.stringify(
            normalScheme(order.scheme.map(({ clause, ...item }) => (clause === undefined ? item : { ...item, clause }))),
        ),
        reviewers: [...new Set(order.reviewerIds)],
        inspected: rules.organisations.map((each) => each.id),
        appeal_days: order.appealDays ?? null,
        public_value_from: order.publicValueFrom ?? null,
    };
}

/** Reviewers are people of the own organisation who may review. */
export async function refuseUnknownReviewers(tx: Tx, ids: readonly Id[]): Promise<void> {
    if (ids.length === 0) return;
    const rows = await tx.db
        .selectFrom('person as p')
        .innerJoin('role_grant as g', (on) => on.onRef('g.person_id', '=', 'p.id').on('g.ended_at', 'is', null))
        .select('p.id')
        .distinct()
        .where('p.id', 'in', ids)
        .where('p.org_id', '=', tx.orgId)
        .where('p.left_at', 'is', null)
        .where('g.role', '=', 'inspector')
        .execute();
    if (rows.length !== new Set(ids).size) throw new DomainError('inspection.reviewerUnknown');
}

export async function draftInspection(services: Services, context: CommandContext, order: Order): Promise<{ id: Id }> {
    const { inspectable } = await reachOf(services.db, context.orgId);
    return runCommand(services.commands, context, 'inspection.draft', async (tx) => {
        const id = tx.newId();
        const prepared = await preparedOf(tx, order, inspectable);
        const year = yearOfDay(dayOf(tx.now));
        const number = campaignNumber(await organisationCode(tx), year, await registerPlace(tx, 'inspection', year));
        await insertInspection(tx, { id, number, ...prepared, state: 'draft', drafted_by: tx.actor, drafted_at: tx.now });
        return { result: { id }, events: [{ kind: 'inspection.drafted', creates: [id], body: bodyOf({ number, ...prepared }) }] };
    });
}

export async function changeInspection(
    services: Services,
    context: CommandContext,
    id: Id,
    { version, ...order }: BodyOf<Endpoints['inspection.update']>,
): Promise<{ version: number }> {
    const { inspectable } = await reachOf(services.db, context.orgId);
    return runCommand(services.commands, context, 'inspection.update', async (tx) => {
        const row = await inspectionOf(tx, id);
        decideCampaignStep(row.state, 'draft');
        const prepared = await preparedOf(tx, order, inspectable);
        const after = await updateInspection(tx, { id, version }, prepared);
        return {
            result: { version: after.version },
            events: [{ kind: 'inspection.updated', objects: [id], body: bodyOf({ number: row.number, ...prepared }) }],
        };
    });
}

/**
 * Fixes rules, scheme and seed. The entry states the digest of the rules and the commitment to both, so that neither can change
 * unnoticed; the seed is shown to nobody before the sample is drawn.
 */
export async function commitInspection(services: Services, context: CommandContext, id: Id): Promise<{ commitment: string }> {
    const { inspectable } = await reachOf(services.db, context.orgId);
    return runCommand(services.commands, context, 'inspection.commit', async (tx) => {
        const row = await inspectionOf(tx, id);
        const rules = rulesIn(row);
        decideReach(rules, inspectable);
        const { state, public_value_from: publicValueFrom, reviewers } = row;
        decideCampaignCommit({ state, publicValueFrom, reviewers }, rules, tx.now);
        const secret = services.clock.randomBytes(DRAW_SECRET_LENGTH);
        const digest = canonicalDigest(sha256, rules);
        const commitment = toHex(campaignCommitment(sha256, secret, digest));
        const stated = { rules_digest: toHex(digest), commitment };
        await updateInspection(tx, row, {
            ...stated,
            state: 'committed',
            sealed_secret: services.secrets.seal(PURPOSE, id, secret),
            committed_by: tx.actor,
            committed_at: tx.now,
        });
        const { number, title, rules: rulesText, scheme } = row;
        // Named in the log as well: who hands the record out later cannot leave one of them out.
        const parallel = await parallelNumbers(tx.read, row);
        const words = { rules: rulesText, scheme: canonicalJson(scheme), publicValueFrom, parallel };
        const body = bodyOf({ number, title, ...stated, ...words });
        return { result: { commitment }, events: [{ kind: 'inspection.committed', objects: [id], body }] };
    });
}

/** Opens the seed, freezes the frame and draws: all of it in one transaction, and a sheet for each act drawn. */
export async function drawInspection(
    services: Services,
    context: CommandContext,
    id: Id,
    { publicValue }: BodyOf<Endpoints['inspection.draw']>,
): Promise<{ drawn: number; unassigned: number }> {
    const { inspectable } = await reachOf(services.db, context.orgId);
    return runCommand(services.commands, { ...context, readOrgs: inspectable }, 'inspection.draw', async (tx) => {
        const row = await inspectionOf(tx, id);
        const rules = rulesIn(row);
        decideReach(rules, inspectable);
        decideCampaignDraw({ state: row.state, publicValueFrom: row.public_value_from }, rules, publicValue, tx.now);
        const secret = services.secrets.open(PURPOSE, id, row.sealed_secret ?? new Uint8Array());
        const { frame: found, unrecorded, secretActs } = await frameOf(tx.read, rules);
        const frame = normalFrame(found);
        const result = runCampaignDraw(sha256, rules, frame, secret, publicValue);
        const resultText = canonicalJson(result);
        const stated = { frame_digest: toHex(canonicalDigest(sha256, frame)), secret: toHex(secret) };
        await updateInspection(tx, row, {
            ...stated,
            state: 'drawn',
            sealed_secret: null,
            frame: canonicalJson(frame),
            result: resultText,
            unrecorded,
            secret_acts: secretActs,
            public_value: publicValue ?? null,
            drawn_by: tx.actor,
            drawn_at: tx.now,
        });

        const acts = new Map(frame.acts.map((each) => [each.id, each]));
        const hidden = new Set(secretActs);
        const { tookPart, officers } = await peopleOfActs(
            tx.read,
            result.picks.map((each) => each.act),
        );
        const reviewers = assignReviewers(
            result.picks.map(({ act }) => ({ act, tookPart: tookPart.get(act) ?? [] })),
            row.reviewers,
        );
        const sheets = result.picks.flatMap(({ place, act, stratum }) => {
            const of = acts.get(act);
            if (of === undefined) return [];
            const secretAct = hidden.has(act);
            return [
                {
                    id: tx.newId(),
                    inspection_id: id,
                    ...{ place, stratum, act_id: act, act_number: of.number, act_org_id: of.organisation, scenario: of.scenario },
                    secret_act: secretAct,
                    officers: JSON.stringify(secretAct ? [] : (officers.get(act) ?? [])),
                    reviewer_id: reviewers.get(act) ?? null,
                    state: 'open' as const,
                    answers: JSON.stringify([]),
                },
            ];
        });
        await insertSheets(tx, sheets);
        const counts = { acts: frame.acts.length, unrecorded: unrecorded.length, drawn: sheets.length };
        const unassigned = sheets.filter((each) => each.reviewer_id === null).length;
        return {
            result: { drawn: sheets.length, unassigned },
            events: [
                {
                    kind: 'inspection.drawn',
                    creates: sheets.map((each) => each.id),
                    objects: [id],
                    body: bodyOf({
                        number: row.number,
                        ...stated,
                        ...counts,
                        publicValue,
                        resultDigest: toHex(sha256(utf8Bytes(resultText))),
                        parallel: await parallelNumbers(tx.read, row),
                        picks: sheets.map((each) => each.act_number),
                    }),
                },
            ],
        };
    });
}

export const abandonInspection = (
    services: Services,
    context: CommandContext,
    id: Id,
    { reason }: BodyOf<Endpoints['inspection.abandon']>,
): Promise<Done> =>
    runCommand(services.commands, context, 'inspection.abandon', async (tx) => {
        const row = await inspectionOf(tx, id);
        decideCampaignStep(row.state, 'draft', 'committed');
        // The seed is opened all the same: whoever wonders can see what was given up.
        const sealed = row.sealed_secret;
        const secret = sealed === null ? null : toHex(services.secrets.open(PURPOSE, id, sealed));
        await updateInspection(tx, row, {
            ...{ state: 'abandoned', sealed_secret: null, secret, abandon_reason: reason },
            ...{ ended_by: tx.actor, ended_at: tx.now },
        });
        const body = bodyOf({ number: row.number, reason, secret });
        return { result: {}, events: [{ kind: 'inspection.abandoned', objects: [id], body }] };
    });

export const endInspection = (services: Services, context: CommandContext, id: Id): Promise<Done> =>
    runCommand(services.commands, context, 'inspection.end', async (tx) => {
        const row = await inspectionOf(tx, id);
        const lastClosed = await lastFinishedAt(tx.read, id);
        const term = { appealUntil: appealUntil(lastClosed, row.appeal_days), now: tx.now };
        decideCampaignEnd(row.state, await openOf(tx.read, id), term);
        await updateInspection(tx, row, { state: 'ended', ended_by: tx.actor, ended_at: tx.now });
        return { result: {}, events: [{ kind: 'inspection.ended', objects: [id], body: { number: row.number } }] };
    });
