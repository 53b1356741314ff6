import { MINUTE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { USUAL_PEOPLE } from '../apps/server/src/testing/found-institute.ts';
import { addRecord, getReady, moment, OFFICE, opensAsPdf, printFinal, sign } from './paper-steps.ts';
import { button, choose, field, gone, seen } from './steps.ts';
import { oneVisit, type Visit } from './story.ts';
import { systemWith } from './system.ts';

let system: Awaited<ReturnType<typeof systemWith>>;
let visit: Visit;

beforeAll(async () => {
    const filled = await systemWith([...USUAL_PEOPLE, ...OFFICE]);
    system = filled;
    visit = await oneVisit(filled);
    await getReady(filled, ['sceneRecord'], {});
}, 120_000);
afterAll(async () => {
    await system?.close();
});

describe('a correction of what was signed', () => {
    it('says what stood there, and the party signs at it on the paper', async () => {
        const page = await system.pageOf('zhouqing');
        const id = await addRecord(system, visit, '三楼诊室未见消毒记录。');
        await page.goto(`/documents/${id}`);
        await printFinal(page);
        await sign(page, [
            { as: '当事人（逐页）', name: '张示例', record: true },
            { as: '执法人员', name: '周青' },
            { as: '执法人员', name: '何北' },
        ]);
        await button(page, '更正').click();
        const dialogue = page.getByRole('dialog', { name: '更正' });
        await choose(dialogue, '更正哪一项', '检查地点');
        // Nothing was changed yet: it says what is missing.
        await button(dialogue, '登记更正').click();
        await seen(dialogue.getByText('请选择一项、改成不同的内容，并写明理由。'));
        await field(dialogue, '检查地点').fill('上海市示例区样张路1号3楼诊室');
        await dialogue.getByLabel('理由').fill('楼层写错');
        await button(dialogue, '登记更正').click();
        await gone(dialogue);
        const corrections = page.getByRole('region', { name: '更正' });
        await seen(corrections.getByText('待当事人签名'));
        await seen(corrections.locator('ins', { hasText: '3楼诊室' }));

        await button(corrections, '登记更正处的签名').click();
        const signing = page.getByRole('dialog', { name: '登记签名' });
        await choose(signing, '签名方', '当事人（逐页）');
        await field(signing, '签名人姓名').fill('张示例');
        await moment(signing, '签名时间', Math.floor(Date.now() / MINUTE) * MINUTE);
        await signing.getByRole('radio', { name: '自行阅读' }).check();
        await field(signing, /以上笔录属实/).fill('以上笔录属实');
        await button(signing, '保存').click();
        await gone(signing);
        await seen(corrections.getByText('当事人已签名'));
        await printFinal(page);
        await opensAsPdf(system, 'zhouqing', id);
        await system.expectSound();
    }, 180_000);
});

describe('a block of numbers', () => {
    it('is given back with a reason; its numbers stay in the register and none is given again', async () => {
        const page = await system.pageOf('zhouqing');
        await page.goto('/documents/blocks');
        await button(page, '预留号段').first().click();
        const drawer = page.getByRole('dialog');
        await choose(drawer, '文书种类', '卫生监督意见书', '卫生监督意见书');
        await drawer.getByRole('spinbutton', { name: '数量' }).fill('3');
        await field(drawer, '终端名称').fill('平板 08');
        await button(drawer, '保存').click();
        await gone(drawer);
        const block = page.getByRole('listitem').filter({ hasText: '平板 08' });
        await button(block, '交回号段').click();
        const dialogue = page.getByRole('dialog');
        await seen(dialogue.getByText('还有 3 个号码没有使用。', { exact: false }));
        await field(dialogue, '理由').fill('平板送修');
        await dialogue.getByRole('button', { name: /^交回号段/ }).click();
        await gone(dialogue);
        await seen(block.getByText('平板送修', { exact: false }));
        expect(await button(block, '交回号段').count()).toBe(0);
        await block.getByText(/3 个/).first().click();
        await seen(block.getByText('交回未用'));
        await page.goto('/documents/numbers');
        await seen(page.getByText('连号检查：第 1 至 3 号都在登记簿上，没有缺号。'));
        await system.expectSound();
    }, 120_000);
});
