import type { Instant } from '../kernel/instant.ts';
import { HOUR } from '../kernel/instant.ts';
import { endOfPeriod, leftOf, type Period, type PeriodEnd, type PeriodLeft, type PeriodRule } from '../kernel/period.ts';
import { CLOCK_DOUBTED } from '../kernel/server-clock.ts';
import type { Standing } from '../parameter/parameter.ts';
import type { CaseDeadline, CaseFacts, DeadlineKind, Procedure } from './case.ts';
import { lastStep } from './case-facts.ts';

/**
 * How a term stands. `unset`: nobody knows its length. `soon`: few days are left. `met`, `metLate`: what it asked for was
 * done. `over`: a term of the party, or one to wait for, has passed. `clockDoubted`: the clock of the server has to be confirmed first.
 */
export const COUNTDOWN_STATES = [
    'late',
    'soon',
    'running',
    'suspended',
    'unset',
    'met',
    'metLate',
    'over',
    CLOCK_DOUBTED,
] as const;
export type CountdownState = (typeof COUNTDOWN_STATES)[number];

export type Countdown = {
    readonly key: CaseDeadline['key'];
    readonly kind: DeadlineKind;
    readonly from: Instant;
    readonly period: Period | null;
    readonly standing: Standing;
    readonly basis: string;
    readonly end: PeriodEnd | null;
    readonly metAt: Instant | null;
    readonly state: CountdownState;
    readonly left: PeriodLeft | null;
    readonly extended: boolean;
    readonly outlives: boolean;
};

/** Every term that has begun in a case, in the order of the procedure's table. */
export const countdownsOf = (procedure: Procedure, facts: CaseFacts): Countdown[] =>
    procedure.deadlines.flatMap((deadline) => countdownOf(deadline, facts) ?? []);

export const countdownFor = (
    procedure: Pick<Procedure, 'deadlines'>,
    facts: CaseFacts,
    key: CaseDeadline['key'],
): Countdown | undefined => {
    const deadline = procedure.deadlines.find((each) => each.key === key);
    return deadline === undefined ? undefined : countdownOf(deadline, facts);
};

function countdownOf(deadline: CaseDeadline, facts: CaseFacts): Countdown | undefined {
    const from = deadline.from(facts);
    if (from === undefined) return undefined;
    // What was in force when the term began counts; a figure that was unknown then and set since for that day counts too.
    const { value: period, standing, basis } = facts.parameters(deadline.key, from);
    const met = deadline.until?.(facts);
    const metAt = met === undefined || met < from ? null : met;
    const known = {
        key: deadline.key,
        kind: deadline.kind,
        from,
        period,
        standing,
        basis,
        metAt,
        outlives: deadline.outlives ?? false,
    };
    if (period === null) return { ...known, end: null, state: metAt === null ? 'unset' : 'met', left: null, extended: false };
    const { end, extended, unit } = endWithExtension(deadline, facts, from, period);
    if (end.state === 'suspended') return { ...known, end, state: metAt === null ? 'suspended' : 'met', left: null, extended };
    const left = leftOf(end, unit, facts.now, facts.calendar);
    const state = stateOf(deadline.kind, end.due, metAt, left, facts);
    return { ...known, end, state, left: state === CLOCK_DOUBTED ? null : left, extended };
}

function stateOf(kind: DeadlineKind, due: Instant, metAt: Instant | null, left: PeriodLeft, facts: CaseFacts): CountdownState {
    if (metAt !== null) return kind === 'act' && metAt >= due ? 'metLate' : 'met';
    if (facts.clockDoubted === true) return CLOCK_DOUBTED;
    if (facts.now >= due) return kind === 'act' ? 'late' : 'over';
    if (kind !== 'act') return 'running';
    const warn = facts.parameters('work.deadlineWarnDays', facts.now).value ?? 0;
    const soon = left.unit === 'hour' ? left.ms <= 6 * HOUR : left.days <= warn;
    return soon ? 'soon' : 'running';
}

function endWithExtension(deadline: CaseDeadline, facts: CaseFacts, from: Instant, period: Period) {
    const excluded = deadline.excludable === true ? facts.exclusions.filter((each) => each.keys.includes(deadline.key)) : [];
    const rule: PeriodRule = { calendar: facts.calendar, excluded, rollsOn: deadline.rollsOn ?? false };
    const prolonged = deadline.extension === undefined ? undefined : lastStep(facts, deadline.extension.step);
    const added = deadline.extension === undefined ? undefined : facts.parameters(deadline.extension.key, from).value;
    // The extension is counted in the term's own unit, as one term: what is excluded is excluded once.
    if (prolonged === undefined || added === undefined || added === null || added.unit !== period.unit)
        return { end: endOfPeriod(from, period, rule), extended: false, unit: period.unit };
    const whole = { length: period.length + added.length, unit: period.unit };
    return { end: endOfPeriod(from, whole, rule), extended: true, unit: period.unit };
}

/** End of a term that must have passed, for guards; `undefined` while it stands still or has no length. */
export const endOf = (countdown: Countdown | undefined): Instant | undefined =>
    countdown?.end?.state === 'running' ? countdown.end.due : undefined;
