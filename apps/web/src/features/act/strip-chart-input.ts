import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { type Instant, interval, type StatementInput, type StripChartInput, statementInputOf } from '@liuhen/domain';

export type ActDetail = ResponseOf<Endpoints['act.get']>;

/**
 * The facts of an act as the strip chart and the answer row want them: the same from which the server works out its
 * standing in lists. There are no clock fits yet, so everything stands at device time.
 */
export function factsOf(act: ActDetail, now: Instant, statedTitle: string): StripChartInput & StatementInput {
    const participants = act.participants.map(({ person: { id: personId, name, certificateNumber }, part }) => {
        return { personId, name, part, certificateNumber };
    });
    return {
        ...statementInputOf({ ...act, participants }, now, statedTitle),
        clock: 'device',
        rooms: [],
        positions: [],
        marks: [],
        fits: [],
        cursor: null,
    };
}

/** When a file ran by its own clock, pauses included; `undefined` while a beginning or an end is unknown. */
export const deviceInterval = ({ deviceStart, deviceEnd }: { deviceStart: Instant | null; deviceEnd: Instant | null }) =>
    deviceStart === null || deviceEnd === null ? undefined : interval(deviceStart, deviceEnd);
