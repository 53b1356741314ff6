import type { Endpoints, ResponseOf } from '@liuhen/contract';
import type { MediumStanding } from '@liuhen/domain';

export type Listed = ResponseOf<Endpoints['medium.list']>;
export type Medium = Listed['media'][number];

/** Of which act, case or retrieval. */
export type MediaOf = { readonly actId: string } | { readonly caseId: string } | { readonly retrievalId: string };

export const MEDIUM_STATUS: Readonly<Record<MediumStanding, 'held' | 'act' | 'broken'>> = {
    unread: 'act',
    whole: 'held',
    partly: 'act',
    damaged: 'broken',
};
