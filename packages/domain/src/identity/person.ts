export const PERSON_KINDS = ['officer', 'assistant', 'staff'] as const;
export type PersonKind = (typeof PERSON_KINDS)[number];

export const ORGANISATION_KINDS = ['cityCommission', 'districtCommission', 'cityInstitute', 'districtInstitute'] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** Who leads and checks; who goes to the scene belongs to the institutes. */
export const isCommission = (kind: OrganisationKind): boolean => kind === 'cityCommission' || kind === 'districtCommission';

/** Posts, not roles: 行政机关负责人 and 机构负责人 are two posts, never merged. */
export const POSTS = ['agencyHead', 'instituteHead', 'sectionHead', 'legalReviewer', 'recordingManager', 'archivist'] as const;
export type Post = (typeof POSTS)[number];
