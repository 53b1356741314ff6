import type { Id, PersonKind, Role } from '@liuhen/domain';
import { remote } from './remote.ts';

/** Of everybody in a founded institute, once the first password is changed. */
export const INSTITUTE_PASSWORD = 'Kestrel-over-the-Bund-7';

export type InstitutePerson = { id: Id; name: string; login: string; password: string };
export type Institute = {
    organisationId: Id;
    name: string;
    systemAdmin: string;
    securityAdmin: string;
    auditAdmin: string;
    people: Record<string, InstitutePerson>;
};

export type PersonToAdd = { login: string; name: string; kind: PersonKind; certificate?: string; roles: readonly Role[] };

const ADMINISTRATORS = { systemAdmin: 'xitong', securityAdmin: 'anquan', auditAdmin: 'shenji' } as const;

/**
 * Sets an empty system up over HTTP as its administrators would: organisation, the three of them, and people whose first
 * passwords are changed already.
 */
export async function foundInstitute(url: string, people: readonly PersonToAdd[]): Promise<Institute> {
    const administrator = (role: keyof typeof ADMINISTRATORS, name: string) => ({
        name,
        login: ADMINISTRATORS[role],
        password: INSTITUTE_PASSWORD,
    });
    const organisation = { code: 'CS01', name: '测试区卫生监督所', kind: 'districtInstitute' } as const;
    const { organisationId } = await remote(url).call('setup.run', {
        body: {
            organisation,
            systemAdmin: administrator('systemAdmin', '孙系统'),
            securityAdmin: administrator('securityAdmin', '钱安全'),
            auditAdmin: administrator('auditAdmin', '吴审计'),
        },
    });
    const system = await remote(url).signIn(ADMINISTRATORS.systemAdmin, INSTITUTE_PASSWORD);
    const security = await remote(url).signIn(ADMINISTRATORS.securityAdmin, INSTITUTE_PASSWORD);
    const added: Record<string, InstitutePerson> = {};
    for (const { login, name, kind, certificate, roles } of people) {
        const { id } = await system.call('person.create', {
            body: { name, kind, posts: [], ...(certificate === undefined ? {} : { certificateNumber: certificate }) },
        });
        const { firstPassword } = await system.call('account.create', { params: { id }, body: { login } });
        for (const role of roles) await security.call('role.grant', { params: { id }, body: { role } });
        const own = await remote(url).signIn(login, firstPassword);
        await own.call('session.changePassword', { body: { current: firstPassword, next: INSTITUTE_PASSWORD } });
        added[login] = { id, name, login, password: INSTITUTE_PASSWORD };
    }
    return { organisationId, name: organisation.name, ...ADMINISTRATORS, people: added };
}

/** The two officers and the manager most stories need. */
export const USUAL_PEOPLE: readonly PersonToAdd[] = [
    { login: 'zhouqing', name: '周青', kind: 'officer', certificate: '210001', roles: ['officer'] },
    { login: 'hebei', name: '何北', kind: 'officer', certificate: '210002', roles: ['officer'] },
    { login: 'lumanager', name: '陆管理', kind: 'staff', roles: ['recordingManager'] },
];
