import { DEFAULT_SCHEME, type Id } from '@liuhen/domain';
import type { Colleague } from '../colleague.ts';
import { type Stage, type Story, shanghai } from '../stage.ts';

/** What the reviewers of the story take points for; all else has them whole. */
const DEDUCTED: Readonly<Record<string, { readonly less: number; readonly words: string }>> = {
    closing: { less: 2, words: '结束语过短，没有说明结束时间。' },
    documents: { less: 1, words: '笔录中检查人员的到场时间写得不完整。' },
};

/** 稽查考核 of October (正文三(三)): seed sealed before the month is half over, drawn after it, one sheet still to be reviewed. */
export const campaignStory: Story = async (stage) => {
    const inspector = stage.by('zhou');
    await stage.at('2026-10-12 08:40');
    const { organisations } = await inspector.call('inspection.setting', {});
    const { id } = await inspector.call('inspection.draft', {
        body: {
            title: '2026 年 10 月执法全过程记录稽查（虚构）',
            organisationIds: organisations.filter(({ own }) => own).map((each) => each.id),
            from: shanghai('2026-10-12 00:00'),
            to: shanghai('2026-11-01 00:00'),
            scenarios: [],
            byOrganisation: false,
            byScenario: false,
            take: { number: 3 },
            shares: [],
            reviewerIds: [inspector, stage.by('shen')].map((each) => each.id),
            scheme: [...DEFAULT_SCHEME],
            appealDays: 10,
        },
    });
    await inspector.call('inspection.commit', { params: { id } });
    await stage.at('2026-11-02 09:00');
    await inspector.call('inspection.draw', { params: { id }, body: {} });
    await reviewed(stage, id);
};

/** Each reviews the own sheets but for the last of all; the first is put right. */
async function reviewed(stage: Stage, inspectionId: Id): Promise<void> {
    const reviewers = [stage.by('zhou'), stage.by('shen')];
    const { items } = await stage.by('zhou').call('inspection.sheets', { query: { inspectionId, limit: 50 } });
    const assigned = items.flatMap((sheet) => {
        const reviewer = reviewers.find(({ name }) => name === sheet.reviewer);
        return reviewer === undefined ? [] : [{ id: sheet.id, reviewer }];
    });
    await stage.at('2026-11-03 10:00');
    for (const { id, reviewer } of assigned.slice(0, -1)) await finish(reviewer, id);
    const [first] = assigned;
    if (first === undefined || assigned.length < 2) return;
    await first.reviewer.call('inspectionSheet.order', {
        params: { id: first.id },
        body: { words: '把执法结束用语写进科室的现场检查提示卡。', dueDay: '2026-11-20' },
    });
    await stage.at('2026-11-10 15:00');
    const { rectifications } = await stage.by('gu').call('inspectionSheet.get', { params: { id: first.id } });
    for (const { id } of rectifications) {
        await stage.by('gu').call('inspectionSheet.answer', { params: { id }, body: { words: '提示卡已修订并发给各科室。' } });
        await first.reviewer.call('inspectionSheet.check', { params: { id }, body: { done: true, words: '已核对提示卡。' } });
    }
}

async function finish(reviewer: Colleague, id: Id): Promise<void> {
    const { version, scheme } = await reviewer.call('inspectionSheet.get', { params: { id } });
    const answers = scheme.map(({ key, most }) => {
        const { less = 0, words } = DEDUCTED[key] ?? {};
        return { item: key, points: most - less, ...(words === undefined ? {} : { words }), moments: [] };
    });
    const params = { id };
    await reviewer.call('inspectionSheet.finish', { params, body: { answers, version, remark: '总体规范。' } });
}
