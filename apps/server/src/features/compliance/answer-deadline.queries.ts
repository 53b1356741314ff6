import { endOfPeriod, type Id, type Instant } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { calendarFor } from '../parameter/calendar.queries.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';

/** Until when what is found at `at` has to be answered, by the term that the organisation set itself; null: it set none. */
export async function answerDueAt(db: ReadDb, orgId: Id, at: Instant): Promise<Instant | null> {
    const { value } = await parameterAt(db, orgId, 'finding.answerTerm', at);
    if (value === null) return null;
    const end = endOfPeriod(at, value, { calendar: await calendarFor(db, orgId) });
    if (end.state !== 'running') throw new Error('nothing suspends the term of an answer');
    return end.due;
}
