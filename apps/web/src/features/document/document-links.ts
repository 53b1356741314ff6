/** What a new document belongs to; `parentId` is the document it is attached to. */
export type DocumentLinks = { actId?: string; caseId?: string; partyId?: string; parentId?: string };
