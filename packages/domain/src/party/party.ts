export const PARTY_KINDS = ['organisation', 'soleTrader', 'naturalPerson'] as const;
export type PartyKind = (typeof PARTY_KINDS)[number];

export const PARTY_STATES = ['active', 'closed'] as const;
export type PartyState = (typeof PARTY_STATES)[number];
