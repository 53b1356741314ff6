import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    attestableFor,
    bodyOf,
    DomainError,
    dayOf,
    decideAttestation,
    decideAttestationWithdrawal,
    endOfPeriod,
    type Id,
    type Role,
    startOfDay,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { organisationsBelow } from '../identity/organisation.queries.ts';
import { calendarFor } from '../parameter/calendar.queries.ts';
import { attestationTerm } from './attestation.queries.ts';
import { insertAttestation, lockAttestation, updateAttestation } from './attestation.store.ts';

/** Somebody who may says that a clause is met since a day, and by which paper; how long that holds is fixed with it. */
export const confirmAttestation = (
    services: Services,
    context: CommandContext,
    roles: readonly Role[],
    given: BodyOf<Endpoints['attestation.confirm']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'attestation.confirm', async (tx) => {
        const attestable = attestableFor(given.clause, { roles, kind: await ownKind(tx) });
        const { fromDay, paper, paperNumber = null, paperDay = null, note = null } = given;
        decideAttestation({ fromDay, paperDay }, dayOf(tx.now));
        const { value: term } = await attestationTerm(tx.read, tx.orgId, attestable.term, tx.now);
        const end = endOfPeriod(startOfDay(fromDay), term, { calendar: await calendarFor(tx.read, tx.orgId) });
        if (end.state !== 'running') throw new Error('a term without exclusions runs');
        const { id } = await insertAttestation(tx, {
            id: tx.newId(),
            clause: attestable.clause.id,
            from_day: fromDay,
            until_day: end.lastDay,
            paper,
            paper_number: paperNumber,
            paper_day: paperDay,
            note,
            confirmed_by: tx.actor,
            confirmed_at: tx.now,
        });
        const body = bodyOf({ clause: given.clause, fromDay, untilDay: end.lastDay, paper, paperNumber, paperDay });
        return { result: { id }, events: [{ kind: 'attestation.confirmed', creates: [id], body }] };
    });

/** Takes a confirmation back; the one before it stands again where there is one. */
export const withdrawAttestation = (
    services: Services,
    context: CommandContext,
    roles: readonly Role[],
    id: Id,
    reason: string,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'attestation.withdraw', async (tx) => {
        const found = await lockAttestation(tx, id);
        if (found === undefined) throw new DomainError('attestation.entryNotFound');
        attestableFor(found.clause, { roles, kind: await ownKind(tx) });
        decideAttestationWithdrawal({ withdrawnAt: found.withdrawn_at });
        await updateAttestation(tx, found, { withdrawn_at: tx.now, withdrawn_by: tx.actor, withdrawn_why: reason });
        const body = bodyOf({ clause: found.clause, reason });
        return { result: {}, events: [{ kind: 'attestation.withdrawn', objects: [id], body }] };
    });

export async function ownKind(tx: Tx) {
    const [own] = await organisationsBelow(tx.read, tx.orgId);
    if (own === undefined) throw new Error('no organisation');
    return own.kind;
}
