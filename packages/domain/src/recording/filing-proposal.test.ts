import { describe, expect, it } from 'vitest';
import type { Instant } from '../kernel/instant.ts';
import { HOUR, MINUTE, SECOND } from '../kernel/instant.ts';
import { type ActForFiling, FILING_REACH, type FilingFacts, proposeFiling } from './filing-proposal.ts';

const T: Instant = Date.UTC(2026, 10, 18, 1, 30);
const [zhang, li, wu] = ['p-zhang', 'p-li', 'p-wu'];
const during = (from: number, to: number) => ({ start: T + from * MINUTE, end: T + to * MINUTE });
const when = (from: number, to: number, slackMs = 2 * SECOND) => {
    const at = (minute: number) => {
        const moment = T + minute * MINUTE;
        return { at: moment, lower: moment - slackMs, upper: moment + slackMs };
    };
    return { start: at(from), end: at(to) };
};
const act = (
    id: string,
    from: number,
    to: number,
    people: string[] = [zhang, li],
    more: Partial<ActForFiling> = {},
): ActForFiling => ({
    id,
    state: 'open',
    place: null,
    people: people.map((personId) => ({ personId, during: [during(from, to)] })),
    rooms: [],
    ...more,
});
const facts = (more: Partial<FilingFacts> = {}): FilingFacts => ({
    deviceId: 'd-1',
    ofRoom: false,
    when: when(0, 30),
    clockCorrected: true,
    track: [],
    holdings: [{ personId: zhang, from: T - 100 * HOUR, until: null }],
    namedPersonId: null,
    otherDevices: [],
    acts: [act('a', 0, 30)],
    reachMs: FILING_REACH,
    ...more,
});
const level = (more: Partial<FilingFacts> = {}) => proposeFiling(facts(more)).level;

describe('a recording finds its act', () => {
    it('surely, by holder, part and checked time', () => {
        expect(proposeFiling(facts())).toMatchObject({
            level: 'sure',
            conflicts: [],
            candidates: [
                {
                    actId: 'a',
                    personId: zhang,
                    overlapMs: 30 * MINUTE,
                    reasons: ['heldThen', 'tookPart', 'ranDuring', 'clockCorrected'],
                },
            ],
        });
    });

    it('surely also by part of a visit in several files, and by a file longer than the visit', () => {
        expect(level({ when: when(10, 20) })).toBe('sure');
        expect(level({ when: when(-10, 40) })).toBe('sure');
    });

    it('by the room’s camera, which belongs to nobody', () => {
        const room = act('a', 0, 30, [zhang], { rooms: [{ deviceId: 'd-1', during: [during(0, 30)] }] });
        const proposal = proposeFiling(facts({ ofRoom: true, holdings: [], acts: [room] }));
        expect(proposal).toMatchObject({
            level: 'sure',
            candidates: [{ personId: null, reasons: ['roomOfAct', 'ranDuring', 'clockCorrected'] }],
        });
    });

    it.each([
        ['the clock was never checked', { clockCorrected: false }, 'clockUnchecked'],
        ['it only lies near, on the way there', { when: when(-25, -5) }, 'ranNear'],
        ['less than half of it runs during the act', { when: when(20, 60) }, 'partOnly'],
        ['its bounds leave little certain', { when: when(12, 18, 2 * MINUTE) }, 'partOnly'],
    ])('only likely, where %s', (_what, more, reason) => {
        const proposal = proposeFiling(facts(more));
        expect(proposal.level).toBe('likely');
        expect(proposal.candidates[0]?.reasons).toContain(reason);
    });

    it('not where it is further away than people go, nor where they were elsewhere in the act', () => {
        expect(level({ when: when(-70, -31) })).toBe('noAct');
        const split = act('a', 0, 30, [], { people: [{ personId: zhang, during: [during(90, 120)] }] });
        expect(level({ acts: [split] })).toBe('noAct');
    });

    it('not in a cancelled one, nor in one of others', () => {
        expect(level({ acts: [act('a', 0, 30, [zhang], { state: 'cancelled' })] })).toBe('noAct');
        expect(level({ acts: [act('a', 0, 30, [wu])] })).toBe('noAct');
    });
});

describe('what cannot be known', () => {
    it('is said: no time, no holder', () => {
        expect(level({ when: null })).toBe('noTime');
        expect(level({ holdings: [] })).toBe('noHolder');
        expect(level({ holdings: [{ personId: zhang, from: T + HOUR, until: null }] })).toBe('noHolder');
        expect(level({ holdings: [{ personId: zhang, from: T - 3 * HOUR, until: T - HOUR }] })).toBe('noHolder');
    });

    it('falls back to the officer in the name where the register says nothing', () => {
        expect(proposeFiling(facts({ holdings: [], namedPersonId: li }))).toMatchObject({
            level: 'sure',
            candidates: [{ personId: li, reasons: ['officerInName', 'tookPart', 'ranDuring', 'clockCorrected'] }],
        });
    });

    it.each([
        ['two acts overlap it', { acts: [act('a', 0, 15), act('b', 15, 30)] }, ['severalActs']],
        ['it lies near two acts', { when: when(31, 34), acts: [act('a', 0, 30), act('b', 40, 60)] }, ['severalActs']],
        ['the name says another officer: lending (附件1 第15条)', { namedPersonId: wu }, ['lent']],
        [
            'it was handed over while it ran',
            {
                holdings: [
                    { personId: zhang, from: T - HOUR, until: T + 10 * MINUTE },
                    { personId: li, from: T + 10 * MINUTE, until: null },
                ],
            },
            ['handedOver'],
        ],
        ['its holder ran another recorder at the same time', { otherDevices: ['d-2'] }, ['twoDevices']],
    ])('is a question where %s', (_what, more, conflicts) => {
        expect(proposeFiling(facts(more))).toMatchObject({ level: 'question', conflicts });
    });

    it('names the act it overlaps before those it lies near, which are no rivals then', () => {
        const proposal = proposeFiling(facts({ acts: [act('near', 40, 60), act('met', 0, 30)] }));
        expect(proposal.candidates.map((each) => each.actId)).toEqual(['met', 'near']);
        expect(proposal.level).toBe('sure');
    });
});

describe('where it was', () => {
    const place = { latE7: 312_316_667, lonE7: 1_214_666_667 };
    const km = (north: number) => ({ ...place, latE7: place.latE7 + Math.round((north / 111.2) * 1e7) });

    it('speaks for the act whose premises it came near, and decides between acts of one time', () => {
        const [here, far] = [act('a', 0, 30, [zhang], { place }), act('b', 0, 30, [zhang], { place: km(8) })];
        expect(proposeFiling(facts({ acts: [here, far] }))).toMatchObject({ level: 'question', conflicts: ['severalActs'] });
        const proposal = proposeFiling(facts({ acts: [far, here], track: [km(2), km(0.4)] }));
        expect(proposal).toMatchObject({ level: 'sure', conflicts: [], candidates: [{ actId: 'a' }, { actId: 'b' }] });
        expect(proposal.candidates.map((each) => each.reasons.at(-1))).toEqual(['atPlace', 'elsewhere']);
        // Near one and not far from the other, or an act without a place: still a question.
        const near = act('b', 0, 30, [zhang], { place: km(2) });
        expect(level({ acts: [here, near], track: [km(0.4)] })).toBe('question');
        expect(level({ acts: [here, act('b', 0, 30, [zhang])], track: [km(0.4)] })).toBe('question');
    });

    it('keeps what was far from the premises from being filed by itself', () => {
        const acts = [act('a', 0, 30, [zhang], { place })];
        expect(level({ acts, track: [km(0.9)] })).toBe('sure');
        // The register's place may be by another datum, and a receiver off by a street: that says nothing.
        expect(level({ acts, track: [km(2)] })).toBe('sure');
        expect(level({ acts, track: [km(4)] })).toBe('likely');
        expect(level({ acts })).toBe('sure');
    });
});
