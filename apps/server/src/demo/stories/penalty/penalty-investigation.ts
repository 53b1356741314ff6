import { HOUR, type Id } from '@liuhen/domain';
import { hand } from '../paper.ts';
import { answered, readOut } from '../scene.ts';
import { AT, HEAD_OF_PARTY } from './penalty-facts.ts';
import * as papers from './penalty-papers.ts';
import { both, step, type Told } from './penalty-told.ts';

export async function investigate(told: Told, penalty: Id): Promise<void> {
    const { stage, cast, desk, partyId } = told;
    const { first, second, section, agency } = cast;
    const hung = { caseId: penalty, partyId };
    await stage.until(AT.filed);
    const report = await desk.begin('filingReport', hung, papers.filing(both(told)));
    await desk.approved(report, 'filingReport', agency);
    await step(told, section, 'case.review', penalty, 'file');

    await stage.until(AT.inquiryEnd);
    const { id: actId } = await first.call('act.create', {
        body: {
            scenario: 'interview',
            siteKind: 'room',
            roomDeviceId: stage.device('R-301'),
            partyId,
            place: '约谈室 301',
            startsAt: AT.inquiry,
            endsAt: AT.inquiryEnd,
            participants: [first, second].map(({ id }) => ({ personId: id, part: 'officer' as const })),
        },
    });
    await answered(stage, actId, AT.inquiry, 'room');
    await first.call('case.linkAct', { params: { id: penalty }, body: { actId } });
    const inquiry = await desk.begin('inquiryRecord', { ...hung, actId }, papers.inquiry(both(told), told.named('second')));
    await desk.onScene(inquiry, 'inquiryRecord', [
        hand('interviewee', HEAD_OF_PARTY),
        ...desk.officers(),
        hand('recorder', second.name),
    ]);
    await desk.checked(inquiry);

    await stage.until(AT.inquiryEnd + 6 * HOUR);
    await readOut(stage, actId, 'interview');

    await stage.until(AT.electronic);
    await evidence(told, penalty, inquiry, actId);

    await stage.until(AT.investigated);
    const ended = await desk.begin('investigationReport', hung, papers.investigationReport(both(told)));
    await desk.approved(ended, 'investigationReport', section);
    await step(told, first, 'case.step', penalty, 'investigate');

    await stage.until(AT.panelEnd);
    const panel = await desk.begin(
        'panelRecord',
        hung,
        papers.panel(told.named('section'), [told.named('section'), ...both(told)], told.named('second')),
    );
    await desk.approved(panel, 'panelRecord', section);
    await step(told, first, 'case.step', penalty, 'deliberate', {
        people: 3,
        grave: true,
        hearingDue: true,
        legalReviewDue: true,
    });
}

/** Electronic data says who took it, when, how and onto what (处罚法46; 附件1 第20条). */
async function evidence({ cast }: Told, penalty: Id, inquiry: Id, actId: Id): Promise<void> {
    const { first, second } = cast;
    const params = { id: penalty };
    await first.call('case.addEvidence', {
        params,
        body: {
            kind: 'electronic',
            title: '收费系统“美容”类记录 46 条',
            proves: '2026 年 8 月 3 日至 10 月 11 日收费 28,000 元',
            extractedById: second.id,
            extractedAt: AT.electronic,
            method: '由当事人登录收费系统导出 CSV，当场计算 SHA-256 并双方签字确认',
            carrier: '只读光盘 1 张',
            keptAt: '案卷附袋',
        },
    });
    await first.call('case.addEvidence', {
        params,
        body: { kind: 'document', targetId: inquiry, title: '对安沐之的询问笔录', proves: '诊疗科目、注射项目和医疗废物去向' },
    });
    const { items } = await first.call('recording.list', { query: { actId, limit: 20 } });
    for (const { id } of items)
        await first.call('case.addEvidence', {
            params,
            body: {
                kind: 'moment',
                targetId: id,
                fromMs: 60_000,
                toMs: 80_000,
                title: '承认没有登记医疗美容',
                proves: '超出登记范围',
            },
        });
}
