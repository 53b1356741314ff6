import type { DocumentState } from '@liuhen/domain';
import type { Status } from '../../app/page.tsx';

/** Amber: somebody must act; green: it is done; no colour where nothing is waited for. */
export const DOCUMENT_STATUS: Readonly<Record<DocumentState, Status | 'brand' | undefined>> = {
    draft: undefined,
    inReview: 'act',
    inLegalReview: 'act',
    awaitingSignature: 'act',
    approved: 'brand',
    issued: 'brand',
    checked: 'held',
    served: 'held',
    filed: 'held',
    voided: undefined,
    imported: undefined,
};
