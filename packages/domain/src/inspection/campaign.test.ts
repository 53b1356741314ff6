import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HashFunction } from '../ledger/digest.ts';
import { assignReviewers, decideCampaignCommit, decideCampaignDraw } from './campaign.decide.ts';
import type { CampaignFrame, CampaignRules } from './campaign.ts';
import { apartReasonOf, normalRules, runCampaignDraw, stratumOf } from './campaign-draw.ts';
import { type CampaignRecord, checkCampaignRecord } from './campaign-record.ts';
import { frame, frameAct, range, rules, uuid } from './campaign-testing.ts';
import { inspectableBy, inspectorsOf } from './inspectable.ts';

const sha256: HashFunction = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());
const draw = (given: CampaignRules, acts: CampaignFrame, fill = 7, value?: string) =>
    runCampaignDraw(sha256, given, acts, new Uint8Array(32).fill(fill), value);
const refused = (code: string, params?: object) =>
    expect.objectContaining({ code, ...(params === undefined ? {} : { params: expect.objectContaining(params) }) });

describe('the sample', () => {
    const states = fc.constantFrom('open', 'closed', 'cancelled', 'planned' as const);
    const anyFrame = fc
        .array(fc.record({ state: states, hearing: fc.boolean(), second: fc.boolean() }), {
            maxLength: 40,
        })
        .map(
            (acts): CampaignFrame => ({
                v: 1,
                acts: acts.map(({ state, hearing, second }, at) =>
                    frameAct(at + 1, {
                        state,
                        scenario: hearing ? 'hearing' : 'routineInspection',
                        organisation: uuid('c', second ? 2 : 1),
                    }),
                ),
            }),
        );

    it('holds so many of each stratum, none twice, and every act is either in a stratum or listed apart', () => {
        fc.assert(
            fc.property(anyFrame, fc.nat(6), fc.boolean(), fc.boolean(), (acts, take, byOrganisation, byScenario) => {
                const given = rules({ take: { number: take }, byOrganisation, byScenario });
                const { strata, picks, apart, shares } = draw(given, acts);
                expect(new Set(picks.map((each) => each.act)).size).toBe(picks.length);
                expect(strata.reduce((sum, each) => sum + each.eligible, 0) + apart.length).toBe(acts.acts.length);
                for (const each of strata) {
                    expect(each.taken).toBe(Math.min(take, each.eligible));
                    expect(picks.filter((pick) => pick.stratum === each.stratum)).toHaveLength(each.taken);
                    const counted = shares.filter((share) => share.stratum === each.stratum);
                    expect(counted.reduce((sum, share) => sum + share.acts, 0)).toBe(each.eligible);
                }
                const byId = new Map(acts.acts.map((each) => [each.id, each]));
                for (const pick of picks) {
                    const act = byId.get(pick.act);
                    expect(act && [apartReasonOf(act), stratumOf(given, act)]).toEqual([undefined, pick.stratum]);
                }
            }),
        );
    });

    it('does not depend on the order of acts, and takes acts that nobody closed', () => {
        const plain = draw(rules(), frame(30));
        expect(draw(rules(), { v: 1, acts: frame(30).acts.toReversed() })).toEqual(plain);
        const open = frame(30, () => ({ state: 'open' }));
        expect(draw(rules(), open).picks).toHaveLength(plain.picks.length);
    });

    it('takes each act of a stratum equally often', () => {
        const counts = new Map<string, number>();
        const one = rules({ byOrganisation: false, byScenario: false, take: { number: 2 } });
        for (const fill of range(200))
            for (const { act } of draw(one, frame(5), fill).picks) counts.set(act, (counts.get(act) ?? 0) + 1);
        // 200 draws of 2 in 5 are 80 for each; the same seeds give the same counts every time.
        for (const each of frame(5).acts) expect(Math.abs((counts.get(each.id) ?? 0) - 80)).toBeLessThan(25);
    });

    it('draws another number where a share says so', () => {
        const share = { organisation: uuid('c', 1), scenario: 'hearing' as const, take: { permille: 1_000 } };
        const { strata } = draw(rules({ shares: [share] }), frame(30));
        expect(strata.find((each) => each.stratum === '310111/hearing')).toEqual({
            stratum: '310111/hearing',
            eligible: 5,
            taken: 5,
        });
        expect(strata.filter((each) => each.taken === 2)).toHaveLength(3);
    });

    it.each([
        ['noOrganisation', { organisations: [] }],
        ['organisationTwice', { organisations: [...rules().organisations, ...rules().organisations] }],
        ['period', { from: rules().to }],
        ['share', { take: { number: -1 } }],
        ['share', { take: { permille: 1_001 } }],
        ['shareOfNothing', { shares: [{ take: { number: 1 } }] }],
        ['shareOfNothing', { byScenario: false, shares: [{ scenario: 'hearing' as const, take: { number: 1 } }] }],
        ['shareOfNothing', { shares: [{ organisation: uuid('c', 9), take: { number: 1 } }] }],
    ])('refuses rules with %s', (reason, more) => {
        expect(() => normalRules(rules(more))).toThrow(refused('inspection.rulesInvalid', { reason }));
    });
});

describe('a published record', () => {
    const records = JSON.parse(readFileSync(new URL('golden/campaign-v1.json', import.meta.url), 'utf8')) as CampaignRecord[];

    // The same files are found equal by docs/draw-check.py, which shares no line with this code.
    it.each(records)('$number is worked out again', (record) => {
        expect(checkCampaignRecord(sha256, record)).toEqual({ faults: [], result: record.result });
    });

    it('that was touched anywhere is found', () => {
        const [record] = records;
        if (record === undefined) throw new Error('golden');
        const faults = (more: object) => checkCampaignRecord(sha256, { ...record, ...more }).faults;
        const [first, ...others] = record.frame.acts;
        expect(faults({ frame: { v: 1, acts: others } })).toEqual(expect.arrayContaining(['frameDigest']));
        expect(faults({ frame: { v: 1, acts: [...others, first] } })).toEqual(['frame']);
        expect(faults({ secret: `00${record.secret.slice(2)}` })).toEqual(['commitment', 'result']);
        expect(faults({ committedAt: record.rules.to })).toEqual(['late']);
        expect(faults({ drawnAt: record.rules.to - 1 })).toEqual(['late']);
        expect(faults({ publicValue: '03 11 17' })).toContain('rules');
        expect(faults({ rules: { ...record.rules, take: { number: 1 } } })).toEqual(['rules', 'commitment', 'result']);
        expect(faults({ result: { ...record.result, picks: record.result.picks.toReversed() } })).toEqual(['result']);
        for (const nothing of [null, 1, 'x', {}, { ...record, secret: 'zz' }, { ...record, rules: {} }])
            expect(checkCampaignRecord(sha256, nothing).faults).toEqual(['format']);
    });
});

describe('commit and draw', () => {
    const { to } = rules();
    const draft = { state: 'draft' as const, publicValueFrom: null, reviewers: [uuid('b', 1)] };
    const announced = rules({ publicValueIs: '开奖号码' });

    it('are kept to their order: fixed before the period ends, drawn after', () => {
        expect(() => decideCampaignCommit(draft, rules(), to - 1)).not.toThrow();
        expect(() => decideCampaignCommit(draft, rules(), to)).toThrow(refused('inspection.periodOver'));
        expect(() => decideCampaignCommit({ ...draft, state: 'committed' }, rules(), 0)).toThrow(
            refused('inspection.wrongState'),
        );
        expect(() => decideCampaignCommit({ ...draft, reviewers: [] }, rules(), 0)).toThrow(refused('inspection.noReviewer'));
        expect(() => decideCampaignCommit(draft, announced, 0)).toThrow(refused('draw.publicValueUnclear'));
        expect(() => decideCampaignCommit({ ...draft, publicValueFrom: to - 1 }, announced, 0)).toThrow(
            refused('inspection.publicValueEarly'),
        );
        const committed = { state: 'committed' as const, publicValueFrom: null };
        expect(() => decideCampaignDraw(committed, rules(), undefined, to)).not.toThrow();
        expect(() => decideCampaignDraw(committed, rules(), undefined, to - 1)).toThrow(refused('inspection.tooEarly'));
        expect(() => decideCampaignDraw(committed, rules(), '7', to)).toThrow(refused('draw.publicValueUnclear'));
        const later = { ...committed, publicValueFrom: to + 5 };
        expect(() => decideCampaignDraw(later, announced, '7', to + 4)).toThrow(refused('inspection.tooEarly'));
        expect(() => decideCampaignDraw(later, announced, undefined, to + 5)).toThrow(refused('draw.publicValueMissing'));
        expect(() => decideCampaignDraw(later, announced, '7', to + 5)).not.toThrow();
    });

    it('give sheets to reviewers who were not there, evenly', () => {
        const [one, two] = [uuid('b', 1), uuid('b', 2)];
        const picks = range(4).map((each) => ({ act: uuid('a', each), tookPart: each === 1 ? [one] : [] }));
        expect([...assignReviewers(picks, [one, two]).values()]).toEqual([two, one, one, two]);
        expect([...assignReviewers([{ act: 'x', tookPart: [one] }], [one]).values()]).toEqual([undefined]);
    });
});

it('an organisation inspects itself and all beneath it; the city institute all of the city', () => {
    const place = (id: string, parentId: string | null, kind: string) => ({ id, parentId, kind });
    const tree = [
        place('city', null, 'cityCommission'),
        place('institute', 'city', 'cityInstitute'),
        place('d1', 'city', 'districtCommission'),
        place('i1', 'd1', 'districtInstitute'),
        place('d2', 'city', 'districtCommission'),
    ];
    expect(inspectableBy(tree, 'city')).toHaveLength(5);
    expect(inspectableBy(tree, 'institute')).toHaveLength(5);
    expect(inspectableBy(tree, 'd1')).toEqual(['d1', 'i1']);
    expect(inspectableBy(tree, 'i1')).toEqual(['i1']);
    expect(inspectableBy(tree, 'nobody')).toEqual([]);
    expect(inspectorsOf(tree, 'i1')).toEqual(['city', 'institute', 'd1', 'i1']);
});
