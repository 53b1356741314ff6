import { describe, expect, it } from 'vitest';
import { stepsFor } from './step-table.ts';

const everything = () => true;
const base = { origin: 'made', flow: 'office', firstSignedAt: null } as const;

describe('steps offered', () => {
    it('a draft of the office is submitted, one of the scene is handed over', () => {
        const draft = { ...base, state: 'draft', waitsFor: 'writing' } as const;
        expect(stepsFor(draft, everything)).toEqual({ next: 'submit', others: ['void'] });
        expect(stepsFor({ ...draft, flow: 'scene' }, everything).next).toBe('issue');
    });
    it('what is made on the spot gets its number before it is handed over', () => {
        const draft = { ...base, flow: 'scene', state: 'draft', waitsFor: 'writing', lacksNumberAtTheScene: true } as const;
        expect(stepsFor(draft, everything)).toEqual({ next: 'issue', others: ['number', 'void'] });
    });
    it('whoever may not take the step is not offered it', () => {
        const waiting = { ...base, state: 'awaitingSignature', waitsFor: 'agencyHead' } as const;
        expect(stepsFor(waiting, (permission) => permission === 'document.write')).toEqual({
            next: undefined,
            others: ['reopen', 'void'],
        });
        expect(stepsFor(waiting, (permission) => permission === 'document.sign')).toEqual({ next: 'sign', others: [] });
    });
    it('what was signed on the spot is written anew as long as nobody has it', () => {
        const signed = { ...base, flow: 'scene', state: 'draft', waitsFor: 'writing', firstSignedAt: 1 } as const;
        expect(stepsFor(signed, everything)).toEqual({ next: 'issue', others: ['reopen', 'void'] });
    });
    it('what left the house is neither reopened nor voided', () => {
        expect(stepsFor({ ...base, state: 'served', waitsFor: 'filing' }, everything)).toEqual({ next: 'file', others: [] });
    });
});
