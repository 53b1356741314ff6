import type { Day } from '../kernel/day.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Instant } from '../kernel/instant.ts';
import type { TrainingResult } from './training.ts';

/** `training.endsBefore` */
export function decideTraining({ fromDay, toDay }: { fromDay: Day; toDay: Day }): void {
    if (toDay < fromDay) throw new DomainError('training.endsBefore');
}

type Training = { readonly fromDay: Day; readonly cancelledAt: Instant | null };

/** `training.cancelled`, `training.notYet`, `training.testDayWrong` */
export function decideAttendance(training: Training, given: { result: TrainingResult; testedDay: Day | null }, today: Day): void {
    decideStanding(training);
    if (training.fromDay > today) throw new DomainError('training.notYet');
    const { result, testedDay } = given;
    if ((result === 'notTested') !== (testedDay === null)) throw new DomainError('training.testDayWrong');
    if (testedDay !== null && (testedDay < training.fromDay || testedDay > today)) throw new DomainError('training.testDayWrong');
}

/** `training.cancelled` */
export function decideStanding({ cancelledAt }: Pick<Training, 'cancelledAt'>): void {
    if (cancelledAt !== null) throw new DomainError('training.cancelled');
}
