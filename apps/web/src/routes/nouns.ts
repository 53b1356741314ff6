import type { Permission } from '@liuhen/domain';

/** The one navigation: a noun is shown to whoever may read it. */
export const NOUNS = [
    { name: 'acts', to: '/acts', permission: 'act.list' },
    { name: 'recordings', to: '/recordings', permission: 'recording.list' },
    { name: 'parties', to: '/parties', permission: 'party.list' },
    { name: 'devices', to: '/devices', permission: 'device.list' },
    { name: 'persons', to: '/persons', permission: 'person.list' },
    { name: 'log', to: '/log', permission: 'ledger.view' },
] as const satisfies readonly { name: string; to: string; permission: Permission }[];
