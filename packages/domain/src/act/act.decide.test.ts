import { describe, expect, it } from 'vitest';
import { HOUR } from '../kernel/instant.ts';
import {
    actNumber,
    type CandidateFacts,
    decideActTimes,
    decideClose,
    decideFirstParticipants,
    decideNamed,
    decideOpen,
    decideParticipants,
    decidePlannedTimes,
    decidePremises,
    decideRemoval,
    decideStart,
} from './act.decide.ts';

const NOW = Date.UTC(2026, 10, 18, 4);
const refusal = (code: string, params: Record<string, unknown> = {}) => expect.objectContaining({ code, params });

describe('times of an act', () => {
    it('are stated by the officers and lie behind them', () => {
        expect(() => decideActTimes({ startsAt: NOW, endsAt: NOW + 24 * HOUR }, NOW)).not.toThrow();
        expect(() => decideActTimes({ startsAt: NOW + 1, endsAt: NOW + 2 }, NOW)).toThrow('act.inFuture');
    });

    it('have a length', () => {
        expect(() => decideActTimes({ startsAt: NOW, endsAt: NOW }, NOW)).toThrow('act.endBeforeStart');
        expect(() => decideActTimes({ startsAt: NOW, endsAt: NOW - 1 }, NOW)).toThrow('act.endBeforeStart');
        expect(() => decideActTimes({ startsAt: NOW - 25 * HOUR, endsAt: NOW }, NOW)).toThrow(
            refusal('act.tooLong', { hours: 24 }),
        );
        const tighter = { longestMs: 8 * HOUR };
        expect(() => decideActTimes({ startsAt: NOW - 9 * HOUR, endsAt: NOW }, NOW, tighter)).toThrow(
            refusal('act.tooLong', { hours: 8 }),
        );
    });
});

describe('participants', () => {
    const zhang: CandidateFacts = {
        personId: 'zhang',
        name: '张明',
        kind: 'officer',
        certificateNumber: '310115001',
        leftAt: null,
        part: 'officer',
    };
    const wu: CandidateFacts = {
        ...zhang,
        personId: 'wu',
        name: '吴勇',
        kind: 'assistant',
        certificateNumber: null,
        part: 'assistant',
    };
    const times = { startsAt: NOW };

    it('are at least one, each once', () => {
        expect(() => decideFirstParticipants([], times)).toThrow('act.nobodyTakesPart');
        expect(() => decideFirstParticipants([zhang, wu], times)).not.toThrow();
        expect(() => decideFirstParticipants([zhang, wu, zhang], times)).toThrow(
            refusal('act.participantTwice', { name: '张明' }),
        );
        expect(() => decideParticipants([wu], ['zhang', 'wu'], times)).toThrow(refusal('act.participantTwice', { name: '吴勇' }));
    });

    it('are officers only with a certificate, and assistants never (附件1 第5条)', () => {
        const asOfficer = { ...wu, part: 'officer' as const };
        expect(() => decideParticipants([asOfficer], [], times)).toThrow(refusal('act.assistantAsOfficer', { name: '吴勇' }));
        const certified = { ...asOfficer, certificateNumber: '310115009' };
        expect(() => decideParticipants([certified], [], times)).toThrow('act.assistantAsOfficer');
        expect(() => decideParticipants([{ ...zhang, certificateNumber: null }], [], times)).toThrow(
            'act.officerNeedsCertificate',
        );
        expect(() => decideParticipants([{ ...zhang, kind: 'staff' }], [], times)).toThrow('act.officerNeedsCertificate');
        expect(() => decideParticipants([{ ...zhang, part: 'assistant' }], [], times)).not.toThrow();
    });

    it('had not left before the act began', () => {
        expect(() => decideParticipants([{ ...zhang, leftAt: NOW }], [], times)).toThrow(
            refusal('person.hasLeft', { name: '张明' }),
        );
        expect(() => decideParticipants([{ ...zhang, leftAt: NOW + 1 }], [], times)).not.toThrow();
    });

    it('stay when they have footage', () => {
        expect(() => decideRemoval(1)).toThrow('act.participantHasRecordings');
        expect(() => decideRemoval(0)).not.toThrow();
    });
});

describe('beginning and end of an act', () => {
    const open = { state: 'open', endsAt: NOW, recordings: 0 } as const;
    it('end once', () => {
        for (const state of ['closed', 'cancelled'] as const) {
            expect(() => decideOpen(state)).toThrow('act.notOpen');
            expect(() => decideClose({ ...open, state }, { as: 'closed' }, NOW)).toThrow('act.notOpen');
        }
        expect(() => decideClose({ ...open, recordings: 3 }, { as: 'closed' }, NOW)).not.toThrow();
    });

    it('an announced act may lie ahead, and begins when it does', () => {
        const ahead = { startsAt: NOW + HOUR, endsAt: NOW + 2 * HOUR };
        expect(() => decidePlannedTimes(ahead)).not.toThrow();
        expect(() => decidePlannedTimes({ startsAt: NOW, endsAt: NOW })).toThrow('act.endBeforeStart');
        expect(() => decideOpen('planned')).not.toThrow();
        expect(() => decideStart('planned', ahead, NOW)).toThrow('act.inFuture');
        expect(() => decideStart('planned', { ...ahead, startsAt: NOW }, NOW)).not.toThrow();
        expect(() => decideStart('open', { ...ahead, startsAt: NOW }, NOW)).toThrow('act.alreadyStarted');
        expect(() => decideStart('cancelled', { ...ahead, startsAt: NOW }, NOW)).toThrow('act.notOpen');
    });

    it('what has not begun, or ends ahead, is not closed', () => {
        expect(() => decideClose({ ...open, state: 'planned' }, { as: 'closed' }, NOW)).toThrow('act.notStarted');
        expect(() => decideClose({ ...open, state: 'planned' }, { as: 'cancelled', reason: '取消' }, NOW)).not.toThrow();
        expect(() => decideClose({ ...open, endsAt: NOW + 1 }, { as: 'closed' }, NOW)).toThrow('act.endInFuture');
        expect(() => decideClose({ ...open, endsAt: NOW + 1 }, { as: 'cancelled', reason: '误建' }, NOW)).not.toThrow();
    });

    it('as cancelled has a reason and no footage', () => {
        expect(() => decideClose(open, { as: 'cancelled' }, NOW)).toThrow('act.reasonMissing');
        expect(() => decideClose({ ...open, recordings: 1 }, { as: 'cancelled', reason: '误建' }, NOW)).toThrow(
            'act.hasRecordings',
        );
        expect(() => decideClose(open, { as: 'cancelled', reason: '误建' }, NOW)).not.toThrow();
    });
});

it('people who are not ours are known by name, colleagues of another agency by it too', () => {
    const colleague = { part: 'otherAgency', name: '周宁', agency: '示范区市场监督管理局' } as const;
    expect(() => decideNamed(colleague, [])).not.toThrow();
    expect(() => decideNamed({ ...colleague, agency: null }, [])).toThrow('act.agencyMissing');
    expect(() => decideNamed(colleague, [colleague])).toThrow(refusal('act.participantTwice', { name: '周宁' }));
    expect(() => decideNamed({ part: 'witness', name: '周宁', agency: null }, [colleague])).not.toThrow();
});

it('premises belong to the party of the act', () => {
    expect(() => decidePremises({ partyId: 'a' }, 'a')).not.toThrow();
    for (const [premises, party] of [
        [{ partyId: 'a' }, 'b'],
        [{ partyId: 'a' }, undefined],
        [undefined, 'a'],
        [undefined, undefined],
    ] as const)
        expect(() => decidePremises(premises, party)).toThrow('act.premisesNotOfParty');
});

it('numbers keep their order as text', () => {
    expect(actNumber('310115', 2026, 7)).toBe('310115-2026-000007');
    expect(actNumber('310115', 2026, 999_999)).toBe('310115-2026-999999');
});
