import type { Endpoints, ResponseOf } from '@liuhen/contract';

export type DocumentDetail = ResponseOf<Endpoints['document.get']>;
export type Paper = ResponseOf<Endpoints['document.paper']>;
export type Service = ResponseOf<Endpoints['document.services']>['items'][number];
export type Block = ResponseOf<Endpoints['document.numberBlocks']>['items'][number];
