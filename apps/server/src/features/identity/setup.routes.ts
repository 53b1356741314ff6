import type { Endpoints, ResponseOf } from '@liuhen/contract';
import type { SomeHandlers } from '../../platform/http/bind.ts';
import { isSetUp } from './session.queries.ts';
import { runSetup, type SetupTools } from './setup.commands.ts';

export type DemoLogin = ResponseOf<Endpoints['setup.state']>['demoLogins'][number];

export function setupHandlers(tools: SetupTools, demoLogins: () => readonly DemoLogin[]): SomeHandlers<'setup'> {
    const { config, db } = tools.services;
    return {
        'setup.state': async () => ({
            needed: !(await isSetUp(db)),
            codeNeeded: config.setupCodeNeeded,
            demo: config.demo,
            demoLogins: config.demo ? [...demoLogins()] : [],
        }),
        'setup.run': async (call) => ({ organisationId: await runSetup(tools, call.command, call.body) }),
    };
}
