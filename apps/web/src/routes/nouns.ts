import { isCommission, type OrganisationKind, type Permission } from '@liuhen/domain';

/** The one navigation: a noun is shown to whoever may read it. */
export const NOUNS = [
    { name: 'work', to: '/tasks', permission: 'task.list' },
    { name: 'acts', to: '/acts', permission: 'act.list' },
    { name: 'cases', to: '/cases', permission: 'case.list' },
    { name: 'documents', to: '/documents', permission: 'document.list' },
    { name: 'recordings', to: '/recordings', permission: 'recording.list' },
    { name: 'complaints', to: '/complaints', permission: 'complaint.list' },
    { name: 'parties', to: '/parties', permission: 'party.list' },
    { name: 'devices', to: '/devices', permission: 'device.list' },
    { name: 'persons', to: '/persons', permission: 'person.list' },
    { name: 'inspections', to: '/inspections', permission: 'inspection.list' },
    { name: 'compliance', to: '/compliance', permission: 'organisation.view' },
    { name: 'parameters', to: '/parameters', permission: 'parameter.view' },
    { name: 'log', to: '/log', permission: 'ledger.view' },
] as const satisfies readonly { name: string; to: string; permission: Permission }[];

type Home = (typeof NOUNS)[number]['to'] | '/compliance/statistics';

/**
 * Where somebody's work begins: content at the acts, accounts and roles at the people, the audit at the log; a commission has no acts
 * of its own, and begins at how those below it stand.
 */
export function homeOf(permissions: readonly Permission[], kind: OrganisationKind): Home | undefined {
    const may = (permission: Permission) => permissions.includes(permission);
    if (may('act.list')) return isCommission(kind) && !may('act.manage') ? '/compliance/statistics' : '/acts';
    if (may('person.manage') || may('role.grant')) return '/persons';
    if (may('ledger.view')) return '/log';
    return NOUNS.find((noun) => may(noun.permission))?.to;
}
