import type { BodyOf, Endpoints } from '@liuhen/contract';
import { checkPassword, DomainError, type DomainEvent, type Id, SYSTEM_ID } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { type FirstAdministrator, foundOrganisation } from './organisation.commands.ts';
import type { PasswordHashing } from './password-hashing.ts';
import { isSetUp, whoseSetup } from './session.queries.ts';
import { claimSetup } from './setup.store.ts';
import type { SetupCode } from './setup-code.ts';

type SetupRequest = BodyOf<Endpoints['setup.run']>;
export type SetupTools = {
    readonly services: Services;
    readonly passwords: PasswordHashing;
    readonly setupCode: SetupCode;
};

const FIRST: readonly ('systemAdmin' | 'securityAdmin' | 'auditAdmin')[] = ['systemAdmin', 'securityAdmin', 'auditAdmin'];

/**
 * Creates the first organisation and its three administrators, once; of two requests at the same time one wins.
 * `setup.alreadyDone`, `setup.wrongCode`, `setup.sameLogin` and the `account.password…` rules.
 */
export async function runSetup(tools: SetupTools, context: CommandContext, request: SetupRequest): Promise<Id> {
    const { services } = tools;
    const earlier = await whoseSetup(services.db, context.commandId);
    const administrators = earlier === undefined ? await prepare(tools, context, request) : [];
    const orgId = earlier ?? services.clock.newId();
    const own = { ...context, orgId, readOrgs: [orgId] };
    try {
        return await runCommand(
            services.commands,
            own,
            'setup.run',
            async (tx) => {
                if (!(await claimSetup(tx))) throw new DomainError('setup.alreadyDone');
                const [first, ...rest] = await foundOrganisation(tx, request.organisation, administrators);
                return { result: orgId, events: [first, ...rest, initialised(orgId, request)] };
            },
            // The refused organisation has no log; the system's takes the refusal.
            { logsRefusal: true },
        );
    } catch (error) {
        if (error instanceof DomainError) await services.commands.refusals.record(context, 'setup.run', error);
        throw error;
    }
}

/** For the system's log: with whom it began. */
const initialised = (orgId: Id, { organisation: { code, name } }: SetupRequest): DomainEvent => ({
    kind: 'system.initialised',
    org: SYSTEM_ID,
    objects: [orgId],
    body: { code, name },
});

/** Everything that can be refused before the expensive part, and that part (hashing) before the transaction. */
async function prepare(tools: SetupTools, context: CommandContext, request: SetupRequest): Promise<FirstAdministrator[]> {
    try {
        await check(tools, request);
    } catch (error) {
        if (error instanceof DomainError) await tools.services.commands.refusals.record(context, 'setup.run', error);
        throw error;
    }
    const prepared: FirstAdministrator[] = [];
    for (const role of FIRST) {
        const { name, login, password } = request[role];
        prepared.push({ role, name, login, passwordHash: await tools.passwords.hash(password) });
    }
    return prepared;
}

async function check({ services, setupCode }: SetupTools, request: SetupRequest): Promise<void> {
    if (await isSetUp(services.db)) throw new DomainError('setup.alreadyDone');
    if (services.config.setupCodeNeeded && !setupCode.matches(request.setupCode)) throw new DomainError('setup.wrongCode');
    if (new Set(FIRST.map((role) => request[role].login)).size < FIRST.length) throw new DomainError('setup.sameLogin');
    for (const role of FIRST) checkPassword(request[role].password, request[role].login);
}
