import type { BodyOf, Endpoints } from '@liuhen/contract';
import type { caller, TestOrganisation } from './feature-system.ts';

type Call = ReturnType<typeof caller<'parameter.propose' | 'parameter.approve'>>;

/**
 * What an organisation comes to set: whoever is given proposes it, and somebody else of the organisation approves it. Roles are those of
 * the session here, so any second person will do.
 */
export async function setParameter(
    call: Call,
    who: TestOrganisation,
    body: BodyOf<Endpoints['parameter.propose']>,
): Promise<void> {
    const { id } = await call('parameter.propose', who, { body });
    const other: TestOrganisation = { ...who, actor: who.auditAdmin.id, roles: ['agencyHead'] };
    await call('parameter.approve', other, { params: { id }, body: {} });
}
