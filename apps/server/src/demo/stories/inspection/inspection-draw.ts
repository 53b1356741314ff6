import type { Id } from '@liuhen/domain';
import { addDays } from '@liuhen/domain';
import { setParameter } from '../set-parameter.ts';
import { type Stage, shanghai } from '../stage.ts';

const PUBLIC_VALUE = '示范区公开摇号第 2026042 期开奖号码（虚构）';

/** The year's plan, approved by the head who did not write it, and the draw of two strata: the weighty one is taken whole. */
export async function planned(stage: Stage): Promise<Id> {
    const [section, head] = [stage.by('110233'), stage.by('gu')];
    await stage.at('2026-10-12 13:40');
    const { id } = await section.call('plan.draft', { body: { year: 2026, title: '2026 年第四季度双随机监督检查计划' } });
    const items = [
        { subject: '口腔诊疗机构（重点）', take: { permille: 1000 }, timesPerYear: 1, grade: '重点' },
        { subject: '公共场所、学校（一般）', take: { number: 1 }, timesPerYear: 1, grade: '一般' },
    ];
    const { version } = await section.call('plan.get', { params: { id } });
    const changed = await section.call('plan.update', {
        params: { id },
        body: { title: '2026 年第四季度双随机监督检查计划', items, version },
    });
    await section.call('plan.submit', { params: { id }, body: { version: changed.version } });
    await stage.at('2026-10-13 09:20');
    const submitted = await head.call('plan.get', { params: { id } });
    await head.call('plan.approve', { params: { id }, body: { version: submitted.version } });
    await section.call('plan.publish', { params: { id }, body: { day: '2026-10-13', where: '示范区政府网站（虚构）' } });
    const [weighty] = submitted.items;
    if (weighty === undefined) throw new Error('the plan has no items');
    return weighty.id;
}

/**
 * Lists and secret are fixed before the public value is known; one officer keeps away from the clinic. Gives the clinic's task.
 * Who else is drawn is left to chance: that task stays open.
 */
export async function drawn(stage: Stage, planItemId: Id): Promise<Id> {
    const section = stage.by('110233');
    const clinic = stage.party('clinic').partyId;
    await stage.at('2026-10-14 09:00');
    await graded(stage);
    await stage.at('2026-10-14 09:10');
    await section.call('avoidance.declare', { body: { personId: stage.by('shen').id, partyId: clinic } });
    const others = ['pool', 'school', 'hotel'].map((key) => ({ partyId: stage.party(key).partyId, grade: '一般' }));
    const { id } = await section.call('draw.commit', {
        body: {
            title: '2026 年第四季度双随机抽取（第一批）',
            year: 2026,
            planItemId,
            objects: [{ partyId: clinic, grade: '重点' }, ...others],
            officerIds: ['110207', '110215', 'shen'].map((key) => stage.by(key).id),
            strata: [
                { grade: '重点', take: { permille: 1000 } },
                { grade: '一般', take: { number: 1 } },
            ],
            avoidLastVisit: false,
            publicValueIs: PUBLIC_VALUE,
            publicValueFrom: shanghai('2026-10-15 20:00'),
            dueDay: addDays(stage.today, 14),
        },
    });
    await stage.at('2026-10-16 09:05');
    await section.call('draw.reveal', { params: { id }, body: { publicValue: '07 12 19 23 28 30' } });
    const { picks } = await section.call('draw.get', { params: { id } });
    const task = picks.find((pick) => pick.object.id === clinic)?.task;
    if (task === undefined || task === null) throw new Error('the weighty stratum is taken whole');
    return task.id;
}

/** The section's own table, and what the platforms say of the parties: whoever does badly is drawn more often. */
async function graded(stage: Stage): Promise<void> {
    const section = stage.by('110233');
    const basis = '示范区监督所双随机抽查细则（虚构）';
    const tables = {
        'inspection.riskWeights': ['A级｜1', 'B级｜2', 'C级｜4'],
        'inspection.creditWeights': ['守信｜1', '失信｜3'],
    };
    for (const [key, value] of Object.entries(tables)) {
        const body = { key: key as keyof typeof tables, value, standing: 'own', basis, from: '2026-10-01' } as const;
        await setParameter(section, stage.by('gu'), { ...body, reason: '按风险、信用等级确定抽取权重' });
    }
    const of = (key: string, scheme: 'risk' | 'credit', grade: string) => ({
        creditCode: stage.party(key).creditCode,
        scheme,
        grade,
        fromDay: '2026-10-08',
    });
    const rows = [
        of('clinic', 'risk', 'B级'),
        of('pool', 'risk', 'C级'),
        of('pool', 'credit', '守信'),
        of('school', 'risk', 'A级'),
        of('hotel', 'risk', 'B级'),
        of('hotel', 'credit', '失信'),
    ];
    const stated = { source: '示范区信用平台（虚构）', reason: '2026 年度第三季度评价' };
    await section.call('party.importGrades', { body: { ...stated, rows, apply: true } });
}
