import { type Duration, HOUR, type Instant } from '../kernel/instant.ts';
import { firstAtWork, lastAtWork, nextMorning, shiftEndAfter, type WorkingHours } from './working-hours.ts';

export type ReminderKind = 'shiftEnd' | 'morning' | 'escalation';
export type Reminder = { readonly kind: ReminderKind; readonly at: Instant };

export type ReminderParameters = { readonly hours: WorkingHours; readonly escalateBefore: Duration };

/**
 * When somebody is told that something is still to be stored (附件1 第15条): at the end of the shift and on the next working
 * morning, never at night. The manager is told some hours before it is late, at the last moment of work before that, and
 * at the latest when people are back at work after it has become late.
 */
export function remindersOf(endedAt: Instant, due: Instant, { hours, escalateBefore }: ReminderParameters): Reminder[] {
    const shiftEnd = shiftEndAfter(endedAt, hours);
    const early = lastAtWork(due - escalateBefore, hours);
    // What ended after the last moment of work cannot be told of before it: it is told of when there is somebody to tell.
    const escalation = early > endedAt ? early : firstAtWork(Math.max(endedAt, due - escalateBefore), hours);
    const told: Reminder[] = [
        ...(shiftEnd === undefined ? [] : [{ kind: 'shiftEnd' as const, at: shiftEnd }]),
        { kind: 'morning', at: nextMorning(endedAt, hours) },
        { kind: 'escalation', at: escalation },
    ];
    return told.sort((a, b) => a.at - b.at);
}

/** Those that have been reached; until what they are of is settled they stay. */
export const remindersSince = (reminders: readonly Reminder[], now: Instant): Reminder[] =>
    reminders.filter(({ at }) => at <= now);

/** The next morning at work comes after the term ends: it has to be done before people go home. */
export const endsBeforeMorning = (reminders: readonly Reminder[], due: Instant): boolean =>
    reminders.some(({ kind, at }) => kind === 'morning' && at >= due);

export const DEFAULT_ESCALATE_BEFORE: Duration = 4 * HOUR;
