import { serverTime } from '../../platform/clock-guard.ts';
import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { answerFinding, confirmFinding, decideOnFinding, reviseFinding, withdrawFindingAnswer } from './finding.commands.ts';
import { findingsOfAct, getFinding } from './finding.queries.ts';
import { listFindings } from './finding-list.queries.ts';
import { listInterruptions } from './interruption.queries.ts';
import { readBelow } from './read-below.ts';
import { ruleStanding } from './standing.queries.ts';

export const findingHandlers = (services: Services): SomeHandlers<'finding'> => ({
    'finding.ofAct': async ({ session: { subject }, params }) => {
        const orgId = subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) =>
            findingsOfAct(db, orgId, params.id, subject, serverTime(services)),
        );
    },
    'finding.list': ({ session: { subject }, query }) =>
        readBelow(services, subject.organisationId, (db, organisations) =>
            listFindings(db, { subject, organisations }, query, serverTime(services)),
        ),
    'finding.standing': async ({ session: { subject } }) => {
        const orgId = subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => ruleStanding(db, orgId));
    },
    'finding.get': ({ session: { subject }, params }) =>
        readBelow(services, subject.organisationId, (db, organisations) =>
            getFinding(db, { subject, organisations }, params.id, serverTime(services)),
        ),
    'finding.interruptions': ({ session: { subject }, query }) =>
        readBelow(services, subject.organisationId, (db, organisations) =>
            listInterruptions(db, { subject, organisations }, query),
        ),
    'finding.answer': async ({ command, params, body }) => answerFinding(services, command, params.id, body),
    'finding.decide': async ({ command, params, body }) => decideOnFinding(services, command, params.id, body),
    'finding.withdraw': async ({ command, params }) => withdrawFindingAnswer(services, command, params.id),
    'finding.confirm': async ({ command, params, body }) => confirmFinding(services, command, params.id, body),
    'finding.revise': async ({ command, params, body }) => reviseFinding(services, command, params.id, body),
});
