import { type Id, MINUTE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPerson } from '../../testing/builders.ts';
import {
    addOrganisation,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { testHttp } from '../../testing/http.ts';
import { TEST_NOW } from '../../testing/services.ts';
import { setParameter } from '../../testing/set-parameter.ts';
import { actHandlers } from '../act/act.routes.ts';
import { parameterHandlers } from '../parameter/parameter.routes.ts';
import { partyHandlers } from '../party/party.routes.ts';
import { complaintsOfParty } from './complaint.queries.ts';
import { complaintHandlers } from './complaint.routes.ts';

let system: FeatureSystem;
let pudong: TestOrganisation;
let jingan: TestOrganisation;
let handlers: ReturnType<typeof complaintHandlers> &
    Pick<ReturnType<typeof actHandlers>, 'act.create'> &
    Pick<ReturnType<typeof parameterHandlers>, 'parameter.propose' | 'parameter.approve'> &
    Pick<ReturnType<typeof partyHandlers>, 'party.create' | 'party.timeline'>;
let call: ReturnType<typeof caller<keyof typeof handlers>>;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    jingan = await addOrganisation(system, '310106', '静安区卫生健康委员会监督所');
    handlers = {
        ...complaintHandlers(system.services),
        ...actHandlers(system.services),
        ...partyHandlers(system.services),
        ...parameterHandlers(system.services),
    };
    call = caller(system, handlers);
});

afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const given = {
    channel: 'phone' as const,
    receivedAt: TEST_NOW - 5 * MINUTE,
    subject: '反映某美容店涉嫌无证开展医疗美容',
    content: '来电人称 11 月 16 日在该店做过注射，店内未见执业许可证。',
    replyRequested: true,
    confidential: true,
};
const register = async (more: object = {}, who = pudong): Promise<Id> =>
    (await call('complaint.register', who, { body: { ...given, ...more } })).id;
const get = (id: Id) => call('complaint.get', pudong, { params: { id } });
const newAct = async (): Promise<Id> =>
    (
        await call('act.create', pudong, {
            body: {
                scenario: 'complaintHandling',
                place: '世纪大道 1 号',
                startsAt: TEST_NOW - 60 * MINUTE,
                endsAt: TEST_NOW - 30 * MINUTE,
                participants: [{ personId: pudong.actor, part: 'officer' }],
            },
        })
    ).id;

describe('a complaint', () => {
    it('goes from intake over checking and answer to its end', async () => {
        const { id: partyId } = await call('party.create', pudong, {
            body: { name: '悦容美容店', kind: 'naturalPerson', address: '世纪大道 1 号' },
        });
        const id = await register({ partyId, statedDueDay: '2026-11-25' });
        expect(await get(id)).toMatchObject({
            number: '310115-TS-2026-000001',
            state: 'registered',
            party: { name: '悦容美容店' },
            dueDay: '2026-11-25',
            dueBasis: 'stated',
            daysLeft: 7,
            identityKept: false,
        });
        await expect(call('complaint.close', pudong, { params: { id }, body: { result: '查无' } })).rejects.toMatchObject({
            code: 'complaint.wrongState',
        });
        await call('complaint.triage', pudong, { params: { id }, body: { outcome: 'accepted' } });
        const actId = await newAct();
        const link = await call('complaint.link', pudong, { params: { id }, body: { kind: 'act', targetId: actId } });
        await expect(
            call('complaint.link', pudong, { params: { id }, body: { kind: 'act', targetId: actId } }),
        ).rejects.toMatchObject({ code: 'complaint.linkTwice' });
        const checking = await get(id);
        expect([checking.state, checking.links.map((each) => each.title)]).toEqual(['inChecking', ['310115-2026-000001']]);
        await call('complaint.unlink', pudong, { params: { id: link.id }, body: { reason: '关联错了' } });
        await call('complaint.link', pudong, { params: { id }, body: { kind: 'act', targetId: actId } });
        await expect(call('complaint.close', pudong, { params: { id }, body: { result: '已责令改正' } })).rejects.toMatchObject({
            code: 'complaint.replyOwed',
        });
        await call('complaint.answer', pudong, { params: { id }, body: { answeredAt: TEST_NOW, text: '已对该店进行检查。' } });
        await call('complaint.close', pudong, { params: { id }, body: { result: '已责令改正' } });
        const closed = await get(id);
        expect([closed.state, closed.daysLeft, closed.closing?.result]).toEqual(['closed', null, '已责令改正']);
        const ofParty = await system.services.db.read({ readOrgs: [pudong.id] }, (db) =>
            complaintsOfParty(db, pudong.id, partyId, { now: TEST_NOW, trusted: true }),
        );
        expect(ofParty.map((each) => [each.number, each.state])).toEqual([['310115-TS-2026-000001', 'closed']]);
        const timeline = await call('party.timeline', pudong, { query: { partyId, kind: 'complaint' } });
        expect(timeline.items).toMatchObject([{ title: '310115-TS-2026-000001', state: 'closed' }]);
    });

    it('has no due day that nobody set, and the organisation’s own where it set one', async () => {
        expect(await get(await register({ channel: 'visit' }))).toMatchObject({
            dueDay: null,
            dueBasis: 'none',
            daysLeft: null,
            dueStanding: null,
        });
        await setParameter(call, jingan, {
            key: 'complaint.termVisit',
            value: { length: 15, unit: 'calendarDay' },
            standing: 'verify',
            basis: '本单位办理规程',
            from: '2026-11-18',
            reason: '核定',
        });
        system.services.clock.advance(10 * MINUTE);
        const id = await register({ channel: 'visit', receivedAt: TEST_NOW + 5 * MINUTE }, jingan);
        expect(await call('complaint.get', jingan, { params: { id } })).toMatchObject({
            dueDay: '2026-12-03',
            dueBasis: 'term',
            dueStanding: 'verify',
        });
        await call('complaint.triage', jingan, { params: { id }, body: { outcome: 'refused', reason: '不属于本机关职权' } });
        system.services.clock.advance(-10 * MINUTE);
    });

    it('is sent on or not taken up with a reason', async () => {
        const id = await register({ replyRequested: false });
        const triage = (body: object) =>
            call('complaint.triage', pudong, { params: { id }, body: body as { outcome: 'refused' } });
        await expect(triage({ outcome: 'refused' })).rejects.toMatchObject({ code: 'complaint.reasonMissing' });
        await expect(triage({ outcome: 'transferred', reason: '非本机关职权' })).rejects.toMatchObject({
            code: 'complaint.receiverMissing',
        });
        await triage({ outcome: 'transferred', reason: '非本机关职权', transferredTo: '区市场监管局' });
        expect((await get(id)).triage).toMatchObject({ reason: '非本机关职权', transferredTo: '区市场监管局' });
        await expect(triage({ outcome: 'accepted' })).rejects.toMatchObject({ code: 'complaint.wrongState' });
    });

    it('is one where its sheet comes twice', async () => {
        const id = await register({ channel: 'hotline', externalNumber: '12345-20261118-7' });
        const { number } = await get(id);
        await expect(register({ channel: 'hotline', externalNumber: '12345-20261118-7' })).rejects.toMatchObject({
            code: 'complaint.externalNumberTaken',
            params: { number },
        });
        await register({ channel: 'petition', externalNumber: '12345-20261118-7' });
    });

    it('is refused with what cannot be', async () => {
        await expect(register({ receivedAt: TEST_NOW + 1 })).rejects.toMatchObject({ code: 'complaint.inFuture' });
        await expect(register({ statedDueDay: '2026-11-17' })).rejects.toMatchObject({ code: 'complaint.dueBeforeReceived' });
        await expect(register({ partyId: pudong.id })).rejects.toMatchObject({ code: 'party.notFound' });
        const id = await register();
        await call('complaint.triage', pudong, { params: { id }, body: { outcome: 'accepted' } });
        await expect(
            call('complaint.link', pudong, { params: { id }, body: { kind: 'act', targetId: id } }),
        ).rejects.toMatchObject({ code: 'complaint.linkNotFound' });
        await expect(call('complaint.get', jingan, { params: { id } })).rejects.toMatchObject({ code: 'complaint.notFound' });
    });

    it('has its facts corrected, one person at a time', async () => {
        const id = await register();
        const change = (version: number) =>
            call('complaint.update', pudong, {
                params: { id },
                body: { place: '张杨路 5 号', statedDueDay: '2026-12-01', version },
            });
        expect(await change(1)).toEqual({ version: 2 });
        await expect(change(1)).rejects.toMatchObject({ code: 'conflict.changedMeanwhile' });
        expect(await get(id)).toMatchObject({ place: '张杨路 5 号', dueDay: '2026-12-01' });
    });
});

describe('the list', () => {
    it('puts what is late first and is found by party, number and words', async () => {
        const { id: partyId } = await call('party.create', jingan, { body: { name: '静安康复诊所', kind: 'naturalPerson' } });
        const make = (subject: string, more: object = {}) => register({ subject, ...more }, jingan);
        await make('无期限');
        await make('后到期', { statedDueDay: '2026-12-05' });
        await make('先到期', { statedDueDay: '2026-11-19', partyId });
        system.services.clock.advance(3 * 86_400_000);
        const due = await call('complaint.list', jingan, { query: { order: 'due', limit: 2 } });
        expect(due.items.map((each) => [each.subject, each.daysLeft])).toEqual([
            ['先到期', -2],
            ['后到期', 14],
        ]);
        const rest = await call('complaint.list', jingan, { query: { order: 'due', limit: 2, cursor: due.next ?? '' } });
        expect([rest.items.map((each) => each.subject), rest.total]).toEqual([['无期限'], 3]);
        const subjects = async (query: object) =>
            (await call('complaint.list', jingan, { query })).items.map((each) => each.subject);
        expect(await subjects({ due: 'late' })).toEqual(['先到期']);
        expect(await subjects({ due: 'none' })).toEqual(['无期限']);
        expect(await subjects({ q: 'jakfzs' })).toEqual(['先到期']);
        expect(await subjects({ q: 'hdq' })).toEqual(['后到期']);
        expect(await subjects({ limit: 1 })).toEqual([expect.any(String)]);
    });
});

describe('who complained', () => {
    const identity = { name: '欧阳明慧', phone: '13900006721', idNumber: '310101199001017777' };

    it('is in no table, no log and no answer in clear', async () => {
        const id = await register({ identity });
        await expect(register({ identity, content: '欧阳明慧反映该店无证' })).rejects.toMatchObject({
            code: 'complaint.identityInText',
            params: { field: 'content' },
        });
        await call('complaint.keepIdentity', pudong, { params: { id }, body: { ...identity, other: '住院号 882170395164' } });
        expect((await call('complaint.viewIdentity', pudong, { params: { id }, body: { purpose: '电话答复' } })).other).toBe(
            '住院号 882170395164',
        );
        const { rows: tables } = await system.superPool.query<{ name: string }>(
            `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p') and n.nspname in ('liuhen', 'ledger', 'graphile_worker', 'jobs', 'migration')`,
        );
        expect(tables.length).toBeGreaterThan(20);
        const secrets = [...Object.values(identity), '882170395164'];
        // Bytes are shown as hex: both forms are looked for. A secret is long, or a digest would hold it by chance.
        const needles = secrets.flatMap((each) => [each, Buffer.from(each).toString('hex')]);
        for (const { name } of tables)
            for (const needle of needles) {
                const found = await system.superPool.query(`select from ${name} t where position($1 in t::text) > 0`, [needle]);
                expect([name, needle, found.rowCount]).toEqual([name, needle, 0]);
            }
        // The sieve does find what is there.
        const { rowCount } = await system.superPool.query(`select from ledger.body t where position($1 in t::text) > 0`, [
            Buffer.from('电话答复').toString('hex'),
        ]);
        expect(rowCount).toBe(1);
        const shown = JSON.stringify([await get(id), await call('complaint.list', pudong, { query: {} })]);
        for (const secret of secrets) expect(shown).not.toContain(secret);
    });

    it('is shown to those who may, and every look is an entry', async () => {
        const http = await testHttp(system.services, { handlers });
        const officer = await buildPerson(system.services, pudong);
        const head = await buildPerson(system.services, pudong, { kind: 'staff', roles: ['sectionHead'] });
        const id = await register({ identity });
        const audit = http.browser();
        await audit.signIn(pudong.auditAdmin.login);
        const asOfficer = http.browser();
        await asOfficer.signIn(officer.login);
        const look = (browser: typeof audit, more: object = {}) =>
            browser.call('complaint.viewIdentity', { params: { id }, body: { purpose: '核实情况' }, ...more });
        expect((await look(audit)).code).toBe('access.denied');
        expect((await look(asOfficer)).code).toBe('access.denied');
        expect((await asOfficer.call('complaint.get', { params: { id } })).body.identityKept).toBe(true);
        const asHead = http.browser();
        await asHead.signIn(head.login);
        expect((await asHead.call('complaint.viewIdentity', { params: { id }, body: {} })).code).toBe('request.invalid');
        const wordy = { purpose: '核'.repeat(5_000) };
        expect((await asHead.call('complaint.viewIdentity', { params: { id }, body: wordy })).code).toBe('request.textTooLong');
        const commandId = system.services.clock.newId();
        expect((await look(asHead, { commandId })).body).toEqual(identity);
        // The answer is not kept: the same request shows nothing a second time.
        expect((await look(asHead, { commandId })).code).toBe('request.commandIdReused');
        await look(asHead);
        const looks = await system.superPool.query(
            `select e.actor from ledger.entry e join ledger.object o using (org_id, idx)
             where e.kind = 'complaint.identityViewed' and o.object_id = $1`,
            [id],
        );
        expect(looks.rows.map((row) => row.actor)).toEqual([head.id, head.id]);
    });

    it('may be nobody, and cannot be moved to another complaint', async () => {
        const [first, second] = [await register({ identity }), await register({ identity: { name: '令狐' } })];
        const third = await register();
        await expect(
            call('complaint.viewIdentity', pudong, { params: { id: third }, body: { purpose: '核实' } }),
        ).rejects.toMatchObject({ code: 'complaint.identityNone' });
        const { rows } = await system.superPool.query('select sealed from liuhen.complaint_identity where id = $1', [first]);
        expect(() => system.services.secrets.open('complaint.identity', second, rows[0].sealed)).toThrow();
    });
});

it('a repeated registration is one complaint', async () => {
    const commandId = system.services.clock.newId();
    const first = await call('complaint.register', pudong, { body: given }, commandId);
    expect(await call('complaint.register', pudong, { body: given }, commandId)).toEqual(first);
});
