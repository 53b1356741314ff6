import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    addDays,
    type DocumentState,
    type DocumentType,
    dayOf,
    HOUR,
    type Id,
    type Instant,
    PERMISSIONS_OF,
    ROLES,
    type Role,
} from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPerson } from '../../testing/builders.ts';
import { footageOf, paperIn, refused } from '../../testing/case-papers.ts';
import {
    addOrganisation,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { setParameter } from '../../testing/set-parameter.ts';
import { actHandlers } from '../act/act.routes.ts';
import { parameterHandlers } from '../parameter/parameter.routes.ts';
import { partyHandlers } from '../party/party.routes.ts';
import { recordingHandlers } from '../recording/recording.routes.ts';
import { caseHandlers } from './case.routes.ts';

let system: FeatureSystem;
let pudong: TestOrganisation;
let jingan: TestOrganisation;
let [wu, head, agency, legal]: Id[] = [];
let party: Id;
const handlersOf = (of: FeatureSystem) => ({
    ...caseHandlers(of.services),
    ...actHandlers(of.services),
    ...partyHandlers(of.services),
    ...parameterHandlers(of.services),
    ...recordingHandlers(of.services),
});
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;

const now = (): Instant => system.services.clock.now();
const as = (id: Id | undefined): TestOrganisation => ({ ...pudong, actor: id ?? '' });

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    jingan = await addOrganisation(system, '310106', '静安区卫生健康委员会监督所');
    const person = async (name: string, kind: 'officer' | 'staff', roles: Role[]) =>
        (await buildPerson(system.services, pudong, { name, kind, roles })).id;
    [wu, head, agency, legal] = [
        await person('吴勇', 'officer', ['officer']),
        await person('邵主管', 'officer', ['officer', 'sectionHead']),
        await person('梁主任', 'staff', ['agencyHead']),
        await person('方法制', 'staff', ['legalReviewer']),
    ];
    call = caller(system, handlersOf(system));
    party = (
        await call('party.create', pudong, {
            body: { name: '阳光口腔门诊部', kind: 'naturalPerson' },
        })
    ).id;
});

afterAll(async () => {
    await system.expectSound();
    await system.close();
});

type Open = BodyOf<Endpoints['case.open']>;
const open = async (more: Partial<Open> = {}, who = pudong): Promise<Id> =>
    (
        await call('case.open', who, {
            body: {
                procedure: 'penalty',
                title: '阳光口腔门诊部未取得放射诊疗许可案',
                source: 'inspection',
                openedAt: now() - HOUR,
                handlerIds: [who.actor, ...(who.id === pudong.id ? [wu ?? ''] : [])],
                ...(who.id === pudong.id ? { partyId: party } : {}),
                ...more,
            },
        })
    ).id;
const get = (id: Id, who = pudong) => call('case.get', who, { params: { id } });

const paper = (caseId: Id, type: DocumentType, state: DocumentState = 'approved', servedAt?: Instant) =>
    paperIn(system, pudong, { caseId, type, state, ...(servedAt === undefined ? {} : { servedAt }) });

type Post = 'case.step' | 'case.review' | 'case.approve' | 'case.legalReview';
async function step(id: Id, post: Post, who: TestOrganisation, name: string, data = {}, at = now()) {
    const { version } = await get(id);
    return call(post, who, { params: { id }, body: { version, step: name, at, data } });
}
describe('a case', () => {
    it('is opened with a number of its kind, from an act or by itself', async () => {
        const act = await call('act.create', pudong, {
            body: {
                scenario: 'doubleRandomInspection',
                partyId: party,
                place: '世纪大道 100 号',
                startsAt: now() - 2 * HOUR,
                endsAt: now() - HOUR,
                participants: [{ personId: pudong.actor, part: 'officer' }],
            },
        });
        const id = await open({ actId: act.id, partyId: undefined });
        expect(await get(id)).toMatchObject({
            number: expect.stringMatching(/^310115-CF-\d{4}-0001$/),
            state: 'intake',
            party: { id: party, name: '阳光口腔门诊部' },
            handlers: [{ name: '陈默' }, { name: '吴勇' }],
            acts: [{ id: act.id }],
            steps: [],
            endedAt: null,
        });
        expect(await refused(open({ handlerIds: [agency ?? ''] }))).toBe('case.handlerNeedsCertificate');
        expect(await refused(open({ handlerIds: [pudong.actor, pudong.actor] }))).toBe('case.personTwice');
        expect(await refused(open({ openedAt: now() + HOUR }))).toBe('case.dateInFuture');
        expect(await refused(open({ breachAt: now() }))).toBe('case.breachAfterOpening');
        expect(await refused(open({ actId: jingan.id }))).toBe('act.notFound');
        expect(await refused(open({ procedure: 'hearing' }))).toBe('case.parentMissing');
    });

    it('has a number without a hole and without a twin, however many are opened at once', async () => {
        const opened = await Promise.all(Array.from({ length: 32 }, () => open({ procedure: 'complaint', source: 'complaint' })));
        const numbers = await Promise.all(opened.map(async (id) => (await get(id)).number.slice(-4)));
        expect(numbers.sort()).toEqual(Array.from({ length: 32 }, (_, place) => String(place + 1).padStart(4, '0')));
    });

    it('is nobody else’s', async () => {
        const id = await open();
        await expect(get(id, jingan)).rejects.toMatchObject({ code: 'case.notFound' });
        expect((await call('case.list', jingan, { query: {} })).total).toBe(0);
        const body = { version: 1, step: 'file', at: now(), data: {} };
        expect(await refused(call('case.review', jingan, { params: { id }, body }))).toBe('case.notFound');
    });

    it('is changed while it runs, and an old reading changes nothing', async () => {
        const id = await open();
        const body = { title: '改名案', partyId: party, graveHarm: true, breachAt: now() - 2 * HOUR, version: 1 };
        expect(await call('case.update', pudong, { params: { id }, body })).toEqual({ version: 2 });
        expect(await refused(call('case.update', pudong, { params: { id }, body }))).toBe('conflict.changedMeanwhile');
        const stale = { version: 1, step: 'file', at: now(), data: {} };
        expect(await refused(call('case.review', as(head), { params: { id }, body: stale }))).toBe('conflict.changedMeanwhile');
        expect(await get(id)).toMatchObject({ title: '改名案', graveHarm: true });
    });
});

describe('an ordinary penalty', () => {
    it('goes from intake to its end, each step by whom it belongs to', async () => {
        const id = await open();
        expect(await refused(step(id, 'case.review', as(head), 'file'))).toBe('case.documentMissing');
        await paper(id, 'filingReport');
        expect(await refused(step(id, 'case.step', pudong, 'file'))).toBe('case.notYourStep');
        expect(await refused(step(id, 'case.review', pudong, 'file'))).toBe('case.investigatorReviews');
        expect(await step(id, 'case.review', as(head), 'file')).toMatchObject({ state: 'filed' });
        // Who has reviewed does not become an investigator of the same case.
        expect(
            await refused(call('case.assign', pudong, { params: { id }, body: { personId: head ?? '', part: 'handler' } })),
        ).toBe('case.reviewerHandles');
        await paper(id, 'investigationReport');
        await step(id, 'case.step', pudong, 'investigate');
        await paper(id, 'panelRecord');
        const panel = { people: 3, grave: true, hearingDue: false, legalReviewDue: true };
        await step(id, 'case.step', pudong, 'deliberate', panel);
        await paper(id, 'priorNotice', 'issued');
        expect(await refused(step(id, 'case.step', pudong, 'notify', { proposedFine: 500_000 }))).toBe('case.documentMissing');
        await paper(id, 'priorNotice', 'served', now());
        await step(id, 'case.step', pudong, 'notify', { proposedFine: 500_000 });

        // The party is a person: from 5,000 yuan, which nobody has verified.
        expect((await get(id)).figures).toMatchObject([
            { code: 'hearingFine', sum: 500_000, limit: 500_000, standing: 'verify', state: 'reached', differs: true },
        ]);
        await paper(id, 'penaltyDecision');
        const decide = (fine = 500_000) => step(id, 'case.approve', as(agency), 'decide', { fine });
        expect(await refused(decide())).toBe('case.defenceTermUnset');
        await setParameter(call, pudong, {
            key: 'deadline.defence',
            value: { length: 3, unit: 'workday' },
            standing: 'verify',
            basis: '告知书给定',
            from: '2020-01-01',
            reason: '法制科核定',
        });
        expect(await refused(decide())).toBe('case.defenceTermRuns');
        await paper(id, 'defenceRecord', 'issued');
        await step(id, 'case.step', pudong, 'hearDefence');
        expect(await refused(decide())).toBe('case.defenceNotReviewed');
        await paper(id, 'defenceReview');
        await step(id, 'case.review', as(head), 'reviewDefence');
        expect(await refused(decide())).toBe('case.legalReviewMissing');
        await paper(id, 'legalReviewOpinion');
        await step(id, 'case.legalReview', as(legal), 'legalReview', { passed: true });
        expect(await refused(decide())).toBe('case.discussionMissing');
        await paper(id, 'collectiveDiscussion');
        await step(id, 'case.approve', as(agency), 'discuss');
        expect(await refused(decide(500_001))).toBe('case.heavierAfterDefence');
        expect(await decide()).toMatchObject({ state: 'decided' });

        await paper(id, 'penaltyDecision', 'served', now());
        await paper(id, 'serviceReceipt');
        await step(id, 'case.step', pudong, 'serve');
        expect((await get(id)).figures.map((each) => each.code)).toEqual(['hearingFine']);
        system.services.clock.advance(40 * 24 * HOUR);
        const late = (await get(id)).figures.find((each) => each.code === 'lateFine');
        expect(late).toMatchObject({ limit: 3, standing: 'verified', state: 'counted', sum: 500_000 * 0.03 * (late?.days ?? 0) });
        expect(late?.days).toBeGreaterThan(0);
        system.services.clock.advance(-40 * 24 * HOUR);
        await step(id, 'case.step', pudong, 'perform');
        await paper(id, 'closingReport');
        expect(await step(id, 'case.review', as(head), 'close')).toMatchObject({ state: 'closed' });
        const closed = await get(id);
        expect(closed.steps.map((each) => `${each.step} ${each.as} ${each.person.name}`)).toEqual([
            'file reviewer 邵主管',
            'investigate handler 陈默',
            'deliberate handler 陈默',
            'notify handler 陈默',
            'hearDefence handler 陈默',
            'reviewDefence reviewer 邵主管',
            'legalReview legalReviewer 方法制',
            'discuss agencyHead 梁主任',
            'decide agencyHead 梁主任',
            'serve handler 陈默',
            'perform handler 陈默',
            'close reviewer 邵主管',
        ]);
        expect(
            await refused(call('case.assign', pudong, { params: { id }, body: { personId: wu ?? '', part: 'recorder' } })),
        ).toBe('case.ended');
        // What outlives a case stays on the list; doing it leaves the end where it was.
        const terms = async () =>
            (await call('case.deadlines', pudong, { query: {} })).items.flatMap(({ case: of, countdown }) =>
                of.id === id ? [countdown.key] : [],
            );
        expect(await terms()).toEqual(['deadline.publishDecision', 'deadline.review', 'deadline.litigation']);
        system.services.clock.advance(HOUR);
        await step(id, 'case.step', pudong, 'publish');
        expect(await get(id)).toMatchObject({ state: 'closed', endedAt: closed.endedAt ?? 0 });
        expect(await terms()).toEqual(['deadline.review', 'deadline.litigation']);
        system.services.clock.advance(HOUR);
        const reopened = await step(id, 'case.approve', as(agency), 'reopen', {
            outcome: 'annulledByCourt',
            reason: '法院判决重作',
        });
        expect(reopened.state).toBe('filed');
        expect((await get(id)).endedAt).toBeNull();
        // What was investigated, told and heard before does not count any more.
        expect(await refused(step(id, 'case.step', pudong, 'investigate'))).toBe('case.documentStale');
        await paper(id, 'investigationReport');
        expect(await step(id, 'case.step', pudong, 'investigate')).toMatchObject({ state: 'investigated' });
        expect(await refused(step(id, 'case.step', pudong, 'deliberate', panel))).toBe('case.documentStale');
    });

    it('is proven by papers of its own time: none later than the step they prove', async () => {
        const id = await open();
        system.services.clock.advance(48 * HOUR);
        await paper(id, 'filingReport');
        const file = (at: number) => step(id, 'case.review', as(head), 'file', {}, at);
        expect(await refused(file(now() - 24 * HOUR))).toBe('case.documentLater');
        await file(now());
        system.services.clock.advance(-48 * HOUR);
    });

    it('says what is possible next and what is missing for it', async () => {
        const id = await open();
        const { nextSteps, answers } = await get(id);
        expect(nextSteps.find((each) => each.step === 'file')?.refusals).toEqual([
            { code: 'case.documentMissing', params: { document: 'filingReport', level: 'made' } },
        ]);
        expect(nextSteps.find((each) => each.step === 'notFile')?.refusals).toEqual([]);
        expect(answers.find((each) => each.code === 'officers')).toMatchObject({ status: 'held', params: { count: 2 } });
        expect(answers.find((each) => each.code === 'termsUnset')).toMatchObject({ status: 'judge', params: { count: 1 } });
    });
});

describe('measures', () => {
    it('are the agency’s head’s to approve, never by somebody who is the institute’s head too', async () => {
        const parent = await open();
        const id = await open({ procedure: 'coercion', parentId: parent, source: 'case' });
        await paper(id, 'coercionApproval');
        const both = (
            await buildPerson(system.services, pudong, { name: '双职', kind: 'staff', roles: ['agencyHead', 'instituteHead'] })
        ).id;
        expect(await refused(step(id, 'case.approve', as(both), 'approve'))).toBe('case.headsAreTwo');
        expect(await refused(step(id, 'case.review', as(head), 'approve'))).toBe('case.notYourStep');
        await step(id, 'case.approve', as(agency), 'approve');
        for (const type of ['seizureDecision', 'itemList', 'sceneRecord'] as const) await paper(id, type, 'issued');
        await step(id, 'case.step', pudong, 'execute', { measure: 'seizure' });
        const held = await get(id);
        expect(held.countdowns).toMatchObject([
            { key: 'deadline.seizure', state: 'running', period: { length: 30, unit: 'calendarDay' } },
        ]);
        expect((await get(parent)).children).toMatchObject([{ id, procedure: 'coercion', state: 'held' }]);
        // 强制法 25(3): testing does not count, and the party is told in writing.
        const exclude = (more: object = {}) =>
            call('case.exclude', pudong, {
                params: { id },
                body: { reason: 'test', keys: ['deadline.seizure'], from: now(), ...more },
            });
        expect(await refused(exclude())).toBe('case.noticeMissing');
        expect(await refused(exclude({ notice: '书面告知', keys: ['deadline.review'] }))).toBe('case.notExcludable');
        const exclusion = await exclude({ notice: '检验期间不计入告知书' });
        expect((await get(id)).countdowns[0]).toMatchObject({ state: 'suspended', due: null });
        system.services.clock.advance(48 * HOUR);
        await call('case.endExclusion', pudong, { params: { id: exclusion.id }, body: { until: now() } });
        const running = (await get(id)).countdowns[0];
        expect(running).toMatchObject({ state: 'running' });
        expect((running?.due ?? 0) - (held.countdowns[0]?.due ?? 0)).toBe(48 * HOUR);
        await expect(
            call('case.endExclusion', pudong, { params: { id: exclusion.id }, body: { until: now() } }),
        ).rejects.toMatchObject({ code: 'case.exclusionNotFound' });
    });

    it('that are urgent are regularised within 24 hours, and late is seen', async () => {
        const id = await open({ procedure: 'coercion', source: 'inspection' });
        for (const type of ['controlDecision', 'sceneRecord'] as const) await paper(id, type, 'issued');
        await step(id, 'case.step', pudong, 'executeUrgently', { measure: 'control', reason: '疫情现场' });
        const report = async () => (await get(id)).countdowns.find((each) => each.key === 'deadline.coercionReport');
        expect(await report()).toMatchObject({ state: 'running', left: { unit: 'hour' } });
        system.services.clock.advance(25 * HOUR);
        expect(await report()).toMatchObject({ state: 'late' });
        await step(id, 'case.approve', as(agency), 'refuseUrgent', { reason: '不必要' });
        expect(await report()).toMatchObject({ state: 'metLate' });
        expect((await get(id)).nextSteps.map((each) => each.step)).toEqual(['release']);
    });
});

describe('a hearing', () => {
    it('gives its presider a part, who has not investigated', async () => {
        const parent = await open();
        const id = await open({ procedure: 'hearing', parentId: parent, source: 'case' });
        await paper(id, 'hearingNotice', 'served', now());
        const day = addDays(dayOf(now()), 60);
        expect(await refused(step(id, 'case.step', pudong, 'notify', { day, presiderId: wu }))).toBe('case.presiderInvestigates');
        await step(id, 'case.step', pudong, 'notify', { day, presiderId: legal });
        expect((await get(id)).people.map((each) => [each.person.name, each.part])).toContainEqual(['方法制', 'presider']);
        await paper(id, 'hearingRecord', 'issued');
        expect(await refused(step(id, 'case.step', pudong, 'hold'))).toBe('case.otherHearingDay');
    });
});

describe('evidence', () => {
    it('of electronic data says who took it, when, how and onto what; what is taken back stays in the list', async () => {
        const id = await open();
        const add = (more: object) =>
            call('case.addEvidence', pudong, {
                params: { id },
                body: { kind: 'electronic', title: '挂号系统导出', ...more } as never,
            });
        const whole = { extractedById: pudong.actor, extractedAt: now(), method: '系统导出', carrier: '光盘 1 张' };
        expect(await refused(add({ ...whole, carrier: undefined }))).toBe('case.fieldMissing');
        expect(await refused(add({ ...whole, extractedAt: now() + HOUR }))).toBe('case.dateInFuture');
        const { id: evidence } = await add(whole);
        expect(
            await refused(
                call('case.addEvidence', pudong, { params: { id }, body: { kind: 'recording', targetId: id, title: 'x' } }),
            ),
        ).toBe('recording.notFound');
        await call('case.withdrawEvidence', pudong, { params: { id: evidence }, body: { reason: '与本案无关' } });
        expect((await get(id)).evidence).toMatchObject([
            { place: 1, title: '挂号系统导出', withdrawnWhy: '与本案无关', extractedBy: { name: '陈默' } },
        ]);
        expect(await refused(call('case.withdrawEvidence', pudong, { params: { id: evidence }, body: { reason: '再次' } }))).toBe(
            'case.evidenceNotFound',
        );
    });
});

it('a recording that is evidence says so, in its own log too, until no case needs it (附件1 第18条)', async () => {
    const [one, other] = [await open(), await open()];
    const { id: recording } = await footageOf(system, pudong);
    const add = (caseId: Id, more: object = { kind: 'recording' }) =>
        call('case.addEvidence', pudong, {
            params: { id: caseId },
            body: { targetId: recording, title: '执法记录仪录像', ...more } as never,
        });
    const evidence = async () =>
        (await call('recording.get', pudong, { params: { id: recording } })).evidenceIn.map((each) => each.id);
    expect(await evidence()).toEqual([]);
    const first = await add(one);
    expect(await refused(add(one))).toBe('case.evidenceTwice');
    expect(await refused(add(other, { kind: 'moment', fromMs: 9, toMs: 9 }))).toBe('case.momentReversed');
    const second = await add(other, { kind: 'moment', fromMs: 1_000, toMs: 9_000 });
    expect((await evidence()).sort()).toEqual([one, other].sort());
    expect((await call('recording.list', pudong, { query: { evidence: 'yes' } })).total).toBe(1);
    expect((await call('recording.list', pudong, { query: { evidence: 'no' } })).total).toBe(0);
    for (const { id } of [first, second])
        await call('case.withdrawEvidence', pudong, { params: { id }, body: { reason: '与本案无关' } });
    expect(await evidence()).toEqual([]);
    const { rows } = await system.superPool.query<{ kind: string }>(
        `select e.kind from ledger.entry e where e.org_id = $1 and e.kind like 'recording.%vidence%' order by e.idx`,
        [pudong.id],
    );
    expect(rows.map((row) => row.kind)).toEqual([
        'recording.markedEvidence',
        'recording.markedEvidence',
        'recording.evidenceMarkEnded',
        'recording.evidenceMarkEnded',
    ]);
});

it('a photograph in the list names its file, which is kept as long as the case file; a sample names its record', async () => {
    const id = await open();
    const { id: recording } = await footageOf(system, pudong, 8);
    const { id: record } = await paper(id, 'productSampleRecord', 'issued');
    const add = (body: object) => call('case.addEvidence', pudong, { params: { id }, body: { title: '物证', ...body } as never });
    expect(await refused(add({ kind: 'photo', targetId: record }))).toBe('recording.notFound');
    expect(await refused(add({ kind: 'sample', targetId: recording }))).toBe('document.notFound');
    const { id: photo } = await add({ kind: 'photo', targetId: recording });
    await add({ kind: 'sample', targetId: record });
    await add({ kind: 'photo' });
    expect((await get(id)).evidence.map((each) => [each.kind, each.target?.id])).toEqual([
        ['photo', recording],
        ['sample', record],
        ['photo', undefined],
    ]);
    const kept = async () => (await call('recording.get', pudong, { params: { id: recording } })).evidenceIn.length;
    expect(await kept()).toBe(1);
    await call('case.withdrawEvidence', pudong, { params: { id: photo }, body: { reason: '与本案无关' } });
    expect(await kept()).toBe(0);
});

describe('people and acts of a case', () => {
    it('come and go, each with an entry', async () => {
        const id = await open();
        const assign = (personId: Id | undefined, part: 'handler' | 'recorder') =>
            call('case.assign', pudong, { params: { id }, body: { personId: personId ?? '', part } });
        expect(await refused(assign(wu, 'handler'))).toBe('case.personTwice');
        expect(await refused(assign(agency, 'handler'))).toBe('case.handlerNeedsCertificate');
        const { id: part } = await assign(legal, 'recorder');
        await call('case.unassign', pudong, { params: { id: part }, body: { reason: '调整' } });
        const act = await call('act.create', pudong, {
            body: {
                scenario: 'routineInspection',
                place: '世纪大道 1 号',
                startsAt: now() - 2 * HOUR,
                endsAt: now() - HOUR,
                participants: [{ personId: pudong.actor, part: 'officer' }],
            },
        });
        const { id: link } = await call('case.linkAct', pudong, { params: { id }, body: { actId: act.id } });
        expect(await refused(call('case.linkAct', pudong, { params: { id }, body: { actId: act.id } }))).toBe('case.actTwice');
        expect((await call('case.list', pudong, { query: { actId: act.id } })).items.map((each) => each.id)).toEqual([id]);
        await call('case.unlinkAct', pudong, { params: { id: link }, body: { reason: '归错' } });
        expect((await call('case.list', pudong, { query: { actId: act.id } })).items).toEqual([]);
        expect((await get(id)).acts).toEqual([]);
    });
});

describe('lists', () => {
    it('are found by number, party, people and pinyin, page by page', async () => {
        const id = await open({ procedure: 'licence', source: 'application', title: '云汀泳池卫生许可' });
        const { number } = await get(id);
        for (const q of [number, '云汀', 'ytyc'])
            expect([q, (await call('case.list', pudong, { query: { q } })).items.map((each) => each.id)]).toEqual([q, [id]]);
        expect((await call('case.list', pudong, { query: { q: '吴勇', procedure: 'licence' } })).total).toBe(1);
        expect((await call('case.list', pudong, { query: { q: '阳光口腔', procedure: 'licence' } })).total).toBe(1);
        const seen: Id[] = [];
        let cursor: string | undefined;
        do {
            const page = await call('case.list', pudong, {
                query: { procedure: 'complaint', limit: 10, order: 'oldest', ...(cursor === undefined ? {} : { cursor }) },
            });
            expect(page.total).toBe(32);
            seen.push(...page.items.map((each) => each.id));
            cursor = page.next ?? undefined;
        } while (cursor !== undefined);
        expect(new Set(seen).size).toBe(32);
        expect((await call('case.list', pudong, { query: { ended: 'yes' } })).total).toBe(0);
    });

    it('of terms are by the moment they end, the unset ones last', async () => {
        const { items, counts, leftOut } = await call('case.deadlines', pudong, { query: {} });
        const dues = items.map((each) => each.countdown.due ?? Number.MAX_SAFE_INTEGER);
        expect(dues).toEqual(dues.toSorted((a, b) => a - b));
        expect(counts.unset).toBeGreaterThan(0);
        expect([counts.all, leftOut]).toEqual([items.length, 0]);
        const unset = await call('case.deadlines', pudong, { query: { state: 'unset' } });
        expect(unset.items).toHaveLength(counts.unset);
        expect((await call('case.deadlines', jingan, { query: {} })).counts.all).toBe(0);
    });
});

it('who may do what', () => {
    const may = (permission: 'case.manage' | 'case.review' | 'case.approve' | 'document.legalReview') =>
        ROLES.filter((role) => PERMISSIONS_OF[role].includes(permission));
    expect(may('case.manage')).toEqual(['officer', 'sectionHead']);
    expect(may('case.review')).toEqual(['sectionHead', 'instituteHead']);
    // 强制法 19: what is the agency's head's is given by nobody else.
    expect(may('case.approve')).toEqual(['agencyHead']);
    expect(may('document.legalReview')).toEqual(['legalReviewer']);
});
