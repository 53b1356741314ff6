import { serverTime } from '../../platform/clock-guard.ts';
import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { readBelow } from './read-below.ts';
import { attendTraining, cancelTraining, recordTraining, unattendTraining } from './training.commands.ts';
import { getTraining, listAttended, listTrainings } from './training.queries.ts';
import { listTrainingDue } from './training-due.queries.ts';

export const trainingHandlers = (services: Services): SomeHandlers<'training'> => ({
    'training.list': ({ session: { subject }, query }) =>
        readBelow(services, subject.organisationId, (db, organisations) =>
            listTrainings(db, { own: subject.organisationId, organisations }, query),
        ),
    'training.get': ({ session: { subject }, params }) =>
        readBelow(services, subject.organisationId, (db, organisations) =>
            getTraining(db, { own: subject.organisationId, organisations }, params.id),
        ),
    'training.due': ({ session: { subject }, query }) =>
        services.db.read({ readOrgs: [subject.organisationId] }, (db) =>
            listTrainingDue(db, subject.organisationId, query, serverTime(services)),
        ),
    'training.attended': ({ session: { subject }, query }) =>
        services.db.read({ readOrgs: [subject.organisationId] }, (db) => listAttended(db, subject, query)),
    'training.record': ({ command, body }) => recordTraining(services, command, body),
    'training.cancel': ({ command, params, body }) => cancelTraining(services, command, params.id, body.reason),
    'training.attend': ({ command, params, body }) => attendTraining(services, command, params.id, body),
    'training.unattend': ({ command, params, body }) => unattendTraining(services, command, params.id, body.reason),
});
