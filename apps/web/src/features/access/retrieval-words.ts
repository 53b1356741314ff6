import type { RetrievalState } from '@liuhen/domain';

export const RETRIEVAL_STATUS: Readonly<Record<RetrievalState, 'held' | 'act' | 'broken' | undefined>> = {
    requested: 'act',
    consented: 'held',
    refused: 'broken',
    withdrawn: undefined,
};
