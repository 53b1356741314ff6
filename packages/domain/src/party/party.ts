export const PARTY_KINDS = ['organisation', 'soleTrader', 'naturalPerson'] as const;
export type PartyKind = (typeof PARTY_KINDS)[number];

/** `merged`: a duplicate whose acts, premises and licences stand under its survivor; it stays readable. */
export const PARTY_STATES = ['active', 'closed', 'merged'] as const;
export type PartyState = (typeof PARTY_STATES)[number];

/** The states a person may set; `merged` comes and goes with a merger only. */
export const SETTABLE_PARTY_STATES = ['active', 'closed'] as const satisfies readonly PartyState[];
export type SettablePartyState = (typeof SETTABLE_PARTY_STATES)[number];

/** What a party is called and who stands for it change over time; both are kept with day and reason. */
export const CHANGE_SUBJECTS = ['name', 'legalRepresentative'] as const;
export type ChangeSubject = (typeof CHANGE_SUBJECTS)[number];

export const MERGE_STATES = ['proposed', 'confirmed', 'rejected', 'withdrawn', 'undone'] as const;
export type MergeState = (typeof MERGE_STATES)[number];

/** What is on the timeline of a party. */
export const TIMELINE_KINDS = ['act', 'recording', 'document', 'case', 'complaint', 'licence', 'name', 'merge'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];
