import type { Endpoints, ResponseOf } from '@liuhen/contract';

export type Inspection = ResponseOf<Endpoints['inspection.get']>;
export type Sheet = ResponseOf<Endpoints['inspectionSheet.get']>;
