import type { Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { USUAL_PEOPLE } from '../apps/server/src/testing/found-institute.ts';
import { type TemporaryFolder, temporaryFolder } from '../apps/server/src/testing/temporary-folder.ts';
import { lastTenOClock } from './clips.ts';
import { makeCodedClip } from './coded-clips.ts';
import { button, choose, eventually, field, gone, seen } from './steps.ts';
import { handIn } from './story.ts';
import { systemWith } from './system.ts';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const START = lastTenOClock();

let system: Awaited<ReturnType<typeof systemWith>>;
let folder: TemporaryFolder;
let [actId, clipName]: [Id, string] = ['', ''];

beforeAll(async () => {
    folder = await temporaryFolder('e2e-finding-moment');
    const started = systemWith([
        ...USUAL_PEOPLE,
        { login: 'gaoyuan', name: '高远', kind: 'officer', certificate: '210009', roles: ['sectionHead'] },
    ]);
    const clip = await makeCodedClip(folder.path, { device: 'A0901', start: START, seconds: 20 });
    clipName = clip.name;
    system = await started;
    const [officer, manager] = [await system.remoteOf('zhouqing'), await system.remoteOf('lumanager')];
    const { id: deviceId } = await manager.call('device.create', { body: { kind: 'recorder', number: 'A0901' } });
    const personId = system.institute.people.zhouqing?.id ?? '';
    await manager.call('device.issue', { params: { id: deviceId }, body: { personId } });
    const { id } = await officer.call('act.create', {
        body: {
            ...{ scenario: 'doubleRandomInspection', place: '示范路 12 号', startsAt: START, endsAt: START + 10 * 60_000 },
            participants: [{ personId, part: 'officer' }],
        },
    });
    actId = id;
    const { number } = await officer.call('act.get', { params: { id } });
    const recording = await handIn(system.url, 'zhouqing', ['--device', 'A0901', '--act', number, clip.path]);
    const isReady = async () => {
        const { inspected, state } = await officer.call('recording.get', { params: { id: recording } });
        return inspected && state === 'sealed';
    };
    await vi.waitUntil(isReady, { timeout: 60_000, interval: 200 });
}, 180_000);
afterAll(async () => {
    await system?.close();
    await folder?.remove();
});

describe('a reason that was spoken at the scene', () => {
    it('is pointed at from a phone, and whoever decides hears it at that moment', async () => {
        const officer = await system.pageOf('zhouqing', PHONE);
        await officer.goto(`/acts/${actId}`);
        await officer
            .getByRole('link', { name: /持证监督员/ })
            .first()
            .click();
        await button(officer, '说明').click();
        const dialogue = officer.getByRole('dialog', { name: '说明情况' });
        await field(dialogue, '内容').fill('已在音像中口述：同事在门外接待当事人');
        await button(dialogue, '添加时刻').click();
        await dialogue.getByLabel('位置（时:分:秒）').fill('00:12');
        await button(dialogue, '添加时刻').click();
        await seen(dialogue.getByText(`${clipName} 0:12`));
        await button(dialogue, '说明').click();
        await gone(dialogue);

        const head = await system.pageOf('gaoyuan');
        await head.goto('/compliance/findings');
        await choose(head, '情况', '已答复，待处理');
        await head.getByRole('link', { name: /持证监督员/ }).click();
        await head.getByRole('link', { name: `${clipName} 0:12` }).click();
        await seen(head.getByText(`从所指的时刻开始播放：${clipName} 0:12`));
        await button(head, '登记并播放').click();
        const second = () =>
            head
                .locator('video')
                .first()
                .evaluate((video: HTMLVideoElement) => Math.floor(video.currentTime));
        await eventually(second).toBe(12);
        await system.expectSound();
    }, 120_000);
});
