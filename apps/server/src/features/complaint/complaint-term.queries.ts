import {
    COMPLAINT_TERM_KEYS,
    type ComplaintChannel,
    type Day,
    endOfPeriod,
    type Id,
    type Instant,
    type Standing,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { calendarFor } from '../parameter/calendar.queries.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';

/** The last day of the channel's term as it was in force when the complaint came in; `undefined` where there is none. */
export async function termDay(db: ReadDb, orgId: Id, channel: ComplaintChannel, receivedAt: Instant): Promise<Day | undefined> {
    const { value } = await parameterAt(db, orgId, COMPLAINT_TERM_KEYS[channel], receivedAt);
    if (value === null) return undefined;
    const end = endOfPeriod(receivedAt, value, { calendar: await calendarFor(db, orgId) });
    return end.state === 'running' ? end.lastDay : undefined;
}

/** How sure that term was; a figure that nobody has verified is shown as such. */
export const termStanding = async (db: ReadDb, orgId: Id, channel: ComplaintChannel, receivedAt: Instant): Promise<Standing> =>
    (await parameterAt(db, orgId, COMPLAINT_TERM_KEYS[channel], receivedAt)).standing;
