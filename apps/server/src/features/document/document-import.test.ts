import type { Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DocumentSystem, documentSystem } from '../../testing/document-system.ts';

let it_: DocumentSystem;
beforeAll(async () => {
    it_ = await documentSystem('310116');
});
afterAll(async () => {
    await it_.expectSound();
    await it_.close();
});

const code = (code: string) => expect.objectContaining({ code });
const get = (id: Id) => it_.call('document.get', it_.officer, { params: { id } });

describe('a list of documents made elsewhere', () => {
    const csv = (...lines: string[]) => Buffer.from(lines.join('\n')).toString('base64');
    const head = '文书种类,文书标题,文号,文书日期,来源系统,统一社会信用代码,执法行为编号,文件名,经办';
    const good = '行政处罚决定书,甲,沪浦卫医罚〔2025〕18号,2025/11/3,市执法办案平台,91350100M000100Y43,,18.pdf,张三';

    it('says before what would become of each row, and nothing is taken in twice', async () => {
        const content = csv(head, good, '现场笔录,,,2099-01-01,,,CS-无此行为,,', good.replace('甲,', '乙,'));
        const list = { fileName: '旧文书.csv', content };
        const preview = await it_.call('document.importPreview', it_.officer, { body: list });
        expect(preview).toMatchObject({
            others: ['经办'],
            rows: [
                { place: 1, type: 'penaltyDecision', date: '2025-11-03', party: { id: it_.party }, faults: [], known: null },
                { place: 2, type: 'sceneRecord', faults: ['dateInFuture', 'fromMissing', 'actUnknown'] },
                { place: 3, faults: ['numberTwice'] },
            ],
        });
        const many = (places: number[]) => it_.call('document.importMany', it_.officer, { body: { ...list, places } });
        await expect(many([1, 2])).rejects.toMatchObject({ code: 'document.importRowFaulty', params: { place: 2 } });
        const { items } = await many([1]);
        expect(await get(items[0]?.id ?? '')).toMatchObject({
            state: 'imported',
            number: '沪浦卫医罚〔2025〕18号',
            party: { id: it_.party },
            imported: { from: '市执法办案平台', date: '2025-11-03' },
        });
        const again = await it_.call('document.importPreview', it_.officer, { body: list });
        expect(again.rows[0]?.known).toMatchObject({ id: items[0]?.id });
        await expect(many([1])).rejects.toMatchObject({ code: 'document.importRowFaulty' });
    });

    it('a list without the columns that say which document it is, is refused in words', async () => {
        const content = csv('名字,地址', '甲,乙');
        const preview = it_.call('document.importPreview', it_.officer, { body: { fileName: 'a.csv', content } });
        await expect(preview).rejects.toEqual(code('document.listNoColumns'));
    });
});
