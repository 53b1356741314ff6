import { ORGANISATION_KINDS, PERMISSIONS, ROLES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { empty, id, line, organisationRef, personRef } from '../shapes.ts';

export const loginName = z
    .string()
    .transform((value) => value.normalize('NFC').trim().toLowerCase())
    .pipe(z.string().regex(/^[a-z0-9][a-z0-9._-]{2,39}$/));

/** Never trimmed or normalised: a password is taken as typed. Rules are checked by the domain, so that each has its own words. */
export const password = z.string().min(1).max(200);

const firstAdministrator = z.object({ name: line(60), login: loginName, password });

export const setupRequest = z.object({
    /** Shown in the server's console; asked for only when the server can be reached from other machines. */
    setupCode: z.string().max(100).optional(),
    organisation: z.object({ code: z.string().regex(/^[0-9A-Za-z-]{2,20}$/), name: line(80), kind: z.enum(ORGANISATION_KINDS) }),
    systemAdmin: firstAdministrator,
    securityAdmin: firstAdministrator,
    auditAdmin: firstAdministrator,
});

export const me = z.object({
    person: personRef,
    organisation: organisationRef.extend({ kind: z.enum(ORGANISATION_KINDS) }),
    roles: z.array(z.enum(ROLES)),
    permissions: z.array(z.enum(PERMISSIONS)),
    mustChangePassword: z.boolean(),
    secondFactor: z.boolean(),
    /** Idle and absolute limits, so that the page can say when it will sign out. */
    idleEndsAt: z.number().int(),
    endsAt: z.number().int(),
    demo: z.boolean(),
});

export const sessionEndpoints = {
    'setup.state': endpoint({
        method: 'GET',
        path: '/api/setup',
        summary: 'Whether the system still has to be set up',
        response: z.object({
            needed: z.boolean(),
            codeNeeded: z.boolean(),
            demo: z.boolean(),
            demoLogins: z.array(
                z.object({ login: z.string(), name: z.string(), roles: z.array(z.enum(ROLES)), organisation: z.string() }),
            ),
        }),
        errors: [],
        permission: 'public',
        kind: 'query',
    }),
    'setup.run': endpoint({
        method: 'POST',
        path: '/api/setup',
        summary: 'Creates the first organisation and its three separated administrators, once',
        body: setupRequest,
        response: z.object({ organisationId: id }),
        errors: [
            'setup.alreadyDone',
            'setup.wrongCode',
            'setup.sameLogin',
            'account.passwordTooShort',
            'account.passwordTooSimple',
            'account.passwordContainsLogin',
            'account.passwordCommon',
        ],
        permission: 'public',
        kind: 'command',
    }),
    'session.get': endpoint({
        method: 'GET',
        path: '/api/session',
        summary: 'Who is signed in and what they may do',
        response: me,
        errors: [],
        permission: 'signedIn',
        kind: 'query',
    }),
    'session.open': endpoint({
        method: 'POST',
        path: '/api/session',
        summary: 'Sign in with login, password and, where enabled, a one-time code',
        body: z.object({
            login: z.string().min(1).max(100),
            password,
            code: z
                .string()
                .regex(/^[0-9]{6}$/)
                .optional(),
        }),
        response: z.object({ state: z.enum(['signedIn', 'secondFactorNeeded']) }),
        errors: ['session.wrongCredentials', 'session.locked', 'session.wrongCode'],
        permission: 'public',
        kind: 'command',
    }),
    'session.close': endpoint({
        method: 'DELETE',
        path: '/api/session',
        summary: 'Sign out',
        response: empty,
        errors: [],
        permission: 'signedIn',
        kind: 'command',
    }),
    'session.changePassword': endpoint({
        method: 'POST',
        path: '/api/session/password',
        summary: 'Change the own password; ends all other sessions of the person',
        body: z.object({ current: password, next: password }),
        response: empty,
        errors: [
            'session.locked',
            'conflict.changedMeanwhile',
            'session.wrongCredentials',
            'account.passwordTooShort',
            'account.passwordTooSimple',
            'account.passwordContainsLogin',
            'account.passwordCommon',
            'account.passwordReused',
        ],
        permission: 'signedIn',
        kind: 'command',
    }),
    'session.startSecondFactor': endpoint({
        method: 'POST',
        path: '/api/session/second-factor',
        summary: 'A new secret for the authenticator app; takes effect once confirmed',
        response: z.object({ secret: z.string(), uri: z.string(), qrSvg: z.string() }),
        errors: ['account.secondFactorAlreadyOn'],
        permission: 'signedIn',
        kind: 'command',
    }),
    'session.confirmSecondFactor': endpoint({
        method: 'POST',
        path: '/api/session/second-factor/confirm',
        summary: 'Turns the second factor on with a first one-time code',
        body: z.object({ code: z.string().regex(/^[0-9]{6}$/) }),
        response: empty,
        errors: ['session.wrongCode', 'account.secondFactorNotStarted'],
        permission: 'signedIn',
        kind: 'command',
    }),
};
