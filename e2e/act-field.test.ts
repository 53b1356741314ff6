import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { USUAL_PEOPLE } from '../apps/server/src/testing/found-institute.ts';
import { alertText, button, choose, eventually, field, gone, seen, takeFromMenu } from './steps.ts';
import { oneVisit, type Visit } from './story.ts';
import { type System, systemWith } from './system.ts';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

let system: System;
let visit: Visit;
let phone: Page;
let head: Page;

beforeAll(async () => {
    const sectionHead = {
        login: 'hekezhang',
        name: '贺科',
        kind: 'officer',
        certificate: '210009',
        roles: ['sectionHead'],
    } as const;
    const filled = await systemWith([...USUAL_PEOPLE, { ...sectionHead, roles: [...sectionHead.roles] }]);
    system = filled;
    visit = await oneVisit(filled);
    [phone, head] = await Promise.all([system.pageOf('zhouqing', PHONE), system.pageOf('hekezhang')]);
}, 120_000);
afterAll(async () => {
    await system?.close();
});

const act = async () => (await system.remoteOf('zhouqing')).call('act.get', { params: { id: visit.actId } });

describe('in the field, on a phone', () => {
    it('a check becomes preservation of evidence with a tap; the team and the site go with it', async () => {
        await phone.goto(`/acts/${visit.actId}`);
        await button(phone, '增加环节').click();
        const drawer = phone.getByRole('dialog', { name: '增加执法环节' });
        await drawer.getByText('证据先行登记保存', { exact: true }).first().click();
        await drawer.getByText('同时结束环节 1').click();
        const { startsAt } = await act();
        const minute = (offset: number) => new Date(startsAt + 8 * 3_600_000 + offset * 60_000).toISOString().slice(11, 16);
        const day = new Date(startsAt + 8 * 3_600_000).toISOString().slice(0, 10);
        for (const [name, at] of [
            ['开始', minute(1)],
            ['结束', minute(5)],
        ] as const) {
            await field(drawer, `${name} 日期`).fill(day);
            await field(drawer, `${name} 时间`).fill(at);
        }
        await button(drawer, '保存').click();
        await gone(drawer);
        const stages = phone.getByRole('region', { name: '执法环节' });
        await seen(stages.getByText('证据先行登记保存'));
        const { segments, scenarios, participants, endsAt } = await act();
        expect(scenarios).toEqual(['doubleRandomInspection', 'evidencePreservation']);
        expect(segments.map((each) => [each.startsAt - startsAt, each.endsAt - startsAt])).toEqual([
            [0, 60_000],
            [60_000, 300_000],
        ]);
        expect(endsAt - startsAt).toBe(300_000);
        expect(participants.map((each) => each.presence.length)).toEqual([2, 2]);
        await seen(phone.getByRole('region', { name: '时间对照' }));
        // Nothing is wider than the phone.
        expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
        await system.expectSound();
    });

    it('a colleague of another agency is named, and an officer who left early says so', async () => {
        await button(phone, '增加参与人员').click();
        const adding = phone.getByRole('dialog', { name: '增加参与人员' });
        await choose(adding, '身份', '其他部门人员');
        await field(adding, '姓名').fill('秦放');
        await button(adding, '保存').click();
        await seen(adding.getByText('必填'));
        await field(adding, '所属部门').fill('消防救援大队（测试）');
        await button(adding, '保存').click();
        await gone(adding);
        const people = phone.getByRole('region', { name: '参与人员' });
        await seen(people.getByText('消防救援大队（测试）'));

        await takeFromMenu(phone, button(people, '更多 何北'), '在场时间');
        const stay = phone.getByRole('dialog', { name: '何北 的在场时间' });
        const until = field(stay, '环节 2 离开 时间');
        const end = await until.inputValue();
        await until.fill(`${end.slice(0, 3)}${String(Number(end.slice(3)) - 2).padStart(2, '0')}`);
        await button(stay, '保存').click();
        await gone(stay);
        await seen(phone.getByText('不足两名监督员 2 分'));
        expect((await act()).standing).toMatchObject({ status: 'act', missingOfficers: 0 });
        await system.expectSound();
    });

    it('an exemption waits for the head, then counts as that, and nobody confirms their own', async () => {
        const card = phone.getByRole('region', { name: '不作音像记录' });
        await button(card, '登记').click();
        const dialogue = phone.getByRole('dialog', { name: '登记不作音像记录' });
        await choose(dialogue, '场所', '无菌场所');
        await button(dialogue, '登记').click();
        await gone(dialogue);
        await seen(card.getByText('待确认'));
        expect(await button(card, '确认').count()).toBe(0);
        await head.goto(`/acts/${visit.actId}`);
        const waiting = head.getByRole('region', { name: '不作音像记录' });
        await seen(waiting.getByText('无菌场所'));
        const { exemptions } = await act();
        expect(exemptions).toMatchObject([{ state: 'waiting', ground: '无菌场所' }]);
        await button(waiting, '确认').click();
        await eventually(async () => (await act()).exemptions[0]?.state).toBe('confirmed');
        await seen(waiting.getByText('贺科 已确认', { exact: false }));
        await system.expectSound();
    });

    it('the list of what to do is ticked with the thumb; a state secret is refused', async () => {
        await phone.reload();
        const list = phone.getByRole('region', { name: '检查清单' });
        await list.getByText('记录仪无故障').click();
        await seen(list.getByText(/^周青 /));
        const marks = phone.getByRole('region', { name: '保密与检查码' });
        await choose(marks, '保密级别', '国家秘密');
        expect(await alertText(phone)).toContain('国家秘密不得录入本系统');
        expect((await act()).secrecy).toBe('open');
        await choose(marks, '保密级别', '商业秘密');
        await eventually(async () => (await act()).secrecy).toBe('trade');
        await system.expectSound();
    });

    it('of a marked act a stranger sees number and kind only', async () => {
        const stranger = await system.pageOf('lumanager');
        await stranger.goto('/acts');
        await seen(stranger.getByText(`${visit.actNumber} · 双随机现场检查`));
        expect(await stranger.getByText('云汀泳池').count()).toBe(0);
        await stranger.goto(`/acts/${visit.actId}`);
        await seen(stranger.getByText('只有参与人员和负责人可以查看', { exact: false }));
        await system.expectSound();
    });

    it('an act is announced, prepared and begun', async () => {
        await phone.goto(`/acts/new?partyId=${visit.partyId}`);
        await choose(phone, '执法情形', '日常检查');
        const soon = new Date(Date.now() + 8 * 3_600_000 + 3_600_000);
        const day = soon.toISOString().slice(0, 10);
        await eventually(() => field(phone, '地点').inputValue()).toBe('示范路 266 号');
        await field(phone, '开始 日期').fill(day);
        await field(phone, '开始 时间').fill(soon.toISOString().slice(11, 16));
        const later = new Date(soon.getTime() + 1_800_000);
        await field(phone, '结束 日期').fill(later.toISOString().slice(0, 10));
        await field(phone, '结束 时间').fill(later.toISOString().slice(11, 16));
        await phone.getByText('先登记，到时再开始').click();
        await button(phone, '新建').click();
        await seen(phone.getByText('待执行'));
        expect(await phone.getByRole('region', { name: '时间对照' }).count()).toBe(0);
        await phone.getByRole('region', { name: '检查清单' }).getByText('电池电量充足').click();
        await button(phone, '开始执法').click();
        const dialogue = phone.getByRole('dialog', { name: '开始执法' });
        await button(dialogue, '开始执法').click();
        await gone(dialogue);
        await seen(phone.getByRole('region', { name: '时间对照' }));
        await system.expectSound();
    });
});
