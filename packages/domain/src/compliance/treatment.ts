import type { Role } from '../identity/roles.ts';

export type Said = { readonly zh: string; readonly en: string };

/** Where one can see it: endpoints of the contract, pages of the web, and at least one test that fails when it is wrong. */
export type Shown = {
    readonly endpoints: readonly string[];
    readonly pages: readonly string[];
    readonly tests: readonly string[];
};

/** What somebody confirms, what a rule judges, or what the system does: that which a clause waits for. */
export type Needed = 'rule' | 'feature' | 'attestation';

/** Which of the unit's own terms a confirmation holds for: rules that were issued, people and departments, daily practice. */
export const ATTESTATION_TERMS = ['rules', 'people', 'practice'] as const;
export type AttestationTerm = (typeof ATTESTATION_TERMS)[number];

/** What a person confirms because software cannot know it: the question, the roles that may answer it, how long an answer holds. */
export type Confirmation = { readonly question: Said; readonly by: readonly Role[]; readonly term: AttestationTerm };

/**
 * What the system does about a clause. `rule`: judged from facts, with one of four verdicts. `feature`: enforced or recorded.
 * `attestation`: somebody confirms it, with date and evidence. `notBuilt` says what is missing, `notJudged` why software does not
 * judge it. `lacks` is the part of the clause that a rule or feature does not cover yet; `confirm` a part that people confirm.
 */
export type Treatment = Said &
    (
        | ({ readonly as: 'rule' | 'feature'; readonly lacks?: Said; readonly confirm?: Confirmation } & Shown)
        | ({ readonly as: 'attestation'; readonly lacks?: Said; readonly confirm: Confirmation } & Shown)
        | { readonly as: 'notBuilt'; readonly needs: Needed }
        | { readonly as: 'notJudged' }
    );

/** Where a rule, feature or attestation can be seen; `undefined` where nothing is built or judged. */
export const shownOf = (treatment: Treatment): Shown | undefined => ('tests' in treatment ? treatment : undefined);

/** What of it people confirm. */
export const confirmationOf = (treatment: Treatment): Confirmation | undefined =>
    'confirm' in treatment ? treatment.confirm : undefined;

/** What a rule or feature leaves open. */
export const lacksOf = (treatment: Treatment): Said | undefined => ('lacks' in treatment ? treatment.lacks : undefined);

/** Treatments by the id of the clause. */
export type Treatments = Readonly<Record<string, Treatment>>;

export const notBuilt = (needs: Needed, zh: string, en: string): Treatment => ({ as: 'notBuilt', needs, zh, en });
export const notJudged = (zh: string, en: string): Treatment => ({ as: 'notJudged', zh, en });

/** A clause of which nothing but somebody's word can be had. */
export const attested = (confirm: Confirmation, zh: string, en: string): Treatment => ({
    as: 'attestation',
    confirm,
    zh,
    en,
    endpoints: ['attestation.list', 'attestation.get', 'attestation.confirm', 'attestation.withdraw'],
    pages: ['/compliance/attestations', '/compliance/attestations/$id'],
    tests: ['packages/domain/src/compliance/attestation.test.ts', 'apps/server/src/features/compliance/attestation.test.ts'],
});
