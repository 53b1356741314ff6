import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';

/** How a reported fault ceased to be something that the holder has to hand in. `cleared`: the manager found that it works, or made it work. */
export const FAULT_ENDS = ['handedIn', 'cleared', 'lost'] as const;
export type FaultEnd = (typeof FAULT_ENDS)[number];

/**
 * A fault that was reported while somebody had the recorder (附件1 第15条: 应当立即交管理部门进行维修). `dueAt`: until when it had to be handed in by
 * the term that the unit had set itself when it was reported; null: it had set none, and the notice names no time. `decision`: what gave
 * that term. By the clock of the server, which nobody at the recorder can move.
 */
export type FaultReport = {
    readonly id: Id;
    readonly issueId: Id;
    readonly holderId: Id;
    readonly reportedAt: Instant;
    readonly dueAt: Instant | null;
    readonly decision: Id | null;
    readonly ended: FaultEnd | null;
    readonly endedAt: Instant | null;
};

/** In time is whoever hands it in at the last moment of the term. What has no term is not late. */
export const isHandedInLate = ({ dueAt, endedAt }: Pick<FaultReport, 'dueAt' | 'endedAt'>, now: Instant): boolean =>
    dueAt !== null && (endedAt ?? now) > dueAt;
