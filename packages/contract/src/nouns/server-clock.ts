import { SERVER_CLOCK_DOUBTS } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { empty, instant, text } from '../shapes.ts';

export const serverClockEndpoints = {
    'serverClock.get': endpoint({
        method: 'GET',
        path: '/api/server-clock',
        summary: 'Whether the clock of the server is trusted, and why not; what time alone would cause waits meanwhile',
        response: z.object({
            doubt: z
                .object({ code: z.enum(SERVER_CLOCK_DOUBTS), params: z.record(z.string(), z.string()), since: instant })
                .nullable(),
        }),
        errors: [],
        permission: 'signedIn',
        kind: 'query',
    }),
    'serverClock.confirm': endpoint({
        method: 'POST',
        path: '/api/server-clock/confirmation',
        summary: 'Says that the clock of the server is right as it is now, and why; what waited is done',
        body: z.object({ reason: text(2_000) }),
        response: empty,
        errors: ['serverClock.trusted'],
        permission: 'ledger.check',
        kind: 'command',
    }),
};
