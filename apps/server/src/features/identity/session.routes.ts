import { permissionsOf } from '@liuhen/domain';
import { runCommand } from '../../platform/command/command.ts';
import type { Call, SomeHandlers } from '../../platform/http/bind.ts';
import type { Session } from '../../platform/http/session.ts';
import type { Services } from '../../platform/services.ts';
import { changePassword } from './password.commands.ts';
import type { PasswordHashing } from './password-hashing.ts';
import { confirmSecondFactor, startSecondFactor } from './second-factor.commands.ts';
import { signedInPerson } from './session.queries.ts';
import { endSession } from './session.store.ts';
import { endedCookie, sessionCookie } from './session-cookie.ts';
import type { Sessions } from './sessions.ts';
import { createSignIn } from './sign-in.commands.ts';

export function sessionHandlers(
    services: Services,
    { sessions, passwords, refusalTakes }: { sessions: Sessions; passwords: PasswordHashing; refusalTakes: number },
): SomeHandlers<'session'> {
    const signIn = createSignIn({ services, sessions, passwords, refusalTakes });
    const { https } = services.config;
    return {
        'session.get': (call) => describe(services, call.session),
        'session.open': async (call) => {
            const answer = await signIn({
                login: call.body.login,
                password: call.body.password,
                code: call.body.code,
                address: call.request.ip,
                agent: call.request.headers['user-agent'],
                present: call.session,
            });
            if (answer.state === 'signedIn') call.reply.header('set-cookie', sessionCookie(answer.token, https));
            return { state: answer.state };
        },
        'session.close': async (call) => {
            await signOut(services, call);
            call.reply.header('set-cookie', endedCookie(https));
            return {};
        },
        'session.changePassword': async (call) => {
            await changePassword(services, passwords, call.command, call.session, call.body);
            return {};
        },
        'session.startSecondFactor': (call) => startSecondFactor(services, call.command, call.session.subject.personId),
        'session.confirmSecondFactor': async (call) => {
            await confirmSecondFactor(services, call.command, call.session.subject.personId, call.body.code);
            return {};
        },
    };
}

async function describe(services: Services, session: Session) {
    const { subject } = session;
    const person = await services.db.read({ readOrgs: [subject.organisationId] }, (db) => signedInPerson(db, subject.personId));
    return {
        person: { id: person.id, name: person.name, certificateNumber: person.certificateNumber },
        organisation: { id: person.organisationId, name: person.organisationName, kind: person.organisationKind },
        roles: [...subject.roles],
        permissions: permissionsOf(subject.roles),
        mustChangePassword: subject.mustChangePassword,
        secondFactor: person.secondFactor,
        idleEndsAt: session.idleEndsAt,
        endsAt: session.endsAt,
        demo: services.config.demo,
    };
}

async function signOut(services: Services, call: Pick<Call<object>, 'command'> & { session: Session }): Promise<void> {
    const { id, subject } = call.session;
    await runCommand(services.commands, call.command, 'session.close', async (tx) => {
        const [ended] = await endSession(tx, { id, personId: subject.personId }, 'signedOut');
        // Ended by somebody else between the look-up and now: signed out all the same, and the second time is said too.
        const event = ended ?? {
            kind: 'session.ended' as const,
            objects: [id, subject.personId],
            body: { because: 'signedOut' },
        };
        return { result: null, events: [event] };
    });
}
