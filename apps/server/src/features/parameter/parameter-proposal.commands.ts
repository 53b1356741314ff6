import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    type BodyValue,
    bodyOf,
    DomainError,
    decideOnProposal,
    decideProposal,
    decideProposalApproval,
    decideProposalWithdrawal,
    type Id,
    isParameterKey,
    type ParameterKey,
    type ParameterRow,
    type ParameterValue,
    parameterDefinition,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { readWithin } from '../inspection/reach.queries.ts';
import { insertDecision, insertProposal, lockProposal, type ProposalRow, rowsOf, settleProposal } from './parameter.store.ts';
import { approversOf } from './parameter-proposal.queries.ts';

type Done = Promise<Record<string, never>>;

export const proposeParameter = (
    services: Services,
    context: CommandContext,
    { from, ...change }: BodyOf<Endpoints['parameter.propose']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'parameter.propose', async (tx) => {
        const { key, value, standing } = change;
        const replaces = decideProposal(parameterDefinition(key), await rowsOf(tx, key), { value, standing, from }, tx.now);
        const { id } = await insertProposal(tx, { ...change, from_day: from, replaces_id: replaces });
        const body = bodyOf({
            ...change,
            value: value as BodyValue | null,
            from: from ?? undefined,
            replaces: replaces ?? undefined,
        });
        return { result: { id }, events: [{ kind: 'parameter.proposed', creates: [id], body }] };
    });

export async function approveParameter(services: Services, context: CommandContext, id: Id): Promise<{ id: Id }> {
    const at = await atOwner(services, context, id);
    return runCommand(services.commands, at, 'parameter.approve', async (tx) => {
        const { row, key } = await waitingFor(tx, context, id);
        const { value, standing } = row as { value: ParameterValue | null; standing: ParameterRow['standing'] };
        const begins = decideProposalApproval(
            parameterDefinition(key),
            await rowsOf(tx, key),
            { value, standing, from: row.from_day, replaces: row.replaces_id },
            tx.now,
        );
        await settleProposal(tx, row, 'approved', { organisationId: context.orgId });
        const decision = await insertDecision(tx, row, begins);
        const { basis, reason, proposed_by: proposedBy } = row;
        const body = bodyOf({ key, value: value as BodyValue | null, standing, basis, reason, proposedBy, from: begins });
        return {
            result: { id: decision.id },
            events: [{ kind: 'parameter.approved', creates: [decision.id], objects: [id], body }],
        };
    });
}

export async function refuseParameter(services: Services, context: CommandContext, id: Id, why: string): Done {
    const at = await atOwner(services, context, id);
    return runCommand(services.commands, at, 'parameter.refuse', async (tx) => {
        const { row, key } = await waitingFor(tx, context, id);
        await settleProposal(tx, row, 'refused', { organisationId: context.orgId, why });
        return { result: {}, events: [{ kind: 'parameter.refused', objects: [id], body: { key, why } }] };
    });
}

export const withdrawParameter = (services: Services, context: CommandContext, id: Id, why: string): Done =>
    runCommand(services.commands, context, 'parameter.withdraw', async (tx) => {
        const row = await lockProposal(tx, id);
        if (row === undefined) throw new DomainError('parameter.proposalNotFound');
        decideProposalWithdrawal({ state: row.state, proposedBy: row.proposed_by }, tx.actor);
        await settleProposal(tx, row, 'withdrawn', { organisationId: context.orgId, why });
        return { result: {}, events: [{ kind: 'parameter.withdrawn', objects: [id], body: { key: row.key, why } }] };
    });

/**
 * What is decided about a proposal belongs to the organisation whose parameter it is, whose log takes the entry: the command runs there,
 * in the name of the person who decides, of an organisation above it or of itself.
 */
async function atOwner(services: Services, context: CommandContext, id: Id): Promise<CommandContext> {
    const owner = await readWithin(services.db, context.orgId, async (db, { inspectable }) => {
        const row = await db.selectFrom('parameter_proposal').select('org_id').where('id', '=', id).executeTakeFirst();
        return row !== undefined && inspectable.includes(row.org_id) ? row.org_id : undefined;
    });
    if (owner === undefined) throw new DomainError('parameter.proposalNotFound');
    return { ...context, orgId: owner, readOrgs: [context.orgId, owner] };
}

/** The proposal, locked, where whoever acts may decide on it. */
async function waitingFor(tx: Tx, context: CommandContext, id: Id): Promise<{ row: ProposalRow; key: ParameterKey }> {
    const row = await lockProposal(tx, id);
    if (row === undefined || !isParameterKey(row.key)) throw new DomainError('parameter.proposalNotFound');
    const others = (await approversOf(tx.read, [tx.orgId])).filter((each) => each.id !== row.proposed_by);
    decideOnProposal(
        { state: row.state, proposedBy: row.proposed_by },
        { personId: tx.actor, from: tx.orgId === context.orgId ? 'within' : 'above' },
        others.length,
    );
    return { row, key: row.key };
}
