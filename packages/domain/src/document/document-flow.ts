import type { DocumentState } from './document.ts';
import { type DocumentType, documentTypeFacts } from './document-type.ts';

/** What is done with a document on its way, apart from the step that its state waits for. */
export type FlowDeed = 'number' | 'seal' | 'sign' | 'correct' | 'serve';

/**
 * In which states each is done, by the way of the document's type: the one table that decisions and pages look at. What is made on
 * the spot is signed and numbered while it is written; what goes through the office, once its head has signed.
 */
const FLOW_STATES: Readonly<Record<'scene' | 'office', Readonly<Record<FlowDeed, readonly DocumentState[]>>>> = {
    scene: {
        number: ['draft', 'issued'],
        seal: ['issued', 'checked'],
        sign: ['draft', 'issued', 'checked'],
        correct: ['issued', 'checked'],
        serve: ['issued', 'checked'],
    },
    office: {
        number: ['approved'],
        seal: ['approved', 'issued', 'served'],
        sign: ['approved', 'issued', 'served'],
        correct: ['issued', 'served'],
        serve: ['issued'],
    },
};

export const isStateFor = (
    deed: FlowDeed,
    { type, state }: { readonly type: DocumentType; readonly state: DocumentState },
): boolean => FLOW_STATES[documentTypeFacts(type).flow][deed].includes(state);

/** States of an office document before its head has signed. */
const BEFORE_APPROVAL: readonly DocumentState[] = ['draft', 'inReview', 'inLegalReview', 'awaitingSignature'];
export const isBeforeApproval = (state: DocumentState): boolean => BEFORE_APPROVAL.includes(state);

/** Handed in, and taken back as long as it has neither a number nor left the house. */
const UNDER_WAY: readonly DocumentState[] = ['inReview', 'inLegalReview', 'awaitingSignature', 'approved'];
export const isUnderWay = (state: DocumentState): boolean => UNDER_WAY.includes(state);

/** Out of the house, so that it is taken back by a decision of its own. */
const OUT: readonly DocumentState[] = ['issued', 'checked', 'served'];
export const isOut = (state: DocumentState): boolean => OUT.includes(state);

/** Nothing more is done with it. */
export const isFinished = (state: DocumentState): boolean => state === 'filed' || state === 'voided';
