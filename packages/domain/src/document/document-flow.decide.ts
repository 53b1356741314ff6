import type { Role } from '../identity/roles.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import { HOUR, type Instant } from '../kernel/instant.ts';
import { type DocumentStanding, isServable, isServedType, lacksInterval, lacksNumber, waitingFor } from './document.decide.ts';
import type { DocumentState, SigningHead } from './document.ts';
import { isFinished, isOut, isStateFor, isUnderWay } from './document-flow.ts';
import { isNumbered, signingFacts } from './document-signing.ts';
import { type DocumentType, documentTypeFacts } from './document-type.ts';

/** Who does a step, with the roles held at this moment. */
export type StepActor = { readonly personId: Id; readonly roles: readonly Role[] };

function decideStep(document: DocumentStanding, state: DocumentState): void {
    if (document.state !== state) throw new DomainError('document.notAtThisStep');
}

/** Four eyes: nobody passes what they wrote in. Throws `document.ownDraft`. */
function decideOtherPerson(document: DocumentStanding, actor: Pick<StepActor, 'personId'>): void {
    if (document.writerIds.includes(actor.personId)) throw new DomainError('document.ownDraft');
}

export type LegalNeed = { readonly needed: boolean; readonly reason: string };

/**
 * Review by another person, who says whether the law asks for legal review where it may (行政处罚法 第58条); after a hearing
 * it always does. Throws `document.notAtThisStep`, `document.ownDraft`, `document.legalReviewUnstated` or
 * `document.legalReviewNeeded`.
 */
export function decideDocumentReview(
    document: DocumentStanding,
    actor: StepActor,
    legal: LegalNeed | undefined,
    { hearingHeld }: { readonly hearingHeld: boolean },
): DocumentState {
    decideStep(document, 'inReview');
    decideOtherPerson(document, actor);
    const asked = signingFacts(document.type)?.legalReview === 'stated';
    if (asked && legal === undefined) throw new DomainError('document.legalReviewUnstated');
    if (asked && hearingHeld && legal?.needed === false) throw new DomainError('document.legalReviewNeeded');
    return legal?.needed === true ? 'inLegalReview' : 'awaitingSignature';
}

/**
 * Legal review by somebody who did not handle the case (行政处罚法 第58条). Throws `document.notAtThisStep`,
 * `document.ownDraft` or `document.reviewerInvestigated`.
 */
export function decideDocumentLegalReview(
    document: DocumentStanding,
    actor: StepActor,
    investigators: readonly Id[],
): DocumentState {
    decideStep(document, 'inLegalReview');
    decideOtherPerson(document, actor);
    if (investigators.includes(actor.personId)) throw new DomainError('document.reviewerInvestigated');
    return 'awaitingSignature';
}

const WRONG_HEAD: Readonly<Record<SigningHead, string>> = {
    agencyHead: 'document.needsAgencyHead',
    instituteHead: 'document.needsInstituteHead',
    sectionHead: 'document.needsSectionHead',
};

/**
 * Signature by the head whom the law names: the agency's is never replaced by the institute's, nor the other way round. What
 * says why an act was not recorded is signed by a head who did not take part in it. Throws `document.notAtThisStep`,
 * `document.ownDraft`, `document.signerTookPart` or one of `WRONG_HEAD`.
 * @param participants who took part in the act that the document is about
 */
export function decideDocumentSignature(document: DocumentStanding, actor: StepActor, participants: readonly Id[]): SigningHead {
    decideStep(document, 'awaitingSignature');
    const signing = signingFacts(document.type);
    if (signing === undefined) throw new DomainError('document.signedOnTheSpot');
    const head = [signing.head, signing.otherwise].find((each) => each !== undefined && actor.roles.includes(each));
    if (head === undefined) throw new DomainError(WRONG_HEAD[signing.head]);
    decideOtherPerson(document, actor);
    if (signing.otherwise !== undefined && participants.includes(actor.personId))
        throw new DomainError('document.signerTookPart');
    return head;
}

/** States from which somebody whose turn it is sends it back. */
export function decideDocumentReturn(
    document: DocumentStanding,
    actor: StepActor,
    from: 'inReview' | 'inLegalReview' | 'awaitingSignature',
): void {
    decideStep(document, from);
    // Whoever took part may send it back: that accepts nothing.
    if (from === 'awaitingSignature') decideDocumentSignature(document, actor, []);
    else decideOtherPerson(document, actor);
}

/**
 * Taken back by those who write, to write it anew: before it has a number of its own or left the house. Signatures made so
 * far then count no more. Throws `document.cannotReopen`.
 */
export function decideDocumentReopening(document: DocumentStanding): void {
    const signedDraft = document.state === 'draft' && document.firstSignedAt !== null;
    const underWay = isUnderWay(document.state);
    if (!(signedDraft || underWay) || document.sealedAt !== null || (underWay && document.numberedAt !== null))
        throw new DomainError('document.cannotReopen');
}

/** Coercion that cannot wait for its approval (行政强制法 第19条); preservation of evidence knows no such exception. */
export const URGENT_TYPES: readonly DocumentType[] = ['seizureDecision', 'controlDecision'];
/** 行政强制法 第19条. */
export const REGULARISE_WITHIN = 24 * HOUR;

/** Throws `document.hasNoNumber`, `document.alreadyNumbered` or `document.notApproved`. */
export function decideDocumentNumber(document: DocumentStanding): void {
    if (!isNumbered(document.type)) throw new DomainError('document.hasNoNumber');
    if (document.numberedAt !== null) throw new DomainError('document.alreadyNumbered');
    if (!isStateFor('number', document)) throw new DomainError('document.notApproved');
}

/** No seal before approval, and none on what has no number yet. Throws `document.notApproved` or `document.numberFirst`. */
export function decideDocumentSeal(document: DocumentStanding): void {
    if (!isStateFor('seal', document)) throw new DomainError('document.notApproved');
    if (lacksNumber(document)) throw new DomainError('document.numberFirst');
}

/** What the signatures of a document say when it is to be handed over. */
export type SignatureStanding = {
    /** Signers its form names for whom neither a signature nor a refusal with its reason is there. */
    readonly missing: number;
    /** Corrections the party has not signed yet. */
    readonly openCorrections: number;
};

/**
 * Handing over or sending out. Throws `document.notAtThisStep`, `document.incomplete`, `document.intervalMissing`,
 * `document.notSigned`, `document.numberFirst` or `document.sealFirst`.
 */
export function decideDocumentIssue(document: DocumentStanding, faults: number, signatures: SignatureStanding): void {
    if (documentTypeFacts(document.type).flow === 'scene') {
        decideStep(document, 'draft');
        decideHandOver(document, faults, signatures);
        return;
    }
    decideStep(document, 'approved');
    if (lacksNumber(document)) throw new DomainError('document.numberFirst');
    if (signingFacts(document.type)?.seal === true && document.sealedAt === null) throw new DomainError('document.sealFirst');
}

function decideHandOver(document: DocumentStanding, faults: number, { missing }: SignatureStanding): void {
    if (lacksInterval(document)) throw new DomainError('document.intervalMissing');
    if (faults > 0) throw new DomainError('document.incomplete', { count: faults });
    if (lacksNumber(document)) throw new DomainError('document.numberFirst');
    if (missing > 0) throw new DomainError('document.notSigned', { count: missing });
}

/** Throws `document.notUrgentType`, `document.notDraft` or `document.incomplete`; gives until when approval is made up for. */
export function decideUrgentIssue(document: DocumentStanding, faults: number, now: Instant): Instant {
    if (!URGENT_TYPES.includes(document.type)) throw new DomainError('document.notUrgentType');
    if (document.state !== 'draft') throw new DomainError('document.notDraft');
    if (faults > 0) throw new DomainError('document.incomplete', { count: faults });
    return now + REGULARISE_WITHIN;
}

/** The agency's head approves afterwards, or lifts at once. Late is noted, never refused. */
export function decideRegularising(document: DocumentStanding, actor: StepActor): void {
    if (waitingFor(document) !== 'regularisation') throw new DomainError('document.notAtThisStep');
    if (!actor.roles.includes('agencyHead')) throw new DomainError('document.needsAgencyHead');
    decideOtherPerson(document, actor);
}

/** What was made on the spot is looked at afterwards by somebody else. */
export function decideDocumentCheck(document: DocumentStanding, actor: StepActor): void {
    if (documentTypeFacts(document.type).flow !== 'scene') throw new DomainError('document.notAtThisStep');
    decideStep(document, 'issued');
    decideOtherPerson(document, actor);
}

export type PaperStanding = {
    readonly originalPlace: string | null;
    /** All signatures were made on the screen. */
    readonly onScreenOnly: boolean;
    /** Whether the act is recorded throughout, as far as known now. */
    readonly recording: 'complete' | 'incomplete' | 'notYetKnown';
    readonly openCorrections: number;
    /** Of a document made elsewhere: its file has come too. */
    readonly fileThere: boolean;
};

/**
 * Into the file: done with everything before, the paper's place noted; without paper only where all was signed on the
 * screen and the act is recorded throughout (正文二(三)). Throws `document.notAtThisStep`, `document.correctionUnsigned`,
 * `document.importFileMissing`, `document.originalMissing` or `document.notFullyRecorded`.
 */
export function decideDocumentFiling(document: DocumentStanding, paper: PaperStanding): void {
    if (waitingFor(document) !== 'filing') throw new DomainError('document.notAtThisStep');
    if (paper.openCorrections > 0) throw new DomainError('document.correctionUnsigned', { count: paper.openCorrections });
    if (document.origin === 'imported') {
        if (!paper.fileThere) throw new DomainError('document.importFileMissing');
        return;
    }
    if (documentTypeFacts(document.type).side === 'internal' || paper.originalPlace !== null) return;
    if (!paper.onScreenOnly) throw new DomainError('document.originalMissing');
    if (paper.recording !== 'complete') throw new DomainError('document.notFullyRecorded');
}

/**
 * A draft is thrown away by those who write; what was approved or numbered by a head; what left the house is taken back by a
 * decision of its own, never voided. Throws `document.isIssued`, `document.isDone` or `document.headVoids`.
 */
export function decideDocumentVoid(document: DocumentStanding, actor: StepActor): void {
    if (isFinished(document.state)) throw new DomainError('document.isDone');
    if (isOut(document.state)) throw new DomainError('document.isIssued');
    const heads: readonly Role[] = ['sectionHead', 'instituteHead', 'agencyHead'];
    const weighty = document.numberedAt !== null || document.approvedAt !== null || document.firstSignedAt !== null;
    const own = document.writerIds.includes(actor.personId);
    if ((weighty || !own) && !actor.roles.some((role) => heads.includes(role))) throw new DomainError('document.headVoids');
}

/** Throws `document.notServedType` or `document.notAtThisStep`. */
export function decideServiceBegins(document: DocumentStanding): void {
    if (!isServable(document.type)) throw new DomainError('document.notServedType');
    if (!isStateFor('serve', document)) throw new DomainError('document.notAtThisStep');
}

/** Where a document goes once somebody was served with it: one made on the spot is still looked at afterwards. */
export const stateOnceServed = (document: DocumentStanding): DocumentState =>
    isServedType(document.type) ? 'served' : document.state;
