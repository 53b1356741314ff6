import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { createPasswordHashing, type PasswordHashing } from './password-hashing.ts';
import { accountHandlers, organisationHandlers, personHandlers, roleHandlers } from './person.routes.ts';
import { isSetUp } from './session.queries.ts';
import { sessionHandlers } from './session.routes.ts';
import type { Sessions } from './sessions.ts';
import { type DemoLogin, setupHandlers } from './setup.routes.ts';
import { createSetupCode, type SetupCode } from './setup-code.ts';

export type IdentityOptions = {
    readonly sessions: Sessions;
    /** Given the code that the set-up asks for, if it asks for one and is still to be done; shown only where the operator sees it. */
    readonly onSetupCode?: (code: string) => void;
    /** Asked only in demo mode. */
    readonly demoLogins?: () => readonly DemoLogin[];
    readonly passwords?: PasswordHashing;
    /** Milliseconds; see `createSignIn`. */
    readonly refusalTakes?: number;
};

/** More than hashing and one commit need on a machine that is not overloaded. */
const REFUSAL_TAKES = 500;

type Nouns = 'setup' | 'session' | 'organisation' | 'department' | 'person' | 'account' | 'role';

export function identityHandlers(services: Services, options: IdentityOptions): SomeHandlers<Nouns> {
    const { sessions, demoLogins = () => [], passwords = createPasswordHashing() } = options;
    const refusalTakes = options.refusalTakes ?? REFUSAL_TAKES;
    const setupCode = createSetupCode(services.clock);
    announce(services, setupCode, options.onSetupCode);
    return {
        ...setupHandlers({ services, passwords, setupCode }, demoLogins),
        ...sessionHandlers(services, { sessions, passwords, refusalTakes }),
        ...organisationHandlers(services),
        ...personHandlers(services),
        ...accountHandlers(services, passwords),
        ...roleHandlers(services),
    };
}

function announce(services: Services, code: SetupCode, show: IdentityOptions['onSetupCode']): void {
    if (!services.config.setupCodeNeeded || show === undefined) return;
    isSetUp(services.db).then(
        (done) => (done ? undefined : show(code.text)),
        (error: unknown) => services.log.error({ name: (error as Error).name }, 'whether set-up is needed could not be read'),
    );
}
