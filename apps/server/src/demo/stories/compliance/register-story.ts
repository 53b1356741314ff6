import type { Colleague } from '../colleague.ts';
import type { Story } from '../stage.ts';

type Confirmed = { readonly clause: string; readonly by: string; readonly paper: string; readonly number: string };

/** What the fictional institute says it has in writing; the other questions of the notice stand open. */
const CONFIRMED: readonly Confirmed[] = [
    { clause: 'Z3.1-1', by: 'gu', paper: '关于成立执法全过程记录工作领导小组的通知（虚构）', number: '示卫监〔2026〕虚-11 号' },
    { clause: 'A1-14-1', by: 'gu', paper: '音像记录资料管理制度（虚构）', number: '示卫监〔2026〕虚-12 号' },
    { clause: 'A1-14-2', by: 'gu', paper: '关于确定音像记录资料管理人员的通知（虚构）', number: '示卫监〔2026〕虚-13 号' },
];

/** Before the first inspection: what the institute has put in writing, and who was trained (正文四(一)). */
export const registerStory: Story = async (stage) => {
    await stage.at('2026-10-10 15:00');
    for (const { clause, by, paper, number } of CONFIRMED)
        await stage.by(by).call('attestation.confirm', {
            body: { clause, fromDay: '2026-10-10', paper, paperNumber: number, paperDay: '2026-10-10' },
        });

    await stage.at('2026-10-10 17:00');
    const section = stage.by('110233');
    const { id } = await section.call('training.record', {
        body: {
            title: '执法全过程记录和执法记录仪操作（虚构）',
            topics: ['wholeProcess', 'recorder'],
            fromDay: '2026-10-10',
            toDay: '2026-10-10',
            minutes: 180,
            trainer: '示范区卫生健康委员会监督所法制稽查科',
        },
    });
    const attended = (people: readonly Colleague[], result: 'passed' | 'failed', score: string) =>
        section.call('training.attend', {
            params: { id },
            body: { personIds: people.map((each) => each.id), result, testedDay: '2026-10-10', score },
        });
    await attended(
        ['110207', '110215', '110233', 'zhou', 'gu'].map((key) => stage.by(key)),
        'passed',
        '90 分以上',
    );
    await attended([stage.by('chen')], 'failed', '52 分');
};
