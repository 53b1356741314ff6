/** What a new document belongs to. */
export type DocumentLinks = { actId?: string; caseId?: string; partyId?: string };
