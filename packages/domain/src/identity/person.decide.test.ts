import { describe, expect, it } from 'vitest';
import { acceptedStep, CODE_STEP, codeStepAt } from './one-time-code.decide.ts';
import { checkCertificate, decideEnd, decideGrant, decideLeave, type HeldRole, type PersonState } from './person.decide.ts';
import { DUTY_OF, ROLES } from './roles.ts';

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [self, li, wang] = [id(1), id(2), id(3)];
const officer: PersonState = { id: li, kind: 'officer', certificateNumber: '31010001', leftAt: null };
const held = (personId: string, role: HeldRole['role']): HeldRole => ({ id: `${personId}${role}`, personId, role });

describe('granting a role', () => {
    it('keeps every pair of duties apart', () => {
        for (const one of ROLES)
            for (const other of ROLES.filter((each) => each !== one)) {
                const grant = () => decideGrant(officer, self, other, [one]);
                if (DUTY_OF[one] === DUTY_OF[other]) grant();
                else expect(grant, `${one} ${other}`).toThrow('role.dutiesExclude');
            }
    });

    it('refuses the own person, who has left, what is held, and an officer without certificate', () => {
        expect(() => decideGrant(officer, li, 'officer', [])).toThrow('person.self');
        expect(() => decideGrant({ ...officer, leftAt: 1 }, self, 'officer', [])).toThrow('person.hasLeft');
        expect(() => decideGrant(officer, self, 'officer', ['officer'])).toThrow('role.held');
        expect(() => decideGrant({ ...officer, certificateNumber: null }, self, 'officer', [])).toThrow('role.needsCertificate');
    });
});

describe('the last administrator', () => {
    const administrators = [held(li, 'auditAdmin'), held(wang, 'systemAdmin'), held(self, 'systemAdmin')];
    it('stays in office, whether the role is ended or the person leaves', () => {
        expect(() => decideEnd(held(li, 'auditAdmin'), self, administrators)).toThrow('role.lastAdministrator');
        decideEnd(held(wang, 'systemAdmin'), self, administrators);
        expect(() => decideLeave({ ...officer, id: li }, self, [], administrators)).toThrow('role.lastAdministrator');
        decideLeave({ ...officer, id: wang }, self, [], administrators);
    });
});

describe('leaving', () => {
    it('is refused for the own person, twice, and with devices', () => {
        expect(() => decideLeave(officer, li, [], [])).toThrow('person.self');
        expect(() => decideLeave({ ...officer, leftAt: 1 }, self, [], [])).toThrow('person.hasLeft');
        expect(() => decideLeave(officer, self, ['R-1', 'R-2'], [])).toThrowError(
            expect.objectContaining({ code: 'person.holdsDevices', params: { numbers: 'R-1、R-2' } }),
        );
    });
});

describe('a certificate', () => {
    it('belongs to every officer by kind and by role', () => {
        expect(() => checkCertificate('officer', null, [])).toThrow('person.certificateMissing');
        expect(() => checkCertificate('staff', null, ['officer'])).toThrow('person.certificateMissing');
        checkCertificate('staff', null, ['inspector']);
        checkCertificate('assistant', null, []);
    });
});

describe('a one-time code', () => {
    const now = 1_000 * CODE_STEP + 5;
    const of = (step: number) => (each: number) => each === step;
    it('is accepted one step around now, and once', () => {
        expect(codeStepAt(now)).toBe(1_000);
        expect([998, 999, 1_000, 1_001, 1_002].map((step) => acceptedStep(now, null, of(step)))).toEqual([
            undefined,
            999,
            1_000,
            1_001,
            undefined,
        ]);
        expect(acceptedStep(now, 1_000, of(1_000))).toBeUndefined();
        expect(acceptedStep(now, 1_000, of(999))).toBeUndefined();
        expect(acceptedStep(now, 999, of(1_000))).toBe(1_000);
    });
});
