import { creditCodeCheck, type Id } from '@liuhen/domain';
import { liuhen } from '../apps/server/src/cli/run.fixture.ts';
import { INSTITUTE_PASSWORD, type InstitutePerson } from '../apps/server/src/testing/found-institute.ts';
import { type Clip, lastTenOClock } from './clips.ts';
import type { systemWith } from './system.ts';

type Filled = Awaited<ReturnType<typeof systemWith>>;

/** What stories about existing things begin with. */
export type Visit = { partyId: Id; partyName: string; actId: Id; actNumber: string; deviceId: Id; recordingId?: Id };

/** One party, one recorder in an officer's hands, one visit of the last half day, and its recording where a clip is given. */
export async function oneVisit(system: Filled, clip?: Clip): Promise<Visit> {
    const [officer, manager] = [await system.remoteOf('zhouqing'), await system.remoteOf('lumanager')];
    const person = (login: string): InstitutePerson => {
        const found = system.institute.people[login];
        if (found === undefined) throw new Error(`nobody is called ${login}`);
        return found;
    };
    const body = '91310199MA1FC0009';
    const partyName = '云汀泳池（测试）';
    const { id: partyId } = await officer.call('party.create', {
        body: { name: partyName, kind: 'organisation', creditCode: body + creditCodeCheck(body), address: '示范路 266 号' },
    });
    const { id: deviceId } = await manager.call('device.create', { body: { kind: 'recorder', number: 'A0901' } });
    await manager.call('device.issue', { params: { id: deviceId }, body: { personId: person('zhouqing').id } });
    const startsAt = lastTenOClock();
    const { id: actId } = await officer.call('act.create', {
        body: {
            scenario: 'doubleRandomInspection',
            partyId,
            place: '示范路 266 号',
            startsAt,
            endsAt: startsAt + 180_000,
            participants: ['zhouqing', 'hebei'].map((login) => ({ personId: person(login).id, part: 'officer' as const })),
        },
    });
    const { number: actNumber } = await officer.call('act.get', { params: { id: actId } });
    const visit = { partyId, partyName, actId, actNumber, deviceId };
    if (clip === undefined) return visit;
    const recordingId = await handIn(system.url, 'zhouqing', ['--device', 'A0901', '--act', actNumber, clip.path]);
    for (;;) {
        const { inspected, state } = await officer.call('recording.get', { params: { id: recordingId } });
        if (inspected && state !== 'registered') return { ...visit, recordingId };
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
}

/** `npm run liuhen -- upload …`; gives the recording's id. */
export async function handIn(url: string, login: string, args: readonly string[]): Promise<Id> {
    const { code, out, err } = await liuhen(['upload', '--server', url, '--login', login, ...args], {
        env: { LIUHEN_PASSWORD: INSTITUTE_PASSWORD, HOME: '/nonexistent' },
    });
    if (code !== 0) throw new Error(`upload ended with ${code}: ${err}`);
    return out.split('\t')[0] ?? '';
}
