import type { Instant } from '../../kernel/instant.ts';
import type { ConfirmedText, DocumentContent, Template } from '../template.ts';

/** What the rules of drafting look at beside the content. What is not known is left out, and the rule that needs it is silent. */
export type DraftingFacts = {
    /** `draft` while it is written; `issue` when it is handed on or given out; `signed` when the party has signed or refused. */
    readonly stage: 'draft' | 'issue' | 'signed';
    /** Day of the act, or else of the document: `YYYY-MM-DD`. */
    readonly day: string;
    /** Full names under which the organisation may act. */
    readonly agencies?: readonly string[];
    readonly party?: { readonly name: string; readonly naturalPerson: boolean };
    /** The act it belongs to; `end` is null while it goes on. */
    readonly act?: { readonly start: Instant; readonly end: Instant | null };
    /** Certificate numbers that are valid on the day. */
    readonly validCertificates?: readonly string[];
    /** Persons who investigate the case. */
    readonly investigators?: readonly string[];
    readonly confirmedTexts?: Partial<Record<ConfirmedText, string>>;
    /** The fine of the prior notice in fen, and whether a defence was made after it (处罚法45). */
    readonly notice?: { readonly fine: number; readonly defended: boolean };
    /** Last day on which preserved evidence can be disposed of, by the working-day calendar (处罚法56、85). */
    readonly preservationUntil?: string;
    /** Whether service by leaving was recorded (正文二(二)1). */
    readonly serviceRecorded?: boolean;
    readonly signing?: {
        readonly refused: boolean;
        readonly reason: string;
        readonly partyAbsent: boolean;
        readonly witness: boolean;
        /** What the party wrote at the end of a record. */
        readonly statement: string;
        readonly pages: number;
        readonly signedPages: number;
    };
};

export type Drafted = { readonly template: Template; readonly content: DocumentContent; readonly facts: DraftingFacts };
