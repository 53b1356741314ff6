import { addDays, MINUTE } from '@liuhen/domain';
import { type Story, shanghai } from './stage.ts';

const FINE = { noFault: true, timeRight: true, batteryEnough: true, spaceEnough: true };

/**
 * What the board shows: a visit of yesterday afternoon whose footage is still on the recorders (附件1 第15条), a recorder that
 * was checked and not heard of, and one that failed its check (第7条).
 */
export const boardStory: Story = async (stage) => {
    const manager = stage.by('lin');
    await stage.at('2026-10-09 15:00');
    const { id: roomId } = await manager.call('device.saveRoom', {
        body: { kind: 'interview', name: '约谈室 301', place: '3 楼东侧' },
    });
    await manager.call('device.bindCamera', {
        params: { id: roomId },
        body: { deviceId: stage.device('R-301'), view: '正对询问桌' },
    });
    await manager.call('device.saveModel', {
        body: {
            kind: 'recorder',
            name: '演示型 DR-2',
            maker: '示范电子（虚构）',
            figures: [
                { key: 'storageGb', value: '64 GB', source: 'maker', detail: '产品手册第 3 页（虚构）' },
                { key: 'batteryHours', value: '9 小时', source: 'certificate', detail: '报告 DEMO-2026-01（虚构）' },
                { key: 'frameRate', value: '25 帧/秒', source: 'maker', detail: null },
                { key: 'positioning', value: '支持', source: 'maker', detail: null },
                { key: 'clockSecondsPerDay', value: '3', source: 'ownTest', detail: null },
            ],
        },
    });

    const yesterday = addDays(stage.today, -1);
    const morning = await stage.at(`${yesterday} 08:50`);
    const check = (key: string, device: string, answers: typeof FINE, note?: string) =>
        stage.by(key).call('device.check', {
            params: { id: stage.device(device) },
            body: { ...answers, place: 'phone', at: morning, ...(note === undefined ? {} : { note }) },
        });
    await check('110207', 'A0173', FINE);
    await check('110215', 'A0174', FINE);
    await check('110233', 'A0175', { ...FINE, batteryEnough: false }, '充电座接触不良');
    const [startsAt, endsAt] = [shanghai(`${yesterday} 15:40`), shanghai(`${yesterday} 16:25`)];
    await stage.until(endsAt + 10 * MINUTE);
    const { partyId, premisesId, place } = stage.party('salon');
    const participants = ['110207', '110215'].map((key) => ({ personId: stage.by(key).id, part: 'officer' as const }));
    await stage.by('110207').call('act.create', {
        body: { scenario: 'routineInspection', partyId, premisesId, place, startsAt, endsAt, participants },
    });
};
