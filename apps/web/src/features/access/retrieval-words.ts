import type { Endpoints, ResponseOf } from '@liuhen/contract';
import type { RetrievalState } from '@liuhen/domain';

/** One retrieval as its page knows it. */
export type Retrieval = ResponseOf<Endpoints['retrieval.get']>;

export const RETRIEVAL_STATUS: Readonly<Record<RetrievalState, 'held' | 'act' | 'broken' | undefined>> = {
    requested: 'act',
    consented: 'act',
    packing: 'act',
    packaged: 'held',
    handedOver: 'held',
    refused: 'broken',
    withdrawn: undefined,
};
