import { DEFAULT_SCHEME, SYSTEM_ID } from '@liuhen/domain';
import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { readTrusted } from '../../platform/witnesses.ts';
import { compareSheet, listCompared } from './comparison.queries.ts';
import {
    answerRectification,
    checkRectification,
    decideOnAppeal,
    orderRectification,
    raiseAppeal,
} from './follow-up.commands.ts';
import {
    abandonInspection,
    changeInspection,
    commitInspection,
    draftInspection,
    drawInspection,
    endInspection,
} from './inspection.commands.ts';
import { getInspection, inspectionRecord, listFrame, listInspections, reviewersOf } from './inspection.queries.ts';
import { organisationsOf, readWithin } from './reach.queries.ts';
import { listScores, listSheets } from './result.queries.ts';
import { assignSheet, finishSheet, saveSheet, skipSheet } from './sheet.commands.ts';
import { getSheet } from './sheet-page.queries.ts';

export function inspectionHandlers(services: Services): SomeHandlers<'inspection' | 'inspectionSheet'> {
    const { db, clock } = services;
    type Signed = { session: { subject: { organisationId: string } } };
    const read = <T>({ session }: Signed, work: Parameters<typeof readWithin<T>>[2]) =>
        readWithin(db, session.subject.organisationId, work);
    return {
        'inspection.list': async (call) => read(call, (on, { own }) => listInspections(on, own, call.query)),
        'inspection.setting': async (call) =>
            read(call, async (on, { own, inspectable }) => ({
                organisations: (await organisationsOf(on, inspectable)).map((each) => ({ ...each, own: each.id === own })),
                reviewers: await reviewersOf(on, own),
                scheme: [...DEFAULT_SCHEME],
            })),
        'inspection.get': async (call) => read(call, (on, { own }) => getInspection(on, own, call.params.id)),
        'inspection.record': async ({ session, params }) => {
            const witnesses = await readTrusted(services.config);
            const asked = { witnesses, now: clock.now() };
            const { organisationId } = session.subject;
            // The keys that sign entries are introduced in the log of the system.
            return readWithin(db, organisationId, (on, { own }) => inspectionRecord(on, own, params.id, asked), [SYSTEM_ID]);
        },
        'inspection.frame': async (call) => read(call, (on, { own }) => listFrame(on, own, call.query)),
        'inspection.sheets': async (call) => {
            const { query, session } = call;
            const { personId } = session.subject;
            return read(call, (on, { own }) => listSheets(on, own, query, personId));
        },
        'inspection.scores': async (call) => read(call, (on) => listScores(on, call.session.subject, call.query)),
        'inspection.compared': async (call) =>
            read(call, (on, reach) => listCompared(on, { ...call.session.subject, reach }, call.query)),
        'inspection.draft': async ({ command, body }) => draftInspection(services, command, body),
        'inspection.update': async ({ command, params, body }) => changeInspection(services, command, params.id, body),
        'inspection.commit': async ({ command, params }) => commitInspection(services, command, params.id),
        'inspection.draw': async ({ command, params, body }) => drawInspection(services, command, params.id, body),
        'inspection.abandon': async ({ command, params, body }) => abandonInspection(services, command, params.id, body),
        'inspection.end': async ({ command, params }) => endInspection(services, command, params.id),

        'inspectionSheet.get': async (call) =>
            read(call, (on) => getSheet(on, call.session.subject, call.params.id, clock.now())),
        'inspectionSheet.compare': async (call) =>
            read(call, (on, reach) => compareSheet(on, { ...call.session.subject, reach }, call.params.id)),
        'inspectionSheet.assign': async ({ command, params, body }) => assignSheet(services, command, params.id, body),
        'inspectionSheet.save': async ({ command, params, body }) => saveSheet(services, command, params.id, body),
        'inspectionSheet.finish': async ({ command, params, body }) => finishSheet(services, command, params.id, body),
        'inspectionSheet.skip': async ({ command, params, body }) => skipSheet(services, command, params.id, body.reason),
        'inspectionSheet.order': async ({ command, params, body }) => orderRectification(services, command, params.id, body),
        'inspectionSheet.answer': async ({ command, params, body, session }) =>
            answerRectification(services, command, session.subject, params.id, body.words),
        'inspectionSheet.check': async ({ command, params, body }) => checkRectification(services, command, params.id, body),
        'inspectionSheet.appeal': async ({ command, params, body, session }) =>
            raiseAppeal(services, command, session.subject, params.id, body),
        'inspectionSheet.decideAppeal': async ({ command, params, body }) => decideOnAppeal(services, command, params.id, body),
    };
}
