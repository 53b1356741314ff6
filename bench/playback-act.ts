import { setTimeout as sleep } from 'node:timers/promises';
import { HOUR, type Id, SECOND } from '@liuhen/domain';
import type { Institute } from '../apps/server/src/testing/found-institute.ts';
import type { Remote } from '../apps/server/src/testing/remote.ts';
import { lastTenOClock } from '../e2e/clips.ts';
import { makeCodedClip } from '../e2e/coded-clips.ts';
import { handIn } from '../e2e/story.ts';

export const CAMERAS = 4;
const SECONDS = 90;
/** As many bits per second as a recorder writes, and the bytes of that. */
const FILLED = '12M';
export const FILLED_BYTES = 12e6 / 8;
/** These are as large as a recorder leaves them, so that a browser does not read them ahead whole; the first is the one that is heard. */
export const FILLED_CAMERAS: readonly number[] = [0, CAMERAS - 1];
/** How wrong the clocks of the recorders are, ms: only corrected time puts them side by side. */
const FAST = [0, 4_000, -7_000, 61_000];

export const PEOPLE = Array.from({ length: CAMERAS }, (_, index) => ({
    login: `officer${index}`,
    name: `监督员${'甲乙丙丁'[index]}`,
    kind: 'officer' as const,
    certificate: `31000${index}`,
    roles: ['officer'] as const,
}));
export const MANAGER = { login: 'manager', name: '陆管理', kind: 'staff' as const, roles: ['recordingManager'] as const };

export type People = { url: string; institute: Institute; officer: Remote; manager: Remote };

/** An act of a minute and a half that four recorders saw; `starts` are the corrected starts of their files. */
export async function actOfFour(
    { url, institute, officer, manager }: People,
    folder: string,
): Promise<{ actId: Id; starts: number[] }> {
    const start = lastTenOClock();
    const people = PEOPLE.map(({ login }) => institute.people[login]?.id ?? '');
    const participants = people.map((personId) => ({ personId, part: 'officer' as const }));
    const times = { startsAt: start, endsAt: start + SECONDS * SECOND };
    const { id: actId } = await officer.call('act.create', {
        body: { scenario: 'routineInspection', place: '虚构路 1 号', ...times, participants },
    });
    const { number } = await officer.call('act.get', { params: { id: actId } });
    for (const [index, fast] of FAST.entries()) {
        const device = `B000${index}`;
        const { id } = await manager.call('device.create', { body: { kind: 'recorder', number: device } });
        await manager.call('device.issue', { params: { id }, body: { personId: people[index] ?? '' } });
        const shown = new Date(Date.now() + fast + 8 * HOUR).toISOString().replace('T', ' ').slice(0, 19);
        await manager.call('device.readClock', { params: { id }, body: { shown, afterSet: false } });
        const at = start + index * SECOND + fast;
        const filled = FILLED_CAMERAS.includes(index) ? { filledTo: FILLED } : {};
        const clip = await makeCodedClip(folder, { device, start: at, seconds: SECONDS - 5, size: '640x360', ...filled });
        await handIn(url, 'officer0', ['--device', device, '--act', number, clip.path]);
    }
    for (;;) {
        const { recordings } = await officer.call('act.get', { params: { id: actId } });
        const starts = people.map(
            (id) => recordings.find((each) => each.personId === id)?.stretches[0]?.corrected?.start.at ?? 0,
        );
        if (starts.every((each) => each > 0)) return { actId, starts };
        await sleep(200);
    }
}
