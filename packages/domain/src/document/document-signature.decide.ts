import { DomainError } from '../kernel/domain-error.ts';
import type { Instant } from '../kernel/instant.ts';
import { type DocumentStanding, lacksInterval } from './document.decide.ts';
import { SERVICE_MODES, type ServiceMode } from './document.ts';
import { isStateFor } from './document-flow.ts';
import type { SignatureMeans, SignatureOutcome } from './document-paper.ts';
import { type DocumentType, documentTypeFacts } from './document-type.ts';
import { type DocumentContent, SIGNERS, type Signer, type Template } from './template.ts';

/** One signature, refusal or absence, as far as decisions look at it. */
export type SignatureFacts = {
    readonly signer: Signer;
    readonly name: string;
    readonly outcome: SignatureOutcome;
    readonly means: SignatureMeans;
    readonly at: Instant;
};

/** Whose signatures stand for the party. */
const OF_PARTY: readonly Signer[] = ['party', 'partyEachPage', 'interviewee', 'recipient'];
export const isPartySigner = (signer: Signer): boolean => OF_PARTY.includes(signer);
/** Asked for in some cases only, or given in the flow of the office. */
const NOT_ALWAYS: readonly Signer[] = ['witness', 'reviewer', 'responsible', 'participants'];
/** 行政处罚法 第42条: 不得少于两人. */
const LEAST_OFFICERS = 2;

/** Coercion and preservation: with the party absent somebody else sees it and signs (行政强制法 第18条第9项). */
const WITNESSED: readonly DocumentType[] = ['sceneRecord', 'seizureDecision', 'itemList', 'controlDecision', 'evidencePreserve'];

/** Signers of a form, or those that every document for a party has where its form is not known. */
export const signersOf = (type: DocumentType, template: Pick<Template, 'signers'> | undefined): readonly Signer[] =>
    template?.signers ?? (documentTypeFacts(type).side === 'party' ? ['party', 'officers'] : []);

/**
 * Signers of one document: where nobody takes it in hand there is no 收件人. Who is left a document has refused, which the receipt
 * says in lines of its own; a witness who is named there signs (民事诉讼法 2023 第89条; 13号令 第55条). The post, an agency, a network
 * and a notice have proofs of their own (第90–92、95条).
 */
export function signersAsked(
    signers: readonly Signer[],
    { mode, witness }: { readonly mode: ServiceMode | null; readonly witness: string | null },
): AskedSigners {
    if (mode === null || mode === 'direct') return { signers, always: [] };
    return {
        signers: signers.filter((each) => each !== 'recipient'),
        always: mode === 'lien' && witness !== null && witness.trim() !== '' ? ['witness'] : [],
    };
}
/** `always`: who otherwise signs in some cases only. */
export type AskedSigners = { readonly signers: readonly Signer[]; readonly always: readonly Signer[] };

/** How a document was served, or how its receipt says the other one was. */
export function servedBy(
    type: DocumentType,
    content: DocumentContent,
    servedMode: ServiceMode | null,
): { readonly mode: ServiceMode | null; readonly witness: string | null } {
    if (type !== 'serviceReceipt') return { mode: servedMode, witness: null };
    const mode = SERVICE_MODES.find((each) => each === content.mode) ?? null;
    return { mode, witness: typeof content.witness === 'string' ? content.witness : null };
}

/** Whom one document can be signed by: those whom its form names, without those whom nobody asks in its case. */
export const signersOffered = (
    document: { readonly type: DocumentType; readonly content: DocumentContent; readonly servedMode: ServiceMode | null },
    template: Pick<Template, 'signers'> | undefined,
): readonly Signer[] =>
    signersAsked(template?.signers ?? SIGNERS, servedBy(document.type, document.content, document.servedMode)).signers;

/**
 * Whom a document was left with has refused it (民事诉讼法 2023 第89条): no signature of that person takes it in hand. That it was refused
 * may be said. Throws `document.recipientRefused`.
 */
export function decideRecipient(
    document: { readonly type: DocumentType; readonly content: DocumentContent; readonly servedMode: ServiceMode | null },
    { signer, outcome }: Pick<SignatureFacts, 'signer' | 'outcome'>,
): void {
    const { mode } = servedBy(document.type, document.content, document.servedMode);
    if (mode === 'lien' && signer === 'recipient' && outcome === 'signed') throw new DomainError('document.recipientRefused');
}

/** Whose signatures are not there yet, neither given nor refused with a reason; one line for each that is missing. */
export function missingSigners(
    { signers, always }: AskedSigners,
    given: readonly Pick<SignatureFacts, 'signer' | 'name'>[],
): readonly Signer[] {
    const officers = new Set(given.filter((each) => each.signer === 'officers').map((each) => each.name)).size;
    return signers
        .filter((each) => !NOT_ALWAYS.includes(each) || always.includes(each))
        .flatMap((signer) => {
            if (signer === 'officers') return Array.from({ length: Math.max(0, LEAST_OFFICERS - officers) }, () => signer);
            const sameSide = OF_PARTY.includes(signer) ? OF_PARTY : [signer];
            return given.some((each) => sameSide.includes(each.signer)) ? [] : [signer];
        });
}

export const missingSignatures = (asked: AskedSigners, given: readonly SignatureFacts[]): number =>
    missingSigners(asked, given).length;

export type NewSignature = SignatureFacts & {
    readonly pages: readonly number[];
    readonly reason: string | null;
    readonly witness: string | null;
    /** Of the print that was signed. */
    readonly print: {
        readonly revision: number;
        readonly kind: 'draft' | 'final';
        readonly printedAt: Instant;
        readonly pages: number | null;
    };
};

/**
 * A signature is on a final print of the content as it stands, and not before it was printed. Who refuses has a reason;
 * with the party absent from coercion somebody else signs. Throws `document.cannotBeSigned`, `document.intervalMissing`,
 * `document.printIsDraft`, `document.printOutdated`, `document.signedBeforePrint`, `document.inFuture`,
 * `document.noSuchPage` (pages), `document.refusalReasonMissing` or `document.witnessMissing`.
 */
export function decideSigning(document: DocumentStanding, signature: NewSignature, coercive: boolean, now: Instant): void {
    if (!isStateFor('sign', document) && document.regulariseBy === null) throw new DomainError('document.cannotBeSigned');
    if (lacksInterval(document)) throw new DomainError('document.intervalMissing');
    if (signature.print.kind === 'draft') throw new DomainError('document.printIsDraft');
    if (signature.print.revision !== document.revision) throw new DomainError('document.printOutdated');
    if (signature.at > now) throw new DomainError('document.inFuture');
    // To the minute: the hand that writes the time down is not a stopwatch.
    if (signature.at < signature.print.printedAt - 60_000) throw new DomainError('document.signedBeforePrint');
    const { pages } = signature.print;
    if (pages !== null && signature.pages.some((page) => page > pages)) throw new DomainError('document.noSuchPage', { pages });
    if (signature.outcome === 'signed') return;
    if (signature.reason === null) throw new DomainError('document.refusalReasonMissing');
    const asksWitness = signature.outcome === 'absent' && coercive && WITNESSED.includes(document.type);
    if (asksWitness && signature.witness === null) throw new DomainError('document.witnessMissing');
}

/** What allows signing on the screen. */
export type OnScreenFacts = {
    /** The organisation's dated setting. */
    readonly allowed: boolean;
    /** A check on the spot, by the scenarios of its act. */
    readonly onSiteCheck: boolean;
    /** A case, a penalty or a measure belongs to the act. */
    readonly penalty: boolean;
    readonly recording: 'complete' | 'incomplete' | 'notYetKnown';
};

/**
 * Handwriting on the screen instead of paper: only where the organisation has set it, on a check that is recorded
 * throughout and has no penalty in it (正文二(三)). While the recordings are still in their recorders nobody knows whether
 * they are whole: signing goes on, and filing without paper waits for them. Throws `document.onScreenOff`,
 * `document.onScreenOnlyChecks`, `document.onScreenPenalty` or `document.onScreenNotRecorded`.
 */
export function decideOnScreen(facts: OnScreenFacts): void {
    if (!facts.allowed) throw new DomainError('document.onScreenOff');
    if (!facts.onSiteCheck) throw new DomainError('document.onScreenOnlyChecks');
    if (facts.penalty) throw new DomainError('document.onScreenPenalty');
    if (facts.recording === 'incomplete') throw new DomainError('document.onScreenNotRecorded');
}

/** An SVG path of moves and lines only: it can carry nothing but handwriting. */
export const STROKES = /^[MLQC0-9 ,.-]+$/;
export const MOST_STROKES = 40_000;
