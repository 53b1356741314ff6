import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { correctOutcome, recordOutcome, withdrawOutcome } from './outcome.commands.ts';
import { getOutcome, listOutcomes, outcomeReport } from './outcome.queries.ts';
import { readBelow } from './read-below.ts';

export const outcomeHandlers = (services: Services): SomeHandlers<'outcome'> => ({
    'outcome.list': ({ session: { subject }, query }) =>
        readBelow(services, subject.organisationId, (db, organisations) => listOutcomes(db, { subject, organisations }, query)),
    'outcome.get': ({ session: { subject }, params }) =>
        readBelow(services, subject.organisationId, (db, organisations) => getOutcome(db, { subject, organisations }, params.id)),
    'outcome.report': ({ session: { subject }, query }) =>
        readBelow(services, subject.organisationId, (db, organisations) => outcomeReport(db, organisations, query)),
    'outcome.record': ({ command, body }) => recordOutcome(services, command, body),
    'outcome.correct': ({ command, params, body }) => correctOutcome(services, command, params.id, body),
    'outcome.withdraw': ({ command, params, body }) => withdrawOutcome(services, command, params.id, body.reason),
});
