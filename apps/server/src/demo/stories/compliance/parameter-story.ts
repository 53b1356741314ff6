import type { Story } from '../stage.ts';

/**
 * What a head of section would have stricter: one change the head of the institute refused, one still waits. So does the holiday calendar
 * of the next year; one of this year was taken back.
 */
export const parameterStory: Story = async (stage) => {
    await stage.at('2026-11-16 10:00');
    const section = stage.by('110233');
    const { id } = await section.call('parameter.propose', {
        body: {
            key: 'act.documentToleranceSeconds',
            value: 10,
            standing: 'own',
            basis: '示范区监督所内部规定（虚构）',
            from: null,
            reason: '文书与音像记录的起止时间应当更接近',
        },
    });
    await stage.at('2026-11-16 15:00');
    await stage.by('gu').call('parameter.refuse', {
        params: { id },
        body: { why: '文书只写到分钟，10 秒的要求无从遵守（虚构）' },
    });
    await stage.at('2026-11-20 16:00');
    await section.call('parameter.propose', {
        body: {
            key: 'deadline.recordingUpload',
            value: { length: 12, unit: 'hour' },
            standing: 'verified',
            basis: '附件1 第15条，示范区监督所从严（虚构）',
            from: '2027-01-01',
            reason: '当日的音像资料当日入库',
        },
    });
    await stage.at('2026-11-20 16:30');
    const calendar = { standing: 'verify', source: '国务院办公厅通知（演示用，虚构）' } as const;
    const mistaken = await section.call('parameter.proposeYear', {
        body: { ...calendar, year: 2026, off: ['2026-12-25'], work: [], reason: '看错了年份（虚构）' },
    });
    await stage.at('2026-11-20 16:40');
    await section.call('parameter.withdraw', { params: { id: mistaken.id }, body: { why: '看错了年份（虚构）' } });
    await section.call('parameter.proposeYear', {
        body: {
            ...calendar,
            year: 2027,
            off: ['2027-01-01', '2027-02-08', '2027-02-09', '2027-02-10', '2027-02-11', '2027-02-12'],
            work: ['2027-02-20'],
            reason: '跨年的案件要算工作日，所列为示例，不是真的通知（虚构）',
        },
    });
};
