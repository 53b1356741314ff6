import { DAY, dayOf, HOUR, type Id, judgeAct, MINUTE, type Role, readVerdict, SYSTEM_ID } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../platform/command/command.ts';
import { insertRow } from '../../platform/command/row-writer.ts';
import { commandBy } from '../../testing/builders.ts';
import {
    addOrganisation,
    addPerson,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { insertFootage } from '../../testing/footage.ts';
import { setParameter } from '../../testing/set-parameter.ts';
import { actHandlers } from '../act/act.routes.ts';
import { parameterHandlers } from '../parameter/parameter.routes.ts';
import { findingHandlers } from './finding.routes.ts';
import { LogFollower } from './follow-log.ts';

const handlersOf = ({ services }: FeatureSystem) => ({
    ...actHandlers(services),
    ...findingHandlers(services),
    ...parameterHandlers(services),
});

let system: FeatureSystem;
let pudong: TestOrganisation;
let minhang: TestOrganisation;
let follower: LogFollower;
let [zhang, zeng, head, other]: [Id, Id, Id, Id] = ['', '', '', ''];
let start: number;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    minhang = await addOrganisation(system, '310112', '闵行区卫生健康委员会监督所');
    zhang = await addPerson(system, pudong, '张明', 'officer');
    zeng = await addPerson(system, pudong, '曾丽', 'officer');
    head = await addPerson(system, pudong, '高远', 'officer');
    other = await addPerson(system, pudong, '何洁', 'officer');
    call = caller(system, handlersOf(system));
    follower = new LogFollower(system.services, async () => [pudong.id, minhang.id]);
    start = Math.floor(system.services.clock.now() / MINUTE) * MINUTE - 50 * HOUR;
});
afterAll(async () => {
    await follower.close();
    await system.expectSound();
    await system.close();
});

const as = (actor: Id, ...roles: Role[]): TestOrganisation => ({ ...pudong, actor, roles });
const officer = (of: Id) => as(of, 'officer');
const chief = () => as(head, 'sectionHead');

const makeAct = async (
    more: { scenario?: 'doubleRandomInspection' | 'routineInspection'; people?: readonly Id[]; at?: number } = {},
) => {
    const at = more.at ?? start;
    const { id } = await call('act.create', officer(zhang), {
        body: {
            scenario: more.scenario ?? 'doubleRandomInspection',
            place: '示范路 1 号',
            startsAt: at,
            endsAt: at + HOUR,
            participants: (more.people ?? [zhang, zeng]).map((personId) => ({ personId, part: 'officer' as const })),
        },
    });
    return id;
};

/** Footage by a recorder whose clock is known to the second, in minutes of the act. */
const film = (
    act_id: Id,
    person_id: Id,
    [from, to]: [number, number],
    { at = start, receivedAt }: { at?: number; receivedAt?: number } = {},
) =>
    runCommand(
        system.services.commands,
        commandBy(system.services, pudong.id, pudong.actor),
        'recording.register',
        async (tx) => {
            const during = [at + from * MINUTE, at + to * MINUTE] as const;
            const footage = { actId: act_id, personId: person_id, uploadedBy: pudong.actor, during };
            const id = await insertFootage(tx, { ...footage, receivedAt: receivedAt ?? during[1] + HOUR });
            return {
                result: id,
                events: [{ kind: 'recording.registered', creates: [id], objects: [act_id], body: {} }],
            };
        },
    );

const ofAct = (id: Id, who = chief()) => call('finding.ofAct', who, { params: { id } });
const codesOf = async (id: Id) => (await ofAct(id)).findings.map(({ code, state }) => `${code} ${state}`);

describe('an act is judged as its facts change', () => {
    it('by following the log: what nobody recorded is found, and settled by what comes', async () => {
        const act = await makeAct();
        expect((await ofAct(act)).judgement).toBeNull();
        await follower.look();
        expect(await codesOf(act)).toEqual(['recording.none open', 'recording.none open']);
        const found = await ofAct(act);
        expect(found.judgement).toMatchObject({ verdict: 'fail', count: 1 });
        expect(found.findings.map(({ person, owner }) => [person?.id, owner?.id])).toEqual([
            [zhang, zhang],
            [zeng, zeng],
        ]);
        await film(act, zhang, [-1, 61]);
        await film(act, zeng, [-1, 30]);
        await follower.look();
        expect(await codesOf(act)).toEqual([
            'recording.gap open',
            'party.missing open',
            'recording.none settled',
            'recording.none settled',
        ]);
        await film(act, zeng, [30, 61]);
        await follower.look();
        expect(await codesOf(act)).toEqual([
            'party.missing open',
            'recording.none settled',
            'recording.none settled',
            'recording.gap settled',
        ]);
    });

    it('a new verdict cites the old: the log lists them by the judgement of the act, in one line without a hole', async () => {
        const act = await makeAct();
        await follower.look();
        const { version } = await call('act.get', officer(zhang), { params: { id: act } });
        const times = { startsAt: start, endsAt: start + 2 * HOUR };
        const body = { scenario: 'doubleRandomInspection' as const, place: '示范路 1 号', ...times, version };
        await call('act.update', officer(zhang), { params: { id: act }, body });
        await follower.look();
        const judgement = (await ofAct(act)).judgement;
        expect(judgement?.count).toBe(2);
        const { rows } = await system.superPool.query(
            `select o.seq::int as seq, e.kind from ledger.object o join ledger.entry e using (org_id, idx)
             where o.object_id = $1 order by o.seq`,
            [judgement?.id],
        );
        expect(rows).toEqual([0, 1].map((seq) => ({ seq, kind: 'act.judged' })));
    });

    it('a look without a change writes nothing', async () => {
        await follower.look();
        const size = async () => (await system.superPool.query('select sum(size)::int as size from ledger.head')).rows[0].size;
        const before = await size();
        await follower.look();
        expect(await size()).toBe(before);
    });

    it('what is due later is judged when it is due, by time alone', async () => {
        const at = system.services.clock.now() - 2 * HOUR;
        const act = await makeAct({ at });
        await follower.look();
        const verdictOf = async () => (await ofAct(act)).judgement?.verdicts.find((each) => each.rule === 'recordedThroughout');
        expect(await verdictOf()).toMatchObject({ verdict: 'needsReview', missing: ['notDue'] });
        system.services.clock.advance(23 * HOUR - 1);
        await follower.look();
        expect(await verdictOf()).toMatchObject({ verdict: 'needsReview', missing: ['notDue'] });
        system.services.clock.advance(1);
        await follower.look();
        expect(await verdictOf()).toMatchObject({ verdict: 'fail', modal: 'must' });
    });

    it('each judgement is an entry with rules, versions and facts, from which the same verdicts follow again', async () => {
        const { rows } = await system.superPool.query(
            `select convert_from(b.body, 'UTF8') as body, e.at, e.actor from ledger.entry e join ledger.body b using (org_id, idx)
             where e.kind = 'act.judged' order by e.idx`,
        );
        expect(rows.length).toBeGreaterThan(3);
        for (const row of rows) {
            const body = JSON.parse(row.body);
            expect(row.actor).toBe(SYSTEM_ID);
            const again = judgeAct(JSON.parse(body.facts), Number(row.at));
            expect(body.rules.map(readVerdict)).toEqual(again.verdicts.map(({ findings: _, unsure: __, ...verdict }) => verdict));
        }
    });

    it('what is called off is no longer judged, its findings are settled', async () => {
        const act = await makeAct();
        await follower.look();
        expect((await ofAct(act)).judgement?.verdict).toBe('fail');
        await call('act.close', officer(zhang), { params: { id: act }, body: { as: 'cancelled', reason: '重复登记' } });
        await follower.look();
        expect((await ofAct(act)).judgement).toMatchObject({ verdict: 'notApplicable', verdicts: [] });
        expect(await codesOf(act)).toEqual(['recording.none settled', 'recording.none settled']);
    });
});

describe('a finding', () => {
    let act: Id;
    let gap: Id;
    beforeAll(async () => {
        act = await makeAct({ scenario: 'doubleRandomInspection' });
        await film(act, zhang, [-1, 20]);
        await film(act, zhang, [25, 61]);
        await film(act, zeng, [-1, 61]);
        await follower.look();
        gap = (await ofAct(act)).findings.find((each) => each.code === 'recording.gap')?.id ?? '';
    });
    const get = (who: TestOrganisation) => call('finding.get', who, { params: { id: gap } });
    const standing = async () => {
        const { status, record, found } = (await call('act.get', officer(zhang), { params: { id: act } })).standing;
        return [status, record, found.open, found.waiting, found.confirmed];
    };

    it('is answered by those concerned, and by nobody else', async () => {
        expect(await get(officer(zhang))).toMatchObject({
            state: 'open',
            mayAnswer: true,
            mayDecide: false,
            params: { lengthMs: 5 * MINUTE },
        });
        expect(await get(officer(other))).toMatchObject({ mayAnswer: false });
        const answer = (who: TestOrganisation) =>
            call('finding.answer', who, { params: { id: gap }, body: { kind: 'explain', words: '更换电池，期间未执法' } });
        await expect(answer(officer(other))).rejects.toMatchObject({ code: 'finding.notYours' });
        // The gap, and the party that nobody named.
        expect(await standing()).toEqual(['act', 'act', 2, 0, 0]);
        await answer(officer(zhang));
        expect(await standing()).toEqual(['act', 'act', 1, 1, 0]);
        await expect(answer(officer(zhang))).rejects.toMatchObject({ code: 'finding.answeredAlready' });
        expect(await get(chief())).toMatchObject({ state: 'answered', mayDecide: true });
    });

    it('is withdrawn by whoever answered, before the decision', async () => {
        await expect(call('finding.withdraw', officer(zeng), { params: { id: gap }, body: {} })).rejects.toMatchObject({
            code: 'finding.notYours',
        });
        await call('finding.withdraw', officer(zhang), { params: { id: gap }, body: {} });
        expect(await get(officer(zhang))).toMatchObject({ state: 'open', answers: [{ state: 'withdrawn' }] });
        await expect(call('finding.decide', chief(), { params: { id: gap }, body: { as: 'accepted' } })).rejects.toMatchObject({
            code: 'finding.answerNotFound',
        });
    });

    it('is not decided on by whoever took part, and not refused without a reason', async () => {
        await call('finding.answer', officer(zhang), { params: { id: gap }, body: { kind: 'explain', words: '更换电池' } });
        const decide = (who: TestOrganisation, as: 'accepted' | 'refused', words?: string) =>
            call('finding.decide', who, { params: { id: gap }, body: { as, ...(words === undefined ? {} : { words }) } });
        await expect(decide(as(zeng, 'sectionHead'), 'accepted')).rejects.toMatchObject({ code: 'finding.ownAct' });
        await expect(decide(chief(), 'refused')).rejects.toMatchObject({ code: 'finding.reasonMissing' });
        await decide(chief(), 'refused', '请说明更换电池用时五分钟的原因');
        expect(await get(officer(zhang))).toMatchObject({ state: 'open', mayAnswer: true });
        expect((await get(officer(zhang))).answers.at(-1)).toMatchObject({ state: 'refused', decidedBy: { name: '高远' } });
    });

    it('explained and accepted, the gap is an explained one on the act too, and the rule passes', async () => {
        await call('finding.answer', officer(zhang), {
            params: { id: gap },
            body: { kind: 'explain', words: '更换电池，备用电池在车内' },
        });
        await call('finding.decide', chief(), { params: { id: gap }, body: { as: 'accepted' } });
        await follower.look();
        expect(await get(officer(zhang))).toMatchObject({ state: 'explained' });
        expect((await ofAct(act)).judgement?.verdicts.find((each) => each.rule === 'interruptionsExplained')).toMatchObject({
            verdict: 'pass',
            params: { gaps: 1, explained: 1 },
        });
        const { items } = await call('finding.interruptions', chief(), { query: { state: 'explained' } });
        expect(items).toMatchObject([
            {
                act: { id: act },
                person: { id: zhang },
                source: 'answer',
                words: '更换电池，备用电池在车内',
                acceptedBy: { name: '高远' },
            },
        ]);
        expect((await call('act.get', officer(zhang), { params: { id: act } })).explanations).toMatchObject([
            { personId: zhang },
        ]);
        // Recorded throughout as far as anybody asks; still not complete, because of the party.
        expect(await standing()).toEqual(['act', 'held', 1, 0, 0]);
    });

    it('that nothing explains is confirmed as a violation, with the reason, by somebody else', async () => {
        const party = (await ofAct(act)).findings.find((each) => each.code === 'party.missing')?.id ?? '';
        const confirm = (who: TestOrganisation) =>
            call('finding.confirm', who, { params: { id: party }, body: { words: '经核查未对应一户一档' } });
        await expect(confirm(as(zhang, 'sectionHead'))).rejects.toMatchObject({ code: 'finding.ownAct' });
        await confirm(chief());
        await expect(confirm(chief())).rejects.toMatchObject({ code: 'finding.notOpen' });
        await follower.look();
        expect((await ofAct(act)).findings.find((each) => each.id === party)?.state).toBe('stands');
        expect(await standing()).toEqual(['broken', 'held', 0, 0, 1]);
        const listed = async (status: 'held' | 'broken') =>
            (await call('act.list', chief(), { query: { standing: status } })).items.some(({ id }) => id === act);
        expect([await listed('held'), await listed('broken')]).toEqual([false, true]);
    });

    it('a file that came late is explained on the board and stays late', async () => {
        const late = await makeAct();
        await film(late, zhang, [-1, 61], { receivedAt: start + 61 * MINUTE + 25 * HOUR });
        await follower.look();
        const finding = (await ofAct(late)).findings.find((each) => each.code === 'stored.late');
        expect(finding).toMatchObject({ state: 'open', params: { tookMs: 25 * HOUR, limitMs: DAY }, mayAnswer: false });
        await expect(
            call('finding.answer', officer(zhang), {
                params: { id: finding?.id ?? '' },
                body: { kind: 'explain', words: '设备故障' },
            }),
        ).rejects.toMatchObject({ code: 'finding.onBoard' });
    });
});

describe('the ledger of interruptions', () => {
    it('names whoever signed the paper that explains one (附件1 第10条)', async () => {
        const act = await makeAct();
        await film(act, zhang, [-1, 20]);
        await film(act, zhang, [25, 61]);
        const [from, to] = [start + 20 * MINUTE, start + 25 * MINUTE];
        const content = { officers: [{ person: zhang, name: '张明' }], start: from, end: to, reason: '记录仪异常停止' };
        await runCommand(system.services.commands, commandBy(system.services, pudong.id, zhang), 'test.paper', async (tx) => {
            const { id } = await insertRow(tx, 'document', {
                ...{ id: tx.newId(), type: 'interruptionStatement', template_version: 1, origin: 'made', state: 'approved' },
                ...{ act_id: act, title: '情况说明', search_text: '', content: JSON.stringify(content), revision: 1 },
                ...{
                    author_id: zhang,
                    writer_ids: [zhang],
                    made_at: tx.now,
                    entered_at: tx.now,
                    saved_at: tx.now,
                    saved_by: zhang,
                },
                ...{ approved_at: tx.now, approved_by: head, approved_as: 'sectionHead', waits_for: null },
            });
            return { result: id, events: [{ kind: 'document.signed', creates: [id], objects: [act], body: {} }] };
        });
        await follower.look();
        const { items } = await call('finding.interruptions', chief(), { query: { state: 'explained', limit: 100 } });
        expect(items.filter((each) => each.act.id === act)).toMatchObject([
            {
                ...{ person: { id: zhang }, from, to, source: 'paper', words: '记录仪异常停止' },
                ...{ acceptedBy: { name: '高远' }, markedBy: null },
            },
        ]);
    });

    it('of a reason that is spoken the ledger says who marked it, and that nobody accepted it', async () => {
        const act = await makeAct();
        await film(act, zhang, [-1, 20]);
        await film(act, zeng, [-1, 61]);
        // It goes on for twenty minutes, and breaks off for good.
        const after = await film(act, zhang, [30, 50]);
        const say = (media_ms: number, words: string) =>
            runCommand(system.services.commands, commandBy(system.services, pudong.id, zeng), 'test.mark', async (tx) => {
                const { id } = await insertRow(tx, 'recording_mark', {
                    ...{ id: tx.newId(), recording_id: after, kind: 'gapReason', media_ms, words },
                    ...{ made_by: zeng, made_at: tx.now },
                });
                return { result: id, events: [{ kind: 'recording.momentMarked', creates: [id], objects: [after], body: {} }] };
            });
        await say(5_000, '更换电池');
        await say(20 * MINUTE - 5_000, '电池耗尽');
        await follower.look();
        const { items } = await call('finding.interruptions', chief(), { query: { state: 'explained', limit: 100 } });
        const marked = { acceptedBy: null, markedBy: { id: zeng, name: '曾丽' }, own: true };
        expect(items.filter((each) => each.act.id === act)).toMatchObject([
            { ...{ place: 'trailing', source: 'spoken', words: '电池耗尽' }, ...marked },
            { ...{ place: 'between', source: 'spoken', words: '更换电池' }, ...marked },
        ]);
    });
});

describe('the list of findings', () => {
    it("is filtered, counted, and each one's own", async () => {
        const all = await call('finding.list', chief(), { query: {} });
        expect(all.total).toBe(all.counts.reduce((sum, each) => sum + each.count, 0));
        const open = await call('finding.list', chief(), { query: { state: 'unanswered' } });
        expect(open.items.every((each) => each.state === 'open' || each.state === 'answered')).toBe(true);
        const mine = await call('finding.list', officer(zeng), { query: { mine: 'yes', limit: 1 } });
        expect(mine.items.map((each) => each.owner?.id)).toEqual([zeng]);
        const second = await call('finding.list', officer(zeng), { query: { mine: 'yes', limit: 1, cursor: mine.next ?? '' } });
        expect(second.items[0]?.id).not.toBe(mine.items[0]?.id);
        expect(
            (await call('finding.list', chief(), { query: { q: '曾丽' } })).items.every((each) => each.owner?.id === zeng),
        ).toBe(true);
        expect((await call('finding.list', { ...minhang, roles: ['sectionHead'] }, { query: {} })).total).toBe(0);
    });

    it('is found the same, counted the same and leafed through the same by words that too many contain to be looked up', async () => {
        const query = async (more: Record<string, unknown>) =>
            call('finding.list', chief(), { query: { limit: 100, ...more } as never });
        // Words beyond the eighth are compared as those are.
        const eight = '示 范 路 示范 范路 示范路 张 明';
        const few = await query({ q: '张明 示范路' });
        expect(few.total).toBeGreaterThan(1);
        for (const q of [`${eight} 张明`, `${eight} 张明 示范`, `示 范 路 示范 范路 张 明 张明 示范路`]) {
            const many = await query({ q });
            expect([q, many.items, many.counts, many.total]).toEqual([q, few.items, few.counts, few.total]);
        }
        const q = `${eight} 张明`;
        const oldest = (await query({ q: '张明 示范路', order: 'oldest' })).items;
        const first = await query({ q, order: 'oldest', limit: 1 });
        const rest = await query({ q, order: 'oldest', cursor: first.next });
        expect([...first.items, ...rest.items]).toEqual(oldest);
        expect(rest.total).toBe(few.total);
        const open = await query({ q, state: 'open' });
        expect([open.items, open.counts]).toEqual([few.items.filter((each) => each.state === 'open'), few.counts]);
        expect((await query({ q: `${eight} 张明 无此词语` })).total).toBe(0);
    });

    it('is found by words of the act and of its people, a word that stands nowhere finds none, and by when it took place', async () => {
        const query = async (more: Record<string, unknown>) =>
            (await call('finding.list', chief(), { query: { limit: 100, ...more } as never })).items;
        const all = await query({});
        const number = all.find((each) => each.act !== null)?.act?.number ?? '';
        expect(number).not.toBe('');
        expect(await query({ q: number })).toEqual(all.filter((each) => each.act?.number === number));
        const ofZhang = all.filter((each) => each.owner?.id === zhang || each.person?.id === zhang);
        expect(await query({ q: '张明' })).toEqual(ofZhang);
        expect(await query({ q: '张明 示范路' })).toEqual(ofZhang.filter((each) => each.act?.place.includes('示范路')));
        expect(await query({ q: '无此词语' })).toEqual([]);
        const startsAt = all.find((each) => each.act?.number === number)?.act?.startsAt ?? 0;
        expect(await query({ from: startsAt, to: startsAt + 1 })).toEqual(
            all.filter((each) => (each.act?.startsAt ?? each.foundAt) === startsAt),
        );
        expect(await query({ from: startsAt + 1 })).toEqual(
            all.filter((each) => (each.act?.startsAt ?? each.foundAt) > startsAt),
        );
    });

    it('of a secret act only those who may see it are told (附件1 第12条)', async () => {
        const act = await makeAct();
        await follower.look();
        const { version } = await call('act.get', officer(zhang), { params: { id: act } });
        await call('act.markSecrecy', officer(zhang), { params: { id: act }, body: { secrecy: 'privacy', version } });
        await expect(ofAct(act, officer(other))).rejects.toMatchObject({ code: 'act.restricted' });
        const seen = await call('finding.list', officer(other), { query: { limit: 200 } });
        expect(seen.items.some((each) => each.act?.id === act)).toBe(false);
        const own = await call('finding.list', officer(zhang), { query: { limit: 200 } });
        expect(own.items.some((each) => each.act?.id === act)).toBe(true);
        expect(
            (await call('finding.interruptions', officer(other), { query: { limit: 200 } })).items.some(
                (each) => each.act?.id === act,
            ),
        ).toBe(false);
    });

    it('a term that was tightened holds from then on, and not for what was before (附件1 第15条)', async () => {
        const { clock } = system.services;
        await setParameter(call, chief(), {
            key: 'deadline.recordingUpload',
            value: { length: 12, unit: 'hour' },
            standing: 'verified',
            basis: '附件1 第15条，本机构从严',
            from: dayOf(clock.now()),
            reason: '当日入库',
        });
        clock.advance(3 * HOUR);
        const at = Math.floor(clock.now() / MINUTE) * MINUTE - 2 * HOUR;
        const [before, after] = [await makeAct(), await makeAct({ at })];
        for (const [act, from] of [
            [before, start],
            [after, at],
        ] as const)
            await film(act, zhang, [-1, 61], { at: from, receivedAt: from + 61 * MINUTE + 13 * HOUR });
        await follower.look();
        expect(await codesOf(before)).not.toContain('stored.late open');
        expect(await codesOf(after)).toContain('stored.late open');
        expect((await ofAct(after)).findings.find((each) => each.code === 'stored.late')?.params).toMatchObject({
            limitMs: 12 * HOUR,
        });
    });
});
