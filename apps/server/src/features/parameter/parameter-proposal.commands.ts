import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    type BodyValue,
    bodyOf,
    type Day,
    DomainError,
    decideOnProposal,
    decideProposal,
    decideProposalApproval,
    decideProposalWithdrawal,
    decideYearApproval,
    decideYearProposal,
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
import { ownYear, proposedYear } from './calendar.queries.ts';
import {
    insertDecision,
    insertProposal,
    insertYear,
    lockProposal,
    type ProposalRow,
    rowsOf,
    settleProposal,
} from './parameter.store.ts';
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
        const { basis, reason } = change;
        const about = { key, from_day: from, replaces_id: replaces };
        const { id } = await insertProposal(tx, about, { value, standing, basis, reason });
        const body = bodyOf({
            ...change,
            value: value as BodyValue | null,
            from: from ?? undefined,
            replaces: replaces ?? undefined,
        });
        return { result: { id }, events: [{ kind: 'parameter.proposed', creates: [id], body }] };
    });

/** A year of the holiday calendar: what the State Council announced, compared by a second person with its notice. */
export const proposeYear = (
    services: Services,
    context: CommandContext,
    { year, standing, source, reason, ...days }: BodyOf<Endpoints['parameter.proposeYear']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'parameter.proposeYear', async (tx) => {
        const value = { off: inOrder(days.off), work: inOrder(days.work) };
        decideYearProposal({ year, ...value });
        const replaces = await ownYear(tx.read, tx.orgId, year);
        const proposed = { value, standing, basis: source, reason };
        const { id } = await insertProposal(tx, { year, replaces_year_id: replaces }, proposed);
        const body = bodyOf({ year, ...value, standing, source, reason, replaces: replaces ?? undefined });
        return { result: { id }, events: [{ kind: 'parameter.yearProposed', creates: [id], body }] };
    });

const inOrder = (days: readonly Day[]): Day[] => [...new Set(days)].sort();

export async function approveProposal(services: Services, context: CommandContext, id: Id): Promise<{ id: Id }> {
    const at = await atOwner(services, context, id);
    return runCommand(services.commands, at, 'parameter.approve', async (tx) => {
        const { row, about } = await waitingFor(tx, context, id);
        await settleProposal(tx, row, 'approved', { organisationId: context.orgId });
        const made = 'key' in about ? await makeDecision(tx, row, about.key) : await makeYear(tx, row, about.year);
        return {
            result: { id: made.id },
            events: [{ kind: KINDS[made.of].approved, creates: [made.id], objects: [id], body: made.body }],
        };
    });
}

const KINDS = {
    key: { approved: 'parameter.approved', refused: 'parameter.refused', withdrawn: 'parameter.withdrawn' },
    year: { approved: 'parameter.yearApproved', refused: 'parameter.yearRefused', withdrawn: 'parameter.yearWithdrawn' },
} as const;

type Made = { id: Id; of: keyof typeof KINDS; body: ReturnType<typeof bodyOf> };

async function makeDecision(tx: Tx, row: ProposalRow, key: ParameterKey): Promise<Made> {
    const { value, standing } = row as { value: ParameterValue | null; standing: ParameterRow['standing'] };
    const change = { value, standing, from: row.from_day, replaces: row.replaces_id };
    const begins = decideProposalApproval(parameterDefinition(key), await rowsOf(tx, key), change, tx.now);
    const { id } = await insertDecision(tx, key, row, begins);
    const { basis, reason, proposed_by: proposedBy } = row;
    const body = bodyOf({ key, value: value as BodyValue | null, standing, basis, reason, proposedBy, from: begins });
    return { id, of: 'key', body };
}

async function makeYear(tx: Tx, row: ProposalRow, number: number): Promise<Made> {
    const year = proposedYear(number, row);
    decideYearApproval({ ...year, replaces: row.replaces_year_id }, await ownYear(tx.read, tx.orgId, number));
    const { id } = await insertYear(tx, row.id, year);
    const body = bodyOf({ ...year, off: [...year.off], work: [...year.work], reason: row.reason, proposedBy: row.proposed_by });
    return { id, of: 'year', body };
}

export async function refuseProposal(services: Services, context: CommandContext, id: Id, why: string): Done {
    const at = await atOwner(services, context, id);
    return runCommand(services.commands, at, 'parameter.refuse', async (tx) => {
        const { row, about } = await waitingFor(tx, context, id);
        await settleProposal(tx, row, 'refused', { organisationId: context.orgId, why });
        return { result: {}, events: [{ kind: KINDS[ofWhat(about)].refused, objects: [id], body: { ...about, why } }] };
    });
}

export const withdrawProposal = (services: Services, context: CommandContext, id: Id, why: string): Done =>
    runCommand(services.commands, context, 'parameter.withdraw', async (tx) => {
        const row = await lockProposal(tx, id);
        if (row === undefined) throw new DomainError('parameter.proposalNotFound');
        decideProposalWithdrawal({ state: row.state, proposedBy: row.proposed_by }, tx.actor);
        await settleProposal(tx, row, 'withdrawn', { organisationId: context.orgId, why });
        const about = aboutOf(row);
        return { result: {}, events: [{ kind: KINDS[ofWhat(about)].withdrawn, objects: [id], body: { ...about, why } }] };
    });

type About = { key: ParameterKey } | { year: number };
const ofWhat = (about: About): keyof typeof KINDS => ('key' in about ? 'key' : 'year');

/** Of a key that the catalogue knows no more there is nothing to decide. */
function aboutOf({ key, year }: ProposalRow): About {
    if (year !== null) return { year };
    if (key === null || !isParameterKey(key)) throw new DomainError('parameter.proposalNotFound');
    return { key };
}

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
async function waitingFor(tx: Tx, context: CommandContext, id: Id): Promise<{ row: ProposalRow; about: About }> {
    const row = await lockProposal(tx, id);
    if (row === undefined) throw new DomainError('parameter.proposalNotFound');
    const others = (await approversOf(tx.read, [tx.orgId])).filter((each) => each.id !== row.proposed_by);
    decideOnProposal(
        { state: row.state, proposedBy: row.proposed_by },
        { personId: tx.actor, from: tx.orgId === context.orgId ? 'within' : 'above' },
        others.length,
    );
    return { row, about: aboutOf(row) };
}
