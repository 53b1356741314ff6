import type { DocumentStanding } from './document.decide.ts';

/** A draft that nothing has happened to yet; each test says what of it matters. */
export const UNTOUCHED: DocumentStanding = {
    type: 'sceneRecord',
    state: 'draft',
    origin: 'made',
    revision: 1,
    writerIds: [],
    startedAt: null,
    endedAt: null,
    firstSignedAt: null,
    numberedAt: null,
    sealedAt: null,
    approvedAt: null,
    regulariseBy: null,
    regularisedAt: null,
    checkFault: null,
    servedAt: null,
};
