import { isScenarioKey } from '@liuhen/domain';
import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { changeAct, closeAct, createAct } from './act.commands.ts';
import { getAct, listActs } from './act.queries.ts';
import { attachNote, decideOnExemption, recordExemption, withdrawExemption } from './act-exemption.commands.ts';
import { markSecrecy, stateInspectionCode, tick } from './act-mark.commands.ts';
import { addParticipant, changeParticipant, endParticipation } from './act-people.commands.ts';
import { addSegment, changeSegment, removeSegment, startAct, statePresence } from './act-segment.commands.ts';
import { actSettingsAt } from './act-settings.queries.ts';

export const actHandlers = (services: Services): SomeHandlers<'act'> => ({
    'act.list': async ({ session: { subject }, query }) => {
        const orgId = subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listActs(db, orgId, query, subject, services.clock.now()));
    },
    'act.get': async ({ session: { subject }, params }) => {
        const orgId = subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => getAct(db, orgId, params.id, subject, services.clock.now()));
    },
    'act.settings': async ({ session: { subject } }) => {
        const orgId = subject.organisationId;
        const now = services.clock.now();
        const settings = await services.db.read({ readOrgs: [orgId] }, (db) => actSettingsAt(db, orgId, now));
        const scenarios = Object.entries(settings.scenarios).flatMap(([key, recording]) =>
            isScenarioKey(key) ? [{ scenario: key, recording }] : [],
        );
        const { grounds, required: codeRequired, format: codeFormat } = settings;
        return { scenarios, grounds: [...grounds], codeRequired, codeFormat };
    },
    'act.create': async ({ command, body }) => createAct(services, command, body),
    'act.update': async ({ command, params, body }) => changeAct(services, command, params.id, body),
    'act.start': async ({ command, params, body }) => startAct(services, command, params.id, body),
    'act.addSegment': async ({ command, params, body }) => addSegment(services, command, params.id, body),
    'act.changeSegment': async ({ command, params, body }) => changeSegment(services, command, params, body),
    'act.removeSegment': async ({ command, params, body }) => removeSegment(services, command, params, body),
    'act.addParticipant': async ({ command, params, body }) => addParticipant(services, command, params.id, body),
    'act.updateParticipant': async ({ command, params, body }) => changeParticipant(services, command, params.id, body),
    'act.removeParticipant': async ({ command, params, body }) => endParticipation(services, command, params.id, body),
    'act.statePresence': async ({ command, params, body }) => statePresence(services, command, params.id, body),
    'act.recordExemption': async ({ command, params, body }) => recordExemption(services, command, params.id, body),
    'act.decideExemption': async ({ command, params, body }) => decideOnExemption(services, command, params.id, body),
    'act.withdrawExemption': async ({ command, params, body }) => withdrawExemption(services, command, params.id, body),
    'act.attachNote': async ({ command, params, body }) => attachNote(services, command, params.id, body),
    'act.tick': async ({ command, params, body }) => tick(services, command, params.id, body),
    'act.markSecrecy': async ({ command, params, body }) => markSecrecy(services, command, params.id, body),
    'act.stateInspectionCode': async ({ command, params, body }) => stateInspectionCode(services, command, params.id, body),
    'act.close': async ({ command, params, body }) => closeAct(services, command, params.id, body),
});
