/**
 * How strongly a clause binds, read from its own word: 应当 and 不得 bind, 要 and 逐步 ask for effort, 可 permits, 附件2 is there
 * for reference (供参考), and some sentences only state what is meant.
 */
export const FORCES = ['must', 'should', 'may', 'advisory', 'states'] as const;
export type Force = (typeof FORCES)[number];

/** Who is bound. `units`: authorities and institutes alike; `users`: whoever wants to see or copy a record. */
export type BoundParty =
    | 'units'
    | 'commissions'
    | 'institutes'
    | 'officers'
    | 'assistants'
    | 'archivists'
    | 'users'
    | 'everybody'
    | 'nobody';

/** One demand of 沪卫监督〔2020〕42号: the words quoted stand in the notice as they are quoted. */
export type Clause = {
    readonly id: string;
    /** Where it stands, such as 附件1 第10条. */
    readonly article: string;
    readonly force: Force;
    /** The word that binds, in the notice's own language. */
    readonly modal: string;
    readonly bound: BoundParty;
    readonly quote: string;
    /** The same in English, shortened. */
    readonly en: string;
};
