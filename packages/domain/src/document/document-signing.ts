import type { SigningHead } from './document.ts';
import { DOCUMENT_TYPES, type DocumentType, documentTypeFacts } from './document-type.ts';

/**
 * Who signs an office document, whether its legality is reviewed first, and from where this is known. `practice` was not
 * read in a law: the organisation's legal section looks at it before first use.
 */
export type SigningFacts = {
    readonly head: SigningHead;
    /** `stated`: somebody says, with the ground or the reason, whether the law asks for legal review (行政处罚法 第58条). */
    readonly legalReview: 'stated' | 'none';
    /** A document that bears the agency's seal is not issued without it. */
    readonly seal: boolean;
    readonly basis: string;
    readonly seen: 'law' | 'practice';
    /**
     * For papers that say why nothing was recorded: whoever took part in the act accepts none of them, and this head signs where the
     * first did. Undefined where that makes no difference.
     */
    readonly otherwise?: SigningHead;
};

const agency = (basis: string, seen: SigningFacts['seen'] = 'law', more: Partial<SigningFacts> = {}): SigningFacts => ({
    head: 'agencyHead',
    legalReview: 'none',
    seal: true,
    basis,
    seen,
    ...more,
});
const paper = (head: SigningHead, basis: string, seen: SigningFacts['seen'] = 'practice'): SigningFacts => ({
    head,
    legalReview: 'none',
    seal: false,
    basis,
    seen,
});
const REVIEWED = { legalReview: 'stated' } as const;

type Flow<T extends DocumentType> = (typeof DOCUMENT_TYPES)[T]['flow'];
/** Types that go through the office; the others are signed on the spot by those who are there. */
export type OfficeDocumentType = { [T in DocumentType]: Flow<T> extends 'office' ? T : never }[DocumentType];

/** The table is the policy: one line per type, reviewed as data. */
export const SIGNING: Readonly<Record<OfficeDocumentType, SigningFacts>> = {
    productConfirmNotice: agency('令87 第4条（机关文书）', 'practice'),
    appraisalCommission: agency('令87 第4条（机关文书）', 'practice'),
    testResultNotice: agency('令87 第4条（机关文书）', 'practice'),
    occupationalRemoval: agency('令87 第4条（机关文书）', 'practice'),
    controlDecision: agency('行政强制法 第18条第1项', 'law', REVIEWED),
    controlRelease: agency('行政强制法 第28条'),
    seizureDecision: agency('行政强制法 第18条第1项、第24条', 'law', REVIEWED),
    seizureDisposal: agency('行政强制法 第27条、第28条'),
    seizureExtension: agency('行政强制法 第25条第1款'),
    announcement: agency('令87 第23条', 'practice'),
    caseIntake: paper('sectionHead', '令87 第25条（负责人意见）'),
    filingReport: paper('agencyHead', '令87 第26条（负责人审批）'),
    caseTransfer: agency('行政处罚法 第57条第1款第4项'),
    evidencePreserve: agency('行政处罚法 第56条'),
    evidenceDisposal: agency('行政处罚法 第56条', 'practice'),
    investigationReport: paper('sectionHead', '行政处罚法 第57条（调查终结）'),
    panelRecord: paper('sectionHead', '令87（负责人意见）'),
    priorNotice: agency('行政处罚法 第44条', 'practice'),
    defenceReview: paper('sectionHead', '行政处罚法 第45条（复核）'),
    hearingRightNotice: agency('行政处罚法 第63条、第64条', 'practice'),
    hearingNotice: agency('行政处罚法 第64条第2项', 'practice'),
    hearingOpinion: paper('sectionHead', '行政处罚法 第65条（听证意见）'),
    penaltyDecision: agency('行政处罚法 第57条', 'law', REVIEWED),
    demandLetter: agency('行政强制法 第35条、第54条', 'practice'),
    courtEnforcement: agency('行政强制法 第55条第2款'),
    closingReport: paper('agencyHead', '令87（负责人意见）'),
    inspectionApproval: paper('agencyHead', '国办发〔2024〕54号'),
    inspectionNotice: agency('国办发〔2024〕54号', 'practice'),
    legalReviewOpinion: paper('sectionHead', '行政处罚法 第58条'),
    collectiveDiscussion: paper('agencyHead', '行政处罚法 第57条第2款', 'law'),
    noPenaltyDecision: agency('行政处罚法 第57条第1款', 'law', REVIEWED),
    interruptionStatement: { ...paper('sectionHead', '附件1 第10条'), otherwise: 'instituteHead' },
    unrecordedWorkRecord: { ...paper('sectionHead', '附件1 第13条'), otherwise: 'instituteHead' },
    retrievalStatement: paper('instituteHead', '附件1 第20条', 'law'),
    accessRegister: paper('instituteHead', '附件1 第19条', 'law'),
    destructionList: paper('instituteHead', '附件3 第14条', 'law'),
    coercionApproval: paper('agencyHead', '行政强制法 第18条第1项', 'law'),
    preservationApproval: paper('agencyHead', '行政处罚法 第56条', 'law'),
    licenceAcceptance: agency('行政许可法 第32条', 'practice'),
    licenceSupplement: agency('行政许可法 第32条', 'practice'),
    licenceRefusalToAccept: agency('行政许可法 第32条', 'practice'),
    licenceDecision: agency('行政许可法 第38条', 'practice'),
    licenceRefusal: agency('行政许可法 第38条', 'practice'),
    licenceRevocation: agency('行政许可法 第69条', 'practice'),
    licenceCancellation: agency('行政许可法 第70条', 'practice'),
    commitmentForm: agency('告知承诺制', 'practice'),
    complaintRegister: paper('sectionHead', '附件3（投诉举报处理档案）'),
    complaintReply: agency('附件3（投诉举报处理档案）', 'practice'),
};

const isOffice = (type: DocumentType): type is OfficeDocumentType => DOCUMENT_TYPES[type].flow === 'office';

/** Undefined for a document that is signed on the spot: nobody's head makes it valid. */
export const signingFacts = (type: DocumentType): SigningFacts | undefined => (isOffice(type) ? SIGNING[type] : undefined);

/** Whether it gets a number of its own. */
export const isNumbered = (type: DocumentType): boolean => ['docNumber', 'serial'].includes(documentTypeFacts(type).numbering);
