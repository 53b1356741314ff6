import { DAY, dayOf, MINUTE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { setParameter } from '../apps/server/src/demo/stories/set-parameter.ts';
import { button, choose, eventually, field, gone, seen } from './steps.ts';
import { systemWith } from './system.ts';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

let system: Awaited<ReturnType<typeof systemWith>>;

beforeAll(async () => {
    system = await systemWith([
        { login: 'zhouqing', name: '周青', kind: 'officer', certificate: '210001', roles: ['officer'] },
        { login: 'hebei', name: '何北', kind: 'officer', certificate: '210002', roles: ['officer'] },
        { login: 'fangsuo', name: '方所长', kind: 'officer', certificate: '210004', roles: ['instituteHead'] },
        { login: 'gaoyuan', name: '高远', kind: 'officer', certificate: '210003', roles: ['sectionHead'] },
    ]);
}, 120_000);
afterAll(() => system?.close());

describe('what nobody recorded', () => {
    it('is found by itself, explained from a phone, returned, explained better and accepted by somebody else', async () => {
        const remote = await system.remoteOf('zhouqing');
        const participants = ['zhouqing', 'hebei'].map((login) => ({
            personId: system.institute.people[login]?.id ?? '',
            part: 'officer' as const,
        }));
        // The notice sets no time for answers; the unit sets its own.
        await setParameter(await system.remoteOf('gaoyuan'), await system.remoteOf('fangsuo'), {
            key: 'finding.answerTerm',
            value: { length: 5, unit: 'calendarDay' },
            standing: 'own',
            basis: '本机构自定',
            from: dayOf(Date.now()),
            reason: '及时答复',
        });
        const endsAt = Math.floor(Date.now() / MINUTE) * MINUTE - 2 * DAY;
        const { id } = await remote.call('act.create', {
            body: {
                scenario: 'doubleRandomInspection',
                place: '示范路 9 号',
                startsAt: endsAt - 40 * MINUTE,
                endsAt,
                participants,
            },
        });

        const officer = await system.pageOf('zhouqing', PHONE);
        await officer.goto(`/acts/${id}`);
        await seen(officer.getByRole('link', { name: '没有本人的音像，应记录 40 分' }));
        // The first page of an officer says what is theirs to answer, and leads to nothing else.
        await officer.goto('/acts');
        await officer.getByRole('link', { name: '1 个合规问题待您答复' }).click();
        await seen(officer.getByText('共 1 条'));
        await officer.getByRole('link', { name: '没有本人的音像，应记录 40 分' }).click();
        await seen(officer.getByText('时间对照'));
        await seen(officer.getByText('答复期限（本单位自定）'));
        await gone(officer.getByText('未设期限'));
        const explain = async (words: string) => {
            await button(officer, '说明').click();
            const dialogue = officer.getByRole('dialog', { name: '说明情况' });
            await field(dialogue, '内容').fill(words);
            await button(dialogue, '说明').click();
            await gone(dialogue);
            await seen(officer.getByText('已答复，待处理'));
        };
        await explain('记录仪无法开机');

        const head = await system.pageOf('gaoyuan');
        await head.goto('/compliance/findings?order=due&overdue=yes');
        await seen(head.getByText('没有符合条件的问题'));
        await head.goto('/acts');
        await head.getByRole('link', { name: '1 个问题已答复，待您处理' }).click();
        await seen(head.getByText('共 1 条'));
        await head.getByRole('link', { name: '没有本人的音像，应记录 40 分' }).click();
        await button(head, '不采纳').click();
        const why = head.getByRole('dialog', { name: '不采纳' });
        await field(why, /原因/).fill('请写明设备编号和报修时间');
        await button(why, '不采纳').click();
        await gone(why);

        await officer.reload();
        await seen(officer.getByText(/请写明设备编号和报修时间/));
        await explain('A0911 无法开机，当日 16:20 交音像管理员报修');
        await head.reload();
        await button(head, '采纳').click();
        const accepting = head.getByRole('dialog', { name: '采纳' });
        await button(accepting, '采纳').click();
        await gone(accepting);
        // Words do not take the place of a recording (附件1 第5条).
        await seen(head.getByText('已说明，仍不符合').first());
        await seen(button(head, '确认违规'));

        // Judged again, the gap is an explained one: in the ledger of interruptions, and on the chart of the act.
        const explained = async () => (await remote.call('finding.interruptions', { query: { state: 'explained' } })).total;
        await eventually(explained).toBe(1);
        await head.goto('/compliance/interruptions?state=explained');
        await seen(head.getByRole('row', { name: /示范路 9 号.*A0911 无法开机.*高远/ }));
        await head.goto(`/acts/${id}`);
        await seen(head.getByText(/A0911 无法开机/));
        // Every verdict there was is one press away, each naming the one before.
        await seen(head.getByRole('link', { name: /^判定记录 \d+ 条$/ }));
        // What is still to be answered lies on the chart too, and leads on by the keys.
        await head.getByRole('button', { name: /发现的问题：没有本人的音像.*何北 · 待答复/ }).focus();
        await head.keyboard.press('Enter');
        await head.getByRole('link', { name: '打开问题：没有本人的音像，应记录 40 分' }).click();
        await seen(head.getByText('答复经过'));

        // Nobody explained the other one: it is confirmed, and what followed is registered with what is known.
        const boss = await system.pageOf('fangsuo');
        await boss.goto(head.url());
        await button(boss, '确认违规').click();
        const confirming = boss.getByRole('dialog', { name: '确认违规' });
        await field(confirming, '认定的理由').fill('经核查属实');
        await button(confirming, '确认违规').click();
        await gone(confirming);
        await boss.goto('/acts');
        await seen(boss.getByText('确认违规 1 项'));
        await boss.goto('/compliance/findings?withoutOutcome=yes');
        await boss.getByRole('link', { name: '没有本人的音像，应记录 40 分' }).click();
        await seen(boss.getByText('尚未登记处理结果'));
        await button(boss, '登记处理结果').click();
        const drawer = boss.getByRole('dialog', { name: '登记处理结果' });
        await eventually(() => field(drawer, '事实').inputValue()).toContain('没有本人的音像，应记录 40 分（执法编号');
        await seen(drawer.getByText('何北'));
        await choose(drawer, '处理结果', '批评教育');
        await field(drawer, '决定机关或负责人').fill('所务会');
        await button(drawer, '保存').click();
        await seen(boss.getByRole('heading', { name: '何北 批评教育' }));
        await boss.getByRole('link', { name: '没有本人的音像，应记录 40 分' }).click();
        await seen(boss.getByRole('link', { name: /批评教育 20/ }));
        await boss.goto('/compliance/findings?withoutOutcome=yes');
        await seen(boss.getByText('没有符合条件的问题'));
        await system.expectSound();
    }, 180_000);
});
