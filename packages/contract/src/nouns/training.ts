import { TRAINING_RESULTS, TRAINING_STATES, TRAINING_TOPICS } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, day, empty, id, idParams, instant, line, optionalLine, page, pageQuery, personRef, text } from '../shapes.ts';

const topic = z.enum(TRAINING_TOPICS);
const result = z.enum(TRAINING_RESULTS);

const organisation = z.object({ id, name: z.string() });

const trainingItem = z.object({
    id,
    organisation,
    /** Of an organisation below the reader's it is read and no more. */
    own: z.boolean(),
    title: z.string(),
    topics: z.array(topic),
    fromDay: day,
    toDay: day,
    minutes: z.number().int(),
    trainer: z.string(),
    attended: z.number().int(),
    failed: z.number().int(),
    cancelled: z.object({ at: instant, why: z.string() }).nullable(),
});

/** Trainings by the notice (正文四(一)), who attended them, and who is to be trained. */
export const trainingEndpoints = {
    'training.list': endpoint({
        method: 'GET',
        path: '/api/trainings',
        summary: 'Trainings of the own organisation and those below it, the latest first',
        query: z.object({
            ...pageQuery,
            q: z.string().max(100).optional(),
            organisationId: id.optional(),
            topic: topic.optional(),
            from: day.optional(),
            to: day.optional(),
        }),
        response: page(trainingItem).extend({ organisations: z.array(organisation) }),
        errors: [],
        permission: 'training.view',
        kind: 'query',
    }),
    'training.get': endpoint({
        method: 'GET',
        path: '/api/trainings/:id',
        summary: 'One training with who attended it and how they did',
        params: idParams,
        response: trainingItem.extend({
            note: z.string().nullable(),
            recordedBy: personRef,
            recordedAt: instant,
            attendees: z.array(
                z.object({ id, person: personRef, result, testedDay: day.nullable(), score: z.string().nullable() }),
            ),
        }),
        errors: ['training.notFound'],
        permission: 'training.view',
        kind: 'query',
    }),
    'training.due': endpoint({
        method: 'GET',
        path: '/api/training-due',
        summary: "Who has to be trained in what, when they last were, and until when that holds by the unit's own term",
        query: z.object({
            ...pageQuery,
            q: z.string().max(100).optional(),
            topic: topic.optional(),
            state: z.enum(TRAINING_STATES).optional(),
            departmentId: id.optional(),
        }),
        response: page(
            z.object({
                /** The person, `_` and the topic. */
                id: z.string(),
                person: personRef,
                department: z.string().nullable(),
                topic,
                state: z.enum(TRAINING_STATES),
                lastDay: day.nullable(),
                untilDay: day.nullable(),
            }),
        ),
        errors: ['serverClock.doubted'],
        permission: 'training.view',
        kind: 'query',
    }),
    'training.attended': endpoint({
        method: 'GET',
        path: '/api/training-attended',
        summary: 'What somebody attended: oneself, or anybody for those who look after trainings',
        query: z.object({ ...pageQuery, personId: id.optional() }),
        response: page(
            z.object({
                id,
                training: trainingItem.pick({ id: true, title: true, topics: true, fromDay: true, toDay: true, minutes: true }),
                result,
                testedDay: day.nullable(),
                score: z.string().nullable(),
            }),
        ),
        errors: ['access.denied'],
        permission: 'signedIn',
        kind: 'query',
    }),
    'training.record': endpoint({
        method: 'POST',
        path: '/api/trainings',
        summary: 'Enters a training with its topics, days, length and trainer',
        body: z.object({
            title: line(120),
            topics: z.array(topic).min(1).max(TRAINING_TOPICS.length),
            fromDay: day,
            toDay: day,
            minutes: z.number().int().min(1).max(60_000),
            trainer: line(120),
            note: text(1_000).optional(),
        }),
        response: createdId,
        errors: ['training.endsBefore'],
        permission: 'training.manage',
        kind: 'command',
    }),
    'training.cancel': endpoint({
        method: 'POST',
        path: '/api/trainings/:id/cancel',
        summary: 'Takes a training back with a reason; nobody counts as trained by it any more',
        params: idParams,
        body: z.object({ reason: line(200) }),
        response: empty,
        errors: ['training.notFound', 'training.cancelled'],
        permission: 'training.manage',
        kind: 'command',
    }),
    'training.attend': endpoint({
        method: 'POST',
        path: '/api/trainings/:id/attendees',
        summary: 'Enters who attended and how they did in the test; for somebody entered before in place of that',
        params: idParams,
        body: z.object({
            personIds: z.array(id).min(1).max(200),
            result,
            testedDay: day.optional(),
            score: optionalLine(40),
        }),
        response: empty,
        errors: ['training.notFound', 'training.cancelled', 'training.notYet', 'training.testDayWrong', 'person.notFound'],
        permission: 'training.manage',
        kind: 'command',
    }),
    'training.unattend': endpoint({
        method: 'POST',
        path: '/api/training-attendances/:id/remove',
        summary: 'Takes an attendance back that was entered by mistake',
        params: idParams,
        body: z.object({ reason: line(200) }),
        response: empty,
        errors: ['training.attendanceNotFound'],
        permission: 'training.manage',
        kind: 'command',
    }),
};
