import type { Instant } from '../../kernel/instant.ts';
import type { Standing } from '../../parameter/parameter.ts';
import type { SignatureReading } from '../document-paper.ts';
import type { ConfirmedText, DocumentContent, Template } from '../template.ts';

/** A figure of the organisation's dated parameters. What nobody has verified stops no document: it asks for a look. */
export type Limit<T> = { readonly value: T; readonly standing: Standing };

/** A service that the document is the receipt of; `null` while it is open and nothing was recorded or said yet. */
export type ServiceProof = { readonly recorded: boolean | null; readonly reason: string | null };

/**
 * What the rules of drafting look at beside the content. What is not known is left out, and the rule that needs it says that it
 * could not judge: a document that nobody could judge has not passed.
 */
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
    /** The fine of the prior notice in fen, null where it names none, and whether a defence was made after it (处罚法45). */
    readonly notice?: { readonly fine: number | null; readonly defended: boolean };
    /** Last day on which preserved evidence can be disposed of, by the working-day calendar (处罚法56、85). */
    readonly preservationUntil?: Limit<string>;
    /** Last day of a seizure that begins on the day the document says (强制法25). */
    readonly seizureUntil?: Limit<string>;
    /** Largest fine on the spot in fen, for this party (处罚法51). */
    readonly spotFineMost?: Limit<number>;
    /** What proves a service by leaving or by public notice (正文二(二)1). */
    readonly service?: ServiceProof;
    /** What was signed or refused by the party; left out while nothing was. */
    readonly signing?: {
        readonly refused: boolean;
        readonly reason: string;
        readonly partyAbsent: boolean;
        readonly witness: boolean;
        /** How the party came to know what it signs: read it itself, or was read it aloud; null where nobody noted it. */
        readonly reading: SignatureReading | null;
        /** What the party wrote at the end of a record; null where nobody noted it. */
        readonly statement: string | null;
        /** Null until the pages of the signed print were made. */
        readonly pages: number | null;
        readonly signedPages: number;
    };
};

export type Drafted = { readonly template: Template; readonly content: DocumentContent; readonly facts: DraftingFacts };
