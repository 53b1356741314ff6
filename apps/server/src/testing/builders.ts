import type { Id, PersonKind, Role } from '@liuhen/domain';
import { addAccount } from '../features/identity/account.commands.ts';
import { createDepartment } from '../features/identity/department.commands.ts';
import { type FirstAdministrator, foundOrganisation } from '../features/identity/organisation.commands.ts';
import type { NewOrganisation } from '../features/identity/organisation.store.ts';
import { createPasswordHashing, type PasswordHashing } from '../features/identity/password-hashing.ts';
import { createPerson } from '../features/identity/person.commands.ts';
import { grantRole } from '../features/identity/role.commands.ts';
import { type CommandContext, runCommand } from '../platform/command/command.ts';
import type { Services } from '../platform/services.ts';

/** Password of everybody a builder makes. */
export const TEST_PASSWORD = 'Kestrel-over-the-Bund-7';

/** The real algorithm at a price that tests can pay. */
export const testHashing: PasswordHashing = createPasswordHashing({ memoryKib: 1024, passes: 1 });
let testHash: Promise<string> | undefined;
const hashOfTestPassword = (): Promise<string> => {
    testHash ??= testHashing.hash(TEST_PASSWORD);
    return testHash;
};

export type BuiltPerson = { id: Id; name: string; login: string; certificateNumber: string | null };
export type BuiltOrganisation = {
    id: Id;
    name: string;
    systemAdmin: BuiltPerson;
    securityAdmin: BuiltPerson;
    auditAdmin: BuiltPerson;
    /** Context of a command by one of its people, with an id of its own each time. */
    as(person: { id: Id }): CommandContext;
};

export const commandBy = (services: Services, orgId: Id, actor: Id): CommandContext => ({
    actor,
    orgId,
    readOrgs: [orgId],
    commandId: services.clock.newId(),
});

let count = 0;

/** An organisation with its three administrators; logins and codes are unique in the run. */
export async function buildOrganisation(services: Services, given: Partial<NewOrganisation> = {}): Promise<BuiltOrganisation> {
    const number = ++count;
    const id = services.clock.newId();
    const organisation: NewOrganisation = {
        code: `T${String(number).padStart(4, '0')}`,
        name: `第${number}卫生监督所`,
        kind: 'districtInstitute',
        ...given,
    };
    const roles = ['systemAdmin', 'securityAdmin', 'auditAdmin'] as const;
    const names = { systemAdmin: '孙系统', securityAdmin: '钱安全', auditAdmin: '吴审计' } as const;
    const passwordHash = await hashOfTestPassword();
    const first: FirstAdministrator[] = roles.map((role) => ({
        role,
        name: names[role],
        login: `${role.toLowerCase()}.${number}`,
        passwordHash,
    }));
    await runCommand(services.commands, commandBy(services, id, id), 'organisation.create', async (tx) => ({
        result: null,
        events: await foundOrganisation(tx, organisation, first),
    }));
    const found = await services.db.read({ readOrgs: [id] }, (db) =>
        db.selectFrom('account').innerJoin('person', 'person.id', 'account.id').select(['person.id', 'name', 'login']).execute(),
    );
    const built = (role: (typeof roles)[number]): BuiltPerson => {
        const person = found.find((each) => each.login === `${role.toLowerCase()}.${number}`);
        if (person === undefined) throw new Error(`no ${role}`);
        return { ...person, certificateNumber: null };
    };
    return {
        id,
        name: organisation.name,
        systemAdmin: built('systemAdmin'),
        securityAdmin: built('securityAdmin'),
        auditAdmin: built('auditAdmin'),
        as: (person) => commandBy(services, id, person.id),
    };
}

export type PersonWish = {
    name?: string;
    kind?: PersonKind;
    roles?: readonly Role[];
    departmentId?: Id;
    mustChangePassword?: boolean;
};

/** Somebody with an account: an officer with certificate and role unless wished otherwise. */
export async function buildPerson(
    services: Services,
    organisation: BuiltOrganisation,
    wish: PersonWish = {},
): Promise<BuiltPerson> {
    const number = ++count;
    const { name = `监督员${number}`, kind = 'officer', departmentId } = wish;
    const roles = wish.roles ?? (kind === 'staff' ? [] : [kind]);
    const certificateNumber = kind === 'officer' ? `3101${String(number).padStart(5, '0')}` : null;
    const { id } = await createPerson(services, organisation.as(organisation.systemAdmin), {
        name,
        kind,
        ...(certificateNumber === null ? {} : { certificateNumber }),
        ...(departmentId === undefined ? {} : { departmentId }),
    });
    const login = `person.${number}`;
    const account = { personId: id, login, passwordHash: await hashOfTestPassword() };
    const mustChangePassword = wish.mustChangePassword ?? false;
    await addAccount(services, organisation.as(organisation.systemAdmin), { ...account, mustChangePassword }, null);
    for (const role of roles) await grantRole(services, organisation.as(organisation.securityAdmin), id, role);
    return { id, name, login, certificateNumber };
}

export const buildDepartment = (services: Services, organisation: BuiltOrganisation, name: string): Promise<{ id: Id }> =>
    createDepartment(services, organisation.as(organisation.systemAdmin), name);
