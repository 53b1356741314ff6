import { ORGANISATION_KINDS, PERSON_KINDS, POSTS, ROLES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, empty, id, idParams, instant, line, organisationRef, page, pageQuery } from '../shapes.ts';
import { loginName } from './session.ts';

/** 监督员证号: digits, letters, hyphen; unique inside an organisation. */
export const certificateNumber = z
    .string()
    .transform((value) => value.trim().toUpperCase())
    .pipe(z.string().regex(/^[0-9A-Z-]{4,30}$/));

export const personItem = z.object({
    id,
    name: z.string(),
    kind: z.enum(PERSON_KINDS),
    certificateNumber: z.string().nullable(),
    department: z.object({ id, name: z.string() }).nullable(),
    posts: z.array(z.enum(POSTS)),
    roles: z.array(z.enum(ROLES)),
    devices: z.array(z.object({ id, number: z.string() })),
    login: z.string().nullable(),
    leftAt: instant.nullable(),
    version: z.number().int(),
});

export const personDetail = personItem.extend({
    organisation: organisationRef,
    account: z
        .object({
            login: z.string(),
            locked: z.boolean(),
            mustChangePassword: z.boolean(),
            secondFactor: z.boolean(),
            lastSignInAt: instant.nullable(),
            openSessions: z.number().int(),
        })
        .nullable(),
    roleHistory: z.array(z.object({ id, role: z.enum(ROLES), from: instant, until: instant.nullable(), grantedBy: z.string() })),
});

const personFields = z.object({
    name: line(60),
    kind: z.enum(PERSON_KINDS),
    certificateNumber: certificateNumber.optional(),
    departmentId: id.optional(),
    posts: z.array(z.enum(POSTS)).max(6).default([]),
});

export const identityEndpoints = {
    'organisation.tree': endpoint({
        method: 'GET',
        path: '/api/organisations',
        summary: 'The organisation tree with departments, as far as the signed-in person may see it',
        response: z.object({
            organisations: z.array(
                z.object({
                    id,
                    parentId: id.nullable(),
                    code: z.string(),
                    name: z.string(),
                    kind: z.enum(ORGANISATION_KINDS),
                    own: z.boolean(),
                    departments: z.array(z.object({ id, name: z.string(), people: z.number().int() })),
                    people: z.number().int(),
                }),
            ),
        }),
        errors: [],
        permission: 'organisation.view',
        kind: 'query',
    }),
    'department.create': endpoint({
        method: 'POST',
        path: '/api/departments',
        summary: 'Adds a department to the own organisation',
        body: z.object({ name: line(60) }),
        response: createdId,
        errors: ['department.nameTaken'],
        permission: 'organisation.manage',
        kind: 'command',
    }),
    'person.list': endpoint({
        method: 'GET',
        path: '/api/persons',
        summary: 'Persons of the own organisation in pinyin order',
        query: z.object({
            ...pageQuery,
            q: z.string().max(100).optional(),
            kind: z.enum(PERSON_KINDS).optional(),
            departmentId: id.optional(),
            role: z.enum(ROLES).optional(),
            left: z.enum(['no', 'yes', 'all']).default('no'),
        }),
        response: page(personItem),
        errors: [],
        permission: 'person.list',
        kind: 'query',
    }),
    'person.get': endpoint({
        method: 'GET',
        path: '/api/persons/:id',
        summary: 'One person with account state, roles and devices',
        params: idParams,
        response: personDetail,
        errors: ['person.notFound'],
        permission: 'person.list',
        kind: 'query',
    }),
    'person.create': endpoint({
        method: 'POST',
        path: '/api/persons',
        summary: 'Adds a person to the own organisation',
        body: personFields,
        response: createdId,
        errors: ['person.certificateTaken', 'person.certificateMissing', 'department.notFound'],
        permission: 'person.manage',
        kind: 'command',
    }),
    'person.update': endpoint({
        method: 'PATCH',
        path: '/api/persons/:id',
        summary: 'Changes a person; `version` is the one that was read',
        params: idParams,
        body: personFields.extend({ version: z.number().int() }),
        response: z.object({ version: z.number().int() }),
        errors: [
            'person.notFound',
            'person.certificateTaken',
            'person.certificateMissing',
            'department.notFound',
            'conflict.changedMeanwhile',
            'person.hasLeft',
        ],
        permission: 'person.manage',
        kind: 'command',
    }),
    'person.leave': endpoint({
        method: 'POST',
        path: '/api/persons/:id/leave',
        summary: 'The person leaves: roles, posts and all sessions end in the same moment',
        params: idParams,
        body: z.object({ reason: line(200) }),
        response: empty,
        errors: ['person.notFound', 'person.hasLeft', 'role.lastAdministrator', 'person.holdsDevices', 'person.self'],
        permission: 'person.manage',
        kind: 'command',
    }),
    'account.create': endpoint({
        method: 'POST',
        path: '/api/persons/:id/account',
        summary: 'Creates the account; the first password is shown once and must be changed at the first sign-in',
        params: idParams,
        body: z.object({ login: loginName }),
        response: z.object({ firstPassword: z.string() }),
        errors: ['person.notFound', 'person.hasLeft', 'account.exists', 'account.loginTaken'],
        permission: 'account.manage',
        kind: 'command',
    }),
    'account.resetPassword': endpoint({
        method: 'POST',
        path: '/api/persons/:id/account/reset',
        summary: 'A new first password; all sessions of the person end',
        params: idParams,
        response: z.object({ firstPassword: z.string() }),
        errors: ['person.notFound', 'account.none', 'person.self'],
        permission: 'account.manage',
        kind: 'command',
    }),
    'account.unlock': endpoint({
        method: 'POST',
        path: '/api/persons/:id/account/unlock',
        summary: 'Lifts a lock after wrong passwords',
        params: idParams,
        response: empty,
        errors: ['person.notFound', 'account.none'],
        permission: 'account.manage',
        kind: 'command',
    }),
    'account.resetSecondFactor': endpoint({
        method: 'POST',
        path: '/api/persons/:id/account/second-factor/reset',
        summary: 'Removes a lost second factor; all sessions of the person end',
        params: idParams,
        response: empty,
        errors: ['person.notFound', 'account.none', 'person.self'],
        permission: 'account.manage',
        kind: 'command',
    }),
    'role.grant': endpoint({
        method: 'POST',
        path: '/api/persons/:id/roles',
        summary: 'Grants a role; the three administrators and content exclude each other',
        params: idParams,
        body: z.object({ role: z.enum(ROLES) }),
        response: createdId,
        errors: ['person.notFound', 'person.hasLeft', 'role.held', 'role.dutiesExclude', 'person.self', 'role.needsCertificate'],
        permission: 'role.grant',
        kind: 'command',
    }),
    'role.end': endpoint({
        method: 'POST',
        path: '/api/roles/:id/end',
        summary: 'Ends a role from now on',
        params: idParams,
        response: empty,
        errors: ['role.notFound', 'role.lastAdministrator', 'person.self'],
        permission: 'role.grant',
        kind: 'command',
    }),
};
