import { describe, expect, it } from 'vitest';
import { decide, permissionsOf, type Resource, type Subject } from './access.decide.ts';
import { DUTY_OF, PERMISSIONS, ROLES, type Role } from './roles.ts';

const own = '00000000-0000-7000-8000-000000000001';
const other = '00000000-0000-7000-8000-000000000002';
const person = '00000000-0000-7000-8000-00000000000a';
const subject = (...roles: Role[]): Subject => ({ personId: person, organisationId: own, roles, mustChangePassword: false });
const here: Resource = { kind: 'organisation', organisationId: own };
const RECORDING = '00000000-0000-7000-8000-00000000000b';
const recording = (change: Partial<Extract<Resource, { kind: 'recording' }>> = {}): Resource => ({
    kind: 'recording',
    id: RECORDING,
    organisationId: own,
    state: 'sealed',
    concerned: [],
    ...change,
});

describe('access is denied by default', () => {
    it('asks for a session', () => {
        expect(decide(undefined, 'act.list', here, [], 0)).toMatchObject({ allow: false, reasons: ['access.signInFirst'] });
        expect(decide(undefined, 'signedIn', here, [], 0).allow).toBe(false);
    });

    it('allows nothing without a role, for every permission', () => {
        for (const permission of PERMISSIONS) expect(decide(subject(), permission, here, [], 0).allow, permission).toBe(false);
    });

    it('gives exactly the permissions of the table, for every role and permission', () => {
        for (const role of ROLES)
            for (const permission of PERMISSIONS)
                expect(decide(subject(role), permission, here, [], 0).allow, `${role} ${permission}`).toBe(
                    permissionsOf([role]).includes(permission),
                );
    });

    it('stops at the organisation', () => {
        expect(decide(subject('officer'), 'act.list', { kind: 'organisation', organisationId: other }, [], 0)).toMatchObject({
            allow: false,
            reasons: ['access.otherOrganisation'],
        });
    });

    it('opens nothing to a first password', () => {
        const fresh = { ...subject('officer'), mustChangePassword: true };
        expect(decide(fresh, 'act.list', here, [], 0).reasons).toEqual(['access.passwordChangeFirst']);
        expect(decide(fresh, 'signedIn', here, [], 0).allow).toBe(true);
    });
});

describe('the three administrators', () => {
    it('can open no content', () => {
        const content = [
            'act.list',
            'act.manage',
            'party.list',
            'recording.list',
            'recording.play',
            'recording.upload',
            'recording.file',
        ] as const;
        for (const role of ROLES.filter((each) => DUTY_OF[each] !== 'content'))
            for (const permission of content)
                expect(decide(subject(role), permission, recording({ concerned: [person] }), [], 0).allow).toBe(false);
    });

    it('do not share what each may change', () => {
        expect(permissionsOf(['systemAdmin'])).not.toContain('role.grant');
        expect(permissionsOf(['securityAdmin'])).not.toContain('person.manage');
        expect(permissionsOf(['auditAdmin']).filter((each) => each.endsWith('.manage') || each === 'role.grant')).toEqual([]);
    });
});

describe('playing a recording', () => {
    it('is open to those it concerns and to custodians, with the duty to log before the first byte', () => {
        expect(decide(subject('officer'), 'recording.play', recording(), [], 0).reasons).toEqual(['access.notConcerned']);
        const decision = decide(subject('officer'), 'recording.play', recording({ concerned: [person] }), [], 0);
        expect(decision).toEqual({
            allow: true,
            reasons: ['access.concerned'],
            obligations: ['logBeforeFirstByte', 'watermark'],
        });
        expect(decide(subject('recordingManager'), 'recording.play', recording(), [], 0).allow).toBe(true);
    });

    it('is refused for damaged and quarantined content, whoever asks', () => {
        for (const state of ['damaged', 'quarantined'] as const)
            expect(
                decide(subject('instituteHead'), 'recording.play', recording({ state, concerned: [person] }), [], 0).allow,
            ).toBe(false);
    });

    it('follows a grant only within its time, person, action, organisation and recording', () => {
        const grant = {
            id: other,
            personId: person,
            actions: ['recording.play'] as const,
            organisationId: other,
            recordingId: RECORDING,
            from: 10,
            until: 20,
        };
        const foreign = recording({ organisationId: other });
        const at = (now: number) => decide(subject('officer'), 'recording.play', foreign, [grant], now).allow;
        expect([at(9), at(10), at(19), at(20)]).toEqual([false, true, true, false]);
        expect(decide(subject('officer'), 'recording.file', foreign, [grant], 15).allow).toBe(false);
        expect(decide({ ...subject('officer'), personId: other }, 'recording.play', foreign, [grant], 15).allow).toBe(false);
        const beside = recording({ organisationId: other, id: person });
        expect(decide(subject('officer'), 'recording.play', beside, [grant], 15).reasons).toEqual(['access.otherOrganisation']);
        // The same recording in the hands of a third organisation is not what was granted.
        const moved = recording({ organisationId: person });
        expect(decide(subject('officer'), 'recording.play', moved, [grant], 15).reasons).toEqual(['access.otherOrganisation']);
        const own = { kind: 'organisation', organisationId: other } as const;
        expect(decide(subject('officer'), 'recording.play', own, [grant], 15).allow).toBe(false);
    });
});
