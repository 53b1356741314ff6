import { serverTime } from '../../platform/clock-guard.ts';
import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { declareAvoidance, stopAvoidance } from './avoidance.commands.ts';
import { abandonDraw, commitDraw, revealDraw } from './draw.commands.ts';
import { drawRecord, getDraw, listAvoidances, listDraws } from './draw.queries.ts';
import { drawCandidates } from './draw-facts.queries.ts';
import { approvePlan, changePlan, draftPlan, publishPlan, submitPlan, withdrawPlan } from './plan.commands.ts';
import { getPlan, listPlans } from './plan.queries.ts';
import { assignTask, changeTask, createTask, finishTask, reopenTask, returnTask, startTask } from './task.commands.ts';
import { getTask, listTasks } from './task.queries.ts';
import { applyList, matchRow, receiveFile, receiveList, skipRow } from './task-import.commands.ts';
import { getImport, listImports } from './task-import.queries.ts';

type Nouns = 'task' | 'taskImport' | 'plan' | 'draw' | 'avoidance';

export function taskHandlers(services: Services): SomeHandlers<Nouns> {
    const { db, clock } = services;
    type Signed = { session: { subject: { organisationId: string; personId: string } } };
    const read = <T>(
        { session }: Signed,
        ask: (on: Parameters<Parameters<typeof db.read<T>>[1]>[0], orgId: string) => Promise<T>,
    ) => {
        const orgId = session.subject.organisationId;
        return db.read({ readOrgs: [orgId] }, (on) => ask(on, orgId));
    };
    return {
        'task.list': async (call) =>
            read(call, (on, orgId) => listTasks(on, orgId, call.session.subject.personId, call.query, serverTime(services))),
        'task.get': async (call) => read(call, (on, orgId) => getTask(on, orgId, call.params.id, serverTime(services))),
        'task.create': async ({ command, body }) => createTask(services, command, body),
        'task.update': async ({ command, params, body }) => changeTask(services, command, params.id, body),
        'task.assign': async ({ command, params, body }) => assignTask(services, command, params.id, body),
        'task.start': async ({ command, params, body }) => startTask(services, command, params.id, body),
        'task.finish': async ({ command, params, body }) => finishTask(services, command, params.id, body),
        'task.return': async ({ command, params, body }) => returnTask(services, command, params.id, body),
        'task.reopen': async ({ command, params, body }) => reopenTask(services, command, params.id, body),

        'taskImport.receive': async ({ command, body }) => receiveList(services, command, body),
        'taskImport.receiveFile': async ({ command, body }) => receiveFile(services, command, body),
        'taskImport.list': async (call) => read(call, (on, orgId) => listImports(on, orgId, call.query)),
        'taskImport.get': async (call) => read(call, (on, orgId) => getImport(on, orgId, call.params.id)),
        'taskImport.match': async ({ command, params, body }) => matchRow(services, command, params.id, body),
        'taskImport.skip': async ({ command, params, body }) => skipRow(services, command, params.id, body),
        'taskImport.apply': async ({ command, params }) => applyList(services, command, params.id),

        'plan.list': async (call) => read(call, listPlans),
        'plan.get': async (call) => read(call, (on, orgId) => getPlan(on, orgId, call.params.id)),
        'plan.draft': async ({ command, body }) => draftPlan(services, command, body),
        'plan.update': async ({ command, params, body }) => changePlan(services, command, params.id, body),
        'plan.submit': async ({ command, params, body }) => submitPlan(services, command, params.id, body),
        'plan.approve': async ({ command, params, body }) => approvePlan(services, command, params.id, body),
        'plan.publish': async ({ command, params, body }) => publishPlan(services, command, params.id, body),
        'plan.withdraw': async ({ command, params, body }) => withdrawPlan(services, command, params.id, body),

        'draw.list': async (call) => read(call, (on, orgId) => listDraws(on, orgId, call.query)),
        'draw.get': async (call) => read(call, (on, orgId) => getDraw(on, orgId, call.params.id)),
        'draw.record': async (call) => read(call, (on, orgId) => drawRecord(on, orgId, call.params.id)),
        'draw.candidates': async (call) => read(call, (on, orgId) => drawCandidates(on, orgId, call.query, clock.now())),
        'draw.commit': async ({ command, body }) => commitDraw(services, command, body),
        'draw.reveal': async ({ command, params, body }) => revealDraw(services, command, params.id, body),
        'draw.abandon': async ({ command, params, body }) => abandonDraw(services, command, params.id, body),

        'avoidance.list': async (call) => read(call, listAvoidances),
        'avoidance.declare': async ({ command, body }) => declareAvoidance(services, command, body),
        'avoidance.end': async ({ command, params, body }) => stopAvoidance(services, command, params.id, body),
    };
}
