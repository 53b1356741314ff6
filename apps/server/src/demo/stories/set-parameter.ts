import type { BodyOf, Client, Endpoints } from '@liuhen/contract';

type Head = { readonly call: Client['call'] };

/** What an organisation comes to set: one head proposes it, another approves it. */
export async function setParameter(by: Head, approvedBy: Head, body: BodyOf<Endpoints['parameter.propose']>): Promise<void> {
    const { id } = await by.call('parameter.propose', { body });
    await approvedBy.call('parameter.approve', { params: { id }, body: {} });
}
