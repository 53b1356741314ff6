import { CHECK_KEYS, dayOf, HOUR, type Id, MINUTE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPerson } from '../../testing/builders.ts';
import {
    addOrganisation,
    addPerson,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { setParameter } from '../../testing/set-parameter.ts';
import { caseHandlers } from '../case/case.routes.ts';
import { documentHandlers } from '../document/document.routes.ts';
import { ledgerHandlers } from '../ledger/ledger.routes.ts';
import { parameterHandlers } from '../parameter/parameter.routes.ts';
import { partyHandlers } from '../party/party.routes.ts';
import { actHandlers } from './act.routes.ts';

const handlersOf = (system: FeatureSystem) => ({
    ...actHandlers(system.services),
    ...caseHandlers(system.services),
    ...documentHandlers(system.services),
    ...parameterHandlers(system.services),
    ...partyHandlers(system.services),
    ...ledgerHandlers(system.services),
});

let system: FeatureSystem;
let pudong: TestOrganisation;
/** A section head, an officer who takes part, and one who does not. */
let head: TestOrganisation;
let concerned: TestOrganisation;
let stranger: TestOrganisation;
let zhang: Id;
let zeng: Id;
let party: Id;
let now: number;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    zhang = await addPerson(system, pudong, '张明', 'officer');
    zeng = await addPerson(system, pudong, '曾丽', 'officer');
    concerned = { ...pudong, actor: zhang, roles: ['officer'] };
    stranger = { ...pudong, actor: await addPerson(system, pudong, '李航', 'officer'), roles: ['officer', 'recordingManager'] };
    const { id: shen } = await buildPerson(system.services, pudong, { name: '沈科', kind: 'staff', roles: ['sectionHead'] });
    head = { ...pudong, actor: shen, roles: ['sectionHead'] };
    call = caller(system, handlersOf(system));
    // Long enough ago that all its files should have come (附件1 第15条).
    now = system.services.clock.now() - 40 * HOUR;
    party = (await call('party.create', pudong, { body: { name: '云汀整形诊所', kind: 'naturalPerson' } })).id;
});
afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const make = async (more: object = {}) =>
    (
        await call('act.create', concerned, {
            body: {
                scenario: 'doubleRandomInspection',
                partyId: party,
                place: '示范路 9 号',
                startsAt: now - 3 * HOUR,
                endsAt: now - 2 * HOUR,
                participants: [zhang, zeng].map((personId) => ({ personId, part: 'officer' as const })),
                ...more,
            },
        })
    ).id;
const get = (id: Id, who = concerned) => call('act.get', who, { params: { id } });
const refused = (code: string, params: Record<string, unknown> = {}) => expect.objectContaining({ code, params });

describe('exemptions (附件1 第11、13条)', () => {
    const record = async (id: Id, more: object = {}) => {
        const [segment] = (await get(id)).segments;
        return call('act.recordExemption', concerned, {
            params: { id },
            body: {
                segmentId: segment?.id ?? '',
                kind: 'highRisk',
                ground: '无菌场所',
                startsAt: now - 3 * HOUR,
                endsAt: now - 2 * HOUR,
                ...more,
            },
        });
    };
    const decide = (id: Id, as: 'confirmed' | 'refused', who: TestOrganisation, words?: string) =>
        call('act.decideExemption', who, { params: { id }, body: { as, ...(words === undefined ? {} : { words }) } });

    it('exempt when the head has confirmed them, and count as that', async () => {
        const id = await make();
        expect((await get(id)).standing).toMatchObject({ status: 'broken', openGaps: 2 });
        const { id: exemption } = await record(id);
        expect((await get(id)).standing).toMatchObject({ openGaps: 0, coveragePermille: 0, status: 'judge' });
        await expect(decide(exemption, 'confirmed', concerned)).rejects.toEqual(refused('act.ownExemption'));
        await expect(decide(exemption, 'refused', head)).rejects.toEqual(refused('act.reasonMissing'));
        await decide(exemption, 'confirmed', head);
        const page = await get(id);
        expect(page.standing).toMatchObject({ status: 'held', openGaps: 0, coveragePermille: null });
        expect(page.exemptions).toMatchObject([
            { state: 'confirmed', ground: '无菌场所', recordedBy: { name: '张明' }, decidedBy: { name: '沈科' } },
        ]);
        await expect(decide(exemption, 'refused', head, '不属实')).rejects.toEqual(refused('act.exemptionSettled'));
        const withdraw = { params: { id: exemption }, body: { reason: '登记有误' } };
        await call('act.withdrawExemption', concerned, withdraw);
        expect((await get(id)).standing).toMatchObject({ status: 'broken' });
        await expect(call('act.withdrawExemption', concerned, withdraw)).rejects.toEqual(refused('act.exemptionSettled'));
    });

    it('are decided by a head who did not take part (附件1 第11条)', async () => {
        const there = [zhang, zeng].map((personId) => ({ personId, part: 'officer' as const }));
        const id = await make({ participants: [...there, { personId: head.actor, part: 'assistant' }] });
        const { id: exemption } = await record(id);
        for (const as of ['confirmed', 'refused'] as const)
            await expect(decide(exemption, as, head, '现场')).rejects.toEqual(refused('act.exemptionOfParticipant'));
        const { id: gao } = await buildPerson(system.services, pudong, { name: '高所', kind: 'staff', roles: ['instituteHead'] });
        await decide(exemption, 'confirmed', { ...pudong, actor: gao, roles: ['instituteHead'] });
        expect((await get(id)).exemptions).toMatchObject([{ state: 'confirmed', decidedBy: { name: '高所' } }]);
    });

    it('of force majeure stay open until the written note is there', async () => {
        const id = await make();
        const { id: exemption } = await record(id, { kind: 'forceMajeure', ground: '暴雨', words: '设备进水' });
        await decide(exemption, 'confirmed', head);
        expect(await get(id)).toMatchObject({ standing: { status: 'act' }, exemptions: [{ documentId: null }] });
        const write = async (type: 'unrecordedWorkRecord' | 'sceneRecord', actId: Id) =>
            (await call('document.create', concerned, { body: { type, title: '工作记录', actId, content: {} } })).id;
        const attach = (documentId: Id) => call('act.attachNote', concerned, { params: { id: exemption }, body: { documentId } });
        await expect(attach(id)).rejects.toEqual(refused('document.notFound'));
        await expect(attach(await write('sceneRecord', id))).rejects.toEqual(refused('act.noteOfOther'));
        await attach(await write('unrecordedWorkRecord', id));
        // A draft is not yet the record that the clause demands.
        expect(await get(id)).toMatchObject({ standing: { status: 'act' }, exemptions: [{ noteDone: false }] });
    });

    it('are refused where they cannot be', async () => {
        const id = await make();
        const cases: [object, string, object?][] = [
            [{ ground: '太远' }, 'act.groundUnknown', { ground: '太远' }],
            [{ endsAt: now }, 'act.exemptionOutside'],
            [{ endsAt: now - 4 * HOUR }, 'act.endBeforeStart'],
            [{ segmentId: party }, 'act.segmentNotFound'],
            [{ personId: stranger.actor }, 'act.participantNotFound'],
        ];
        for (const [more, code, params] of cases) await expect(record(id, more)).rejects.toEqual(refused(code, { ...params }));
        await record(id, { startsAt: now - 150 * MINUTE });
        // A segment is not cut short under what was recorded for it.
        const page = await get(id);
        const body = {
            scenario: page.scenario,
            partyId: party,
            place: page.place,
            startsAt: page.startsAt,
            version: page.version,
        };
        await expect(
            call('act.update', concerned, { params: { id }, body: { ...body, endsAt: now - 160 * MINUTE } }),
        ).rejects.toEqual(refused('act.exemptionOutside'));
    });
});

describe('secrecy (附件1 第12条)', () => {
    it('others see number and kind in the list, and nothing else anywhere', async () => {
        const id = await make({ place: '绝密巷 7 号' });
        const { number, version } = await get(id, stranger);
        const mark = (secrecy: 'trade' | 'state' | 'open', who: TestOrganisation, at: number) =>
            call('act.markSecrecy', who, { params: { id }, body: { secrecy, version: at } });
        await expect(mark('state', concerned, version)).rejects.toEqual(refused('act.stateSecret'));
        expect((await get(id)).secrecy).toBe('open');
        await mark('trade', concerned, version);

        const list = async (who: TestOrganisation, query: object = {}) => (await call('act.list', who, { query })).items;
        const item = (await list(stranger)).find((each) => each.id === id);
        expect(item).toEqual({
            id,
            number,
            scenario: 'doubleRandomInspection',
            scenarios: ['doubleRandomInspection'],
            restricted: true,
            secrecy: 'trade',
            state: 'open',
            party: null,
            place: '',
            startsAt: null,
            endsAt: null,
            participants: [],
            recordingCount: 0,
            standing: {
                ...{ status: 'judge', record: 'judge', openGaps: 0, coveragePermille: null, missingOfficers: 0 },
                found: { open: 0, waiting: 0, confirmed: 0 },
            },
        });
        for (const who of [concerned, head])
            expect((await list(who)).find((each) => each.id === id)).toMatchObject({ restricted: false, place: '绝密巷 7 号' });
        // Nor is it guessed by asking.
        for (const query of [{ q: '绝密巷' }, { partyId: party }, { personId: zhang }, { from: now - 4 * HOUR }]) {
            expect([query, (await list(stranger, query)).map((each) => each.id)]).not.toEqual([
                query,
                expect.arrayContaining([id]),
            ]);
            expect((await list(concerned, query)).map((each) => each.id)).toContain(id);
        }
        await expect(get(id, stranger)).rejects.toEqual(refused('act.restricted'));
        expect(await get(id, head)).toMatchObject({ secrecy: 'trade', place: '绝密巷 7 号' });
        const params = { id };
        for (const attempt of [
            () => mark('open', stranger, version + 1),
            () => call('act.close', stranger, { params, body: { as: 'closed' } }),
            () => call('act.tick', stranger, { params, body: { key: 'recorderSound', done: true } }),
            () => call('act.addParticipant', stranger, { params, body: { personId: stranger.actor, part: 'officer' } }),
        ])
            await expect(attempt()).rejects.toEqual(refused('act.restricted'));
        // Its documents are in no list of the party for a stranger, and its entries keep their words to themselves.
        const document = { type: 'supervisionOpinion', title: '绝密意见书', actId: id, partyId: party } as const;
        const { id: documentId } = await call('document.create', concerned, { body: document });
        const happened = async (who: TestOrganisation) => {
            const { items } = await call('party.timeline', who, { query: { partyId: party, limit: 100 } });
            return items.filter((each) => [id, documentId].includes(each.linkId)).map((each) => each.kind);
        };
        const ofParty = async (who: TestOrganisation) =>
            (await call('document.list', who, { query: { partyId: party, limit: 100 } })).items.filter(
                (each) => each.id === documentId,
            ).length;
        expect([await happened(stranger), await ofParty(stranger)]).toEqual([[], 0]);
        for (const who of [concerned, head])
            expect([(await happened(who)).sort(), await ofParty(who)]).toEqual([['act', 'document'], 1]);
        for (const objectId of [id, documentId]) {
            const { items } = await call('ledger.list', stranger, { query: { objectId } });
            const entry = items.find((each) => each.kind === 'act.created' || each.kind === 'document.created');
            const params = { index: entry?.index ?? '' };
            await expect(call('ledger.viewBody', stranger, { params })).rejects.toEqual(refused('act.restricted'));
            expect((await call('ledger.viewBody', concerned, { params })).body).toBeDefined();
            expect((await call('ledger.viewBody', head, { params })).body).toBeDefined();
        }
        await mark('open', concerned, version + 1);
        expect([(await happened(stranger)).sort(), await ofParty(stranger)]).toEqual([['act', 'document'], 1]);
        expect((await list(stranger, { q: '绝密巷' })).map((each) => each.id)).toEqual([id]);
    });
});

describe('the list of what to do', () => {
    it('is ticked by whom and when, and the tick can be taken back', async () => {
        const id = await make();
        const tick = (key: string, done: boolean) => call('act.tick', concerned, { params: { id }, body: { key, done } });
        expect((await get(id)).checks.map((each) => each.key)).toEqual([...CHECK_KEYS]);
        await Promise.all([tick('recorderSound', true), tick('recorderSound', true)]);
        await tick('footageStored', true);
        const ticked = async () =>
            (await get(id)).checks.flatMap((each) => (each.tickedBy === null ? [] : [[each.key, each.tickedBy]]));
        expect(await ticked()).toEqual([
            ['recorderSound', '张明'],
            ['footageStored', '张明'],
        ]);
        await call('act.close', concerned, { params: { id }, body: { as: 'closed' } });
        await tick('footageStored', false);
        expect(await ticked()).toEqual([['recorderSound', '张明']]);
        await expect(tick('nothing', true)).rejects.toEqual(refused('act.checkUnknown'));
    });
});

describe('检查码', () => {
    it('is stated, or why there is none', async () => {
        const id = await make();
        const { version, inspectionCode } = await get(id);
        expect(inspectionCode).toEqual({ code: null, exempt: null, missing: false, format: null });
        const state = (body: { code: string | null; exempt: 'recheck' | null }, at: number) =>
            call('act.stateInspectionCode', concerned, { params: { id }, body: { ...body, version: at } });
        await state({ code: 'SH-2026-0000123', exempt: null }, version);
        await expect(state({ code: null, exempt: 'recheck' }, version)).rejects.toEqual(refused('conflict.changedMeanwhile'));
        await state({ code: null, exempt: 'recheck' }, version + 1);
        expect((await get(id)).inspectionCode).toMatchObject({ code: null, exempt: 'recheck' });
    });
});

describe('what an organisation sets', () => {
    const set = (key: string, value: unknown, standing: 'own' | 'verify' = 'own') =>
        setParameter(call, head, {
            key,
            value,
            standing,
            basis: '本机构规定',
            from: dayOf(system.services.clock.now()),
            reason: '工作需要',
        } as never);
    const later = (more: object = {}) => {
        const at = system.services.clock.now();
        return make({ startsAt: at - 2 * HOUR, endsAt: at - HOUR, ...more });
    };
    it('documents may differ from the recording by less than a minute where it says so, from its day on, and never by more', async () => {
        const before = await later();
        await expect(set('act.documentToleranceSeconds', 90)).rejects.toMatchObject({ code: 'parameter.looser' });
        await set('act.documentToleranceSeconds', 20);
        system.services.clock.advance(30 * HOUR);
        const after = await later();
        expect([(await get(before)).documentToleranceMs, (await get(after)).documentToleranceMs]).toEqual([60_000, 20_000]);
    });

    it('reasons of interruptions are spoken nearer to them where it says so, from its day on, and never farther', async () => {
        const before = await later();
        await expect(set('act.spokenReasonSeconds', 121)).rejects.toMatchObject({ code: 'parameter.looser' });
        await set('act.spokenReasonSeconds', 30);
        system.services.clock.advance(30 * HOUR);
        const after = await later();
        expect([(await get(before)).spokenWithinMs, (await get(after)).spokenWithinMs]).toEqual([120_000, 30_000]);
    });

    it('files that are to be stored sooner than the notice asks are late by the organisation’s term, from its day on', async () => {
        const before = await later();
        // 附件1 第15条 is a limit: nobody may allow more.
        await expect(set('deadline.recordingUpload', { length: 48, unit: 'hour' }, 'verify')).rejects.toMatchObject({
            code: 'parameter.looser',
        });
        await set('deadline.recordingUpload', { length: 8, unit: 'hour' }, 'verify');
        system.services.clock.advance(30 * HOUR);
        const after = await later();
        expect([(await get(before)).storeWithinMs, (await get(after)).storeWithinMs]).toEqual([24 * HOUR, 8 * HOUR]);
        system.services.clock.advance(9 * HOUR);
        // Nothing came: the whole of it is missing now, where the notice alone would still wait.
        const { standing } = await get(after);
        expect([standing.status, standing.openGaps]).toEqual(['broken', 2]);
        const [listed] = (await call('act.list', concerned, { query: { limit: 200 } })).items.filter(({ id }) => id === after);
        expect(listed?.standing).toEqual(standing);
    });

    it('scenarios it adds are a must from their day on; 日常检查 may become one', async () => {
        const before = await make({ scenario: 'routineInspection' });
        await expect(later({ scenario: 'own.夜间巡查' })).rejects.toEqual(
            refused('act.scenarioUnknown', { scenario: '夜间巡查' }),
        );
        await set('act.addedScenarios', ['夜间巡查｜应当', '日常检查｜应当', '应急处置｜可以']);
        system.services.clock.advance(30 * HOUR);
        const modal = async (id: Id) => (await get(id)).segments.map((each) => [each.scenario, each.recording]);
        expect(await modal(before)).toEqual([['routineInspection', 'should']]);
        const own = await later({ scenario: 'own.夜间巡查' });
        expect(await modal(own)).toEqual([['own.夜间巡查', 'must']]);
        expect(await modal(await later({ scenario: 'routineInspection' }))).toEqual([['routineInspection', 'must']]);
        expect(await modal(await later({ scenario: 'own.应急处置' }))).toEqual([['own.应急处置', 'should']]);
        expect(await call('act.settings', concerned, {})).toMatchObject({
            scenarios: [
                { scenario: 'own.夜间巡查', recording: 'must' },
                { scenario: 'routineInspection', recording: 'must' },
                { scenario: 'own.应急处置', recording: 'should' },
            ],
            grounds: ['易燃易爆场所', '无菌场所'],
        });
        const found = (await call('act.list', concerned, { query: { scenario: 'own.夜间巡查' } })).items;
        expect(found.map((each) => each.id)).toEqual([own]);
        expect(
            (await call('act.list', concerned, { query: { mandatory: 'yes', limit: 200 } })).items.map((each) => each.id),
        ).toContain(own);
    });

    it('检查码 is asked of inspections once it is switched on, and has the form that is set', async () => {
        await set('act.inspectionCodeRequired', true);
        await set('act.inspectionCodeFormat', 'AA-9999', 'verify');
        system.services.clock.advance(30 * HOUR);
        const id = await later();
        const close = () => call('act.close', concerned, { params: { id }, body: { as: 'closed' } });
        expect((await get(id)).inspectionCode).toMatchObject({ missing: true, format: 'AA-9999' });
        await expect(close()).rejects.toEqual(refused('act.inspectionCodeMissing'));
        const state = async (code: string) =>
            call('act.stateInspectionCode', concerned, {
                params: { id },
                body: { code, exempt: null, version: (await get(id)).version },
            });
        await expect(state('12')).rejects.toEqual(refused('act.inspectionCodeWrong', { code: '12' }));
        await state('SH-0001');
        await close();
        // A check inside a case is nobody's plan: the case says that the act is in it, and as long as it does.
        const inCase = await later();
        const { id: caseId } = await call('case.open', concerned, {
            body: { procedure: 'penalty', source: 'inspection', title: '检查案', openedAt: now, handlerIds: [zhang] },
        });
        const lacks = async () => (await get(inCase)).inspectionCode.missing;
        expect(await lacks()).toBe(true);
        const { id: link } = await call('case.linkAct', concerned, { params: { id: caseId }, body: { actId: inCase } });
        expect(await lacks()).toBe(false);
        await call('case.unlinkAct', concerned, { params: { id: link }, body: { reason: '归错' } });
        expect(await lacks()).toBe(true);
        await call('case.linkAct', concerned, { params: { id: caseId }, body: { actId: inCase } });
        await call('act.close', concerned, { params: { id: inCase }, body: { as: 'closed' } });
        const complaint = await later({ scenario: 'complaintHandling' });
        await call('act.close', concerned, { params: { id: complaint }, body: { as: 'closed' } });
    });

    it('the list of what to do has what was added by then', async () => {
        await set('act.addedChecks', ['执法前｜带齐采样箱']);
        system.services.clock.advance(30 * HOUR);
        const id = await later();
        await call('act.tick', concerned, { params: { id }, body: { key: 'before｜带齐采样箱', done: true } });
        expect((await get(id)).checks.find((each) => each.words !== null)).toMatchObject({
            phase: 'before',
            words: '带齐采样箱',
            tickedBy: '张明',
        });
    });
});

describe('the list', () => {
    it('is filtered by how acts stand, page by page and with a true count', async () => {
        const all = (await call('act.list', concerned, { query: { limit: 200 } })).items;
        for (const standing of ['held', 'act', 'judge', 'broken'] as const) {
            const wanted = all.filter(
                (each) => each.standing.status === standing && (each.state === 'open' || each.state === 'closed'),
            );
            const found: string[] = [];
            let cursor: string | undefined;
            do {
                const query = { standing, limit: 2, ...(cursor === undefined ? {} : { cursor }) };
                const page = await call('act.list', concerned, { query });
                expect(page.total).toBe(wanted.length);
                found.push(...page.items.map((each) => each.id));
                cursor = page.next ?? undefined;
            } while (cursor !== undefined);
            expect([standing, found]).toEqual([standing, wanted.map((each) => each.id)]);
        }
    });
});

it('only what says who was where when looks for recordings anew', async () => {
    const id = await make();
    const runs = async () => {
        const { rows } = await system.superPool.query<{ revision: number }>(
            'select revision from graphile_worker._private_jobs where key = $1',
            [`recording.proposeAround:${id}`],
        );
        return rows.map((row) => row.revision);
    };
    const before = await runs();
    expect(before).toHaveLength(1);
    await call('act.markSecrecy', concerned, { params: { id }, body: { secrecy: 'trade', version: (await get(id)).version } });
    expect(await runs()).toEqual(before);
    const { version, startsAt } = await get(id);
    const times = { startsAt: startsAt ?? 0, endsAt: now - 2 * HOUR + MINUTE };
    await call('act.update', concerned, {
        params: { id },
        body: { scenario: 'doubleRandomInspection', partyId: party, place: '示范路 9 号', ...times, version },
    });
    expect(await runs()).not.toEqual(before);
});
