import { DomainError } from '../kernel/domain-error.ts';

/** Kinds of evidence of a case (处罚法 46). A moment is a stretch of a recording. */
export const EVIDENCE_KINDS = ['document', 'recording', 'moment', 'photo', 'sample', 'electronic', 'other'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** What of the system a kind can name: a photograph is a file like a recording, a sample has its record. */
export const TARGET_OF: Readonly<Partial<Record<EvidenceKind, 'document' | 'recording'>>> = {
    document: 'document',
    recording: 'recording',
    moment: 'recording',
    photo: 'recording',
    sample: 'document',
};
/** Kinds that are nothing without it; photographs and samples may lie elsewhere. */
export const REFERRING: readonly EvidenceKind[] = ['document', 'recording', 'moment'];
/** Kinds whose mark keeps the file they name as long as the case file (附件1 第18条). */
export const MARKING: readonly EvidenceKind[] = EVIDENCE_KINDS.filter((kind) => TARGET_OF[kind] === 'recording');

export type EvidenceFields = {
    readonly kind: EvidenceKind;
    readonly targetId?: string | undefined;
    readonly fromMs?: number | undefined;
    readonly toMs?: number | undefined;
    readonly extractedById?: string | undefined;
    readonly extractedAt?: number | undefined;
    readonly method?: string | undefined;
    readonly carrier?: string | undefined;
};

/** Electronic data says who took it, when, how and onto what (处罚法 46; 附件1 第20条 asks the same of recordings). */
export function decideEvidence(evidence: EvidenceFields, now: number): void {
    const missing = (field: string): never => {
        throw new DomainError('case.fieldMissing', { field });
    };
    if (REFERRING.includes(evidence.kind) && evidence.targetId === undefined) missing('targetId');
    if (evidence.kind === 'moment') {
        if (evidence.fromMs === undefined || evidence.toMs === undefined) missing('moment');
        else if (evidence.fromMs >= evidence.toMs) throw new DomainError('case.momentReversed');
    }
    if (evidence.kind === 'electronic')
        for (const field of ['extractedById', 'extractedAt', 'method', 'carrier'] as const)
            if (evidence[field] === undefined) missing(field);
    if (evidence.extractedAt !== undefined && evidence.extractedAt > now) throw new DomainError('case.dateInFuture');
}

/** What may stop a term (强制法 25, 许可法 45); the party is told in writing. */
export const EXCLUSION_REASONS = ['test', 'appraisal', 'quarantine', 'hearing', 'publicNotice', 'other'] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];
