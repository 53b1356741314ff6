import type { PersonKind } from '../identity/person.ts';
import type { Role } from '../identity/roles.ts';
import { type Day, dayOf } from '../kernel/day.ts';
import { byClock, CLOCK_DOUBTED, type ServerTime } from '../kernel/server-clock.ts';

/** What the notice asks people to be trained in: 执法全过程记录 and 执法记录仪操作实践 (正文四(一)), 档案业务、技术 (附件3 第4条). */
export const TRAINING_TOPICS = ['wholeProcess', 'recorder', 'archive'] as const;
export type TrainingTopic = (typeof TRAINING_TOPICS)[number];

export const TRAINING_RESULTS = ['passed', 'failed', 'notTested'] as const;
export type TrainingResult = (typeof TRAINING_RESULTS)[number];

/** Topics somebody has to be trained in: officers in both of the notice, assistants in the recorder they may carry, archivists in archives. */
export function topicsFor(kind: PersonKind, roles: readonly Role[]): readonly TrainingTopic[] {
    return TRAINING_TOPICS.filter((topic) => {
        if (topic === 'archive') return roles.includes('archivist');
        return kind === 'officer' || (kind === 'assistant' && topic === 'recorder');
    });
}

/** Whether an attendance counts: a test that was failed leaves somebody as untrained as before. */
export const countsAsTrained = (result: TrainingResult): boolean => result !== 'failed';

/** `short` is what a list of who is to be trained asks for: never, or longer ago than the unit's own term. */
export const TRAINING_STATES = ['never', 'expired', 'trained', CLOCK_DOUBTED] as const;
export type TrainingState = (typeof TRAINING_STATES)[number];

/** By the last day on which the latest training that counts holds. */
export const trainingState = (untilDay: Day | null, time: ServerTime): TrainingState =>
    untilDay === null ? 'never' : byClock(time, untilDay < dayOf(time.now) ? 'expired' : 'trained');
