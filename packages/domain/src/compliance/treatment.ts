export type Said = { readonly zh: string; readonly en: string };

/** Where one can see it: endpoints of the contract, pages of the web, and at least one test that fails when it is wrong. */
export type Shown = {
    readonly endpoints: readonly string[];
    readonly pages: readonly string[];
    readonly tests: readonly string[];
};

/** What somebody confirms, what a rule judges, or what the system does: that which a clause waits for. */
export type Needed = 'rule' | 'feature' | 'attestation';

/**
 * What the system does about a clause. `rule`: judged from facts, with one of four verdicts. `feature`: enforced or recorded.
 * `notBuilt` says what is missing, `notJudged` why software does not judge it. `lacks` is the part of the clause that a rule or
 * feature does not cover yet.
 */
export type Treatment = Said &
    (
        | ({ readonly as: 'rule' | 'feature'; readonly lacks?: Said } & Shown)
        | { readonly as: 'notBuilt'; readonly needs: Needed }
        | { readonly as: 'notJudged' }
    );

/** Where a rule or feature can be seen; `undefined` where nothing is built or judged. */
export const shownOf = (treatment: Treatment): Shown | undefined =>
    treatment.as === 'rule' || treatment.as === 'feature' ? treatment : undefined;

/** What a rule or feature leaves open. */
export const lacksOf = (treatment: Treatment): Said | undefined => ('lacks' in treatment ? treatment.lacks : undefined);

/** Treatments by the id of the clause. */
export type Treatments = Readonly<Record<string, Treatment>>;

export const notBuilt = (needs: Needed, zh: string, en: string): Treatment => ({ as: 'notBuilt', needs, zh, en });
export const notJudged = (zh: string, en: string): Treatment => ({ as: 'notJudged', zh, en });
