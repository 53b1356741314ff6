import type { Endpoints, ResponseOf } from '@liuhen/contract';

export type DocumentDetail = ResponseOf<Endpoints['document.get']>;
