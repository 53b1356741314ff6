import { serverTime } from '../../platform/clock-guard.ts';
import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { changeCase, openCase, takeStep } from './case.commands.ts';
import { listCases, listDeadlines } from './case.queries.ts';
import { addEvidence, withdrawEvidence } from './case-evidence.commands.ts';
import { importCase, importCases } from './case-import.commands.ts';
import { caseTableOf, readCaseRows } from './case-import.queries.ts';
import { getCase } from './case-page.queries.ts';
import { assignPerson, endExclusion, excludePeriod, linkAct, unassignPerson, unlinkAct } from './case-parts.commands.ts';
import { changeRemedy, recordRemedy } from './case-remedy.commands.ts';

export const caseHandlers = (services: Services): SomeHandlers<'case'> => ({
    'case.list': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listCases(db, orgId, query, serverTime(services)));
    },
    'case.deadlines': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listDeadlines(db, orgId, query, serverTime(services)));
    },
    'case.get': async ({ session, params }) => {
        const { subject } = session;
        return services.db.read({ readOrgs: [subject.organisationId] }, (db) =>
            getCase(db, subject, params.id, serverTime(services)),
        );
    },
    'case.importPreview': async ({ session, body: { content, from } }) => {
        const orgId = session.subject.organisationId;
        const { rows: given, others } = await caseTableOf(content);
        const rows = await services.db.read({ readOrgs: [orgId] }, (db) =>
            readCaseRows(db, { orgId, now: services.clock.now() }, given, from),
        );
        return { rows: rows.map(({ row }) => row), others: [...others] };
    },
    'case.importMany': async ({ command, body }) => importCases(services, command, body),
    'case.import': async ({ command, body }) => importCase(services, command, body),
    'case.open': async ({ command, body }) => openCase(services, command, body),
    'case.update': async ({ command, params, body }) => changeCase(services, command, params.id, body),
    'case.step': async ({ command, params, body }) => takeStep(services, command, params.id, 'handler', body),
    'case.review': async ({ command, params, body }) => takeStep(services, command, params.id, 'reviewer', body),
    'case.legalReview': async ({ command, params, body }) => takeStep(services, command, params.id, 'legalReviewer', body),
    'case.approve': async ({ command, params, body }) => takeStep(services, command, params.id, 'agencyHead', body),
    'case.assign': async ({ command, params, body }) => assignPerson(services, command, params.id, body),
    'case.unassign': async ({ command, params, body }) => unassignPerson(services, command, params.id, body),
    'case.exclude': async ({ command, params, body }) => excludePeriod(services, command, params.id, body),
    'case.endExclusion': async ({ command, params, body }) => endExclusion(services, command, params.id, body),
    'case.recordRemedy': async ({ command, params, body }) => recordRemedy(services, command, params.id, body),
    'case.changeRemedy': async ({ command, params, body }) => changeRemedy(services, command, params.id, body),
    'case.linkAct': async ({ command, params, body }) => linkAct(services, command, params.id, body),
    'case.unlinkAct': async ({ command, params, body }) => unlinkAct(services, command, params.id, body),
    'case.addEvidence': async ({ command, params, body }) => addEvidence(services, command, params.id, body),
    'case.withdrawEvidence': async ({ command, params, body }) => withdrawEvidence(services, command, params.id, body),
});
