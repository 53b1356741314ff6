import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOUR, type Id, type Instant, SECOND } from '@liuhen/domain';
import { expect } from 'vitest';
import { AAC, ffmpeg, H264, picture, tone } from '../../testing/ffmpeg.ts';
import { INSTITUTE_PASSWORD } from '../../testing/found-institute.ts';
import { type Remote, remote } from '../../testing/remote.ts';
import { verifyInstallation } from '../../verify/verify-installation.ts';
import { type DockSystem, dockSystem, type Listed, put, recordings } from './dock.fixture.ts';
import { readBook } from './journal.ts';

const LAYOUTS = ['dcam', 'underscore', 'dayFolders', 'dcim'] as const;
/** By which of the shipped profiles each is read. */
const PROFILES = { dcam: 'dcam', underscore: 'underscore', dayFolders: 'day-folders', dcim: 'dcim' } as const;
/** By how much the clock of a recorder is wrong: right, a minute and a half slow, an hour of summer time fast. */
const CLOCK_ERRORS = [0, -90 * SECOND, HOUR] as const;
const CLIP_SECONDS = 12;
/** From before the first recording's begin to after the last one's end. */
const actSeconds = (perRecorder: number): number => 2 + perRecorder + CLIP_SECONDS + 3;

type Recorder = {
    readonly number: string;
    readonly certificate: string;
    readonly layout: (typeof LAYOUTS)[number];
    readonly error: number;
    deviceId: Id;
    actId: Id;
};
/** A file as it was put on a recorder, and what must become of it. */
type Put = { readonly name: string; readonly recorder: Recorder; readonly kind: Kind; readonly start: Instant };
/** What a file is, and what inspection must find of it; only good ones and key files are whole recordings with a time. */
const KINDS = {
    good: undefined,
    key: undefined,
    broken: 'media.notMedia',
    truncated: 'media.truncated',
    photo: 'media.picture',
    positions: 'media.positions',
    reset: undefined,
    log: 'media.log',
} as const;
type Kind = keyof typeof KINDS;
const isGood = (kind: Kind | undefined): boolean => kind === 'good' || kind === 'key';

export type DockingRun = { files: number; filed: number; asked: number; proposed: number; killed: number; seconds: number };

/**
 * A whole evening: recorders of several makes with whatever recorders hold, docked at once while the server is killed twice.
 * Everything must be in, nothing twice, each file on the act of its recorder or in a stated question, and the log must verify.
 */
export async function dockingRun(count: number, perRecorder: number): Promise<DockingRun> {
    const system = await dockSystem('docking-run');
    try {
        return await run(system, count, perRecorder);
    } finally {
        await system.close();
    }
}

async function run(system: DockSystem, count: number, perRecorder: number): Promise<DockingRun> {
    let manager = await system.manager();
    const begun = Date.now();
    const recorders = await enterRecorders(system, manager, count);
    const issued = Date.now();
    const material = await makeMaterial(system.folder);
    const put = await fillRecorders(system.media, recorders, perRecorder, issued, material);
    expect(new Set(put.map((each) => each.name)).size).toBe(put.length);
    expect([...new Set(put.map((each) => each.kind))].sort()).toEqual(Object.keys(KINDS).sort());
    // Acts are entered when they are over, and a recording cannot begin after it was received.
    await sleep(Math.max(0, issued + (actSeconds(perRecorder) + 1) * SECOND - Date.now()));
    await enterActs(system, recorders, issued, issued + actSeconds(perRecorder) * SECOND);

    await system.server.stop();
    const failpoints = [
        `upload.afterSealed:kill:${Math.ceil(put.length / 5)}`,
        `command.afterCommit:kill:${put.length}`,
        undefined,
    ];
    let killed = 0;
    await system.start(failpoints[0]);
    const agent = new AbortController();
    const docking = system.dock(['--parent', system.media], {
        onStart: (child) => agent.signal.addEventListener('abort', () => child.kill('SIGTERM')),
    });
    const isDone = async () => {
        const { book } = await readBook(system.state);
        return [...book.files.values()].filter((each) => each.state === 'receipted').length >= put.length;
    };
    for (const next of failpoints.slice(1)) {
        const how = await Promise.race([system.server.ended, until(isDone)]);
        expect(how).toBe('SIGKILL');
        killed += 1;
        await system.start(next);
    }
    await until(isDone);
    agent.abort();
    expect((await docking).code).toBe(0);

    await expectRead(system.state, put);
    manager = await system.manager();
    const outcome = await expectAllIn(manager, put);
    await system.server.stop();
    expect(await verifyInstallation({ dataFolder: system.dataFolder })).toMatchObject({ outcome: 'sound', findings: [] });
    return { files: put.length, ...outcome, killed, seconds: Math.round((Date.now() - begun) / SECOND) };
}

async function until(is: () => Promise<boolean>): Promise<void> {
    while (!(await is())) await sleep(300);
}

const wall = (at: Instant) => new Date(at + 8 * HOUR).toISOString().replace('T', ' ').slice(0, 19);
const digits = (at: Instant) => wall(at).replace(/\D/g, '');

/** Each with an officer who holds it, and a clock that somebody has read. */
async function enterRecorders(system: DockSystem, manager: Remote, count: number): Promise<Recorder[]> {
    const admin = await remote(system.url).signIn(system.institute.systemAdmin, INSTITUTE_PASSWORD);
    const recorders: Recorder[] = [];
    for (let at = 0; at < count; at += 1) {
        const number = `REC${String(at).padStart(4, '0')}`;
        const certificate = String(310_000 + at);
        const error = CLOCK_ERRORS[at % CLOCK_ERRORS.length] ?? 0;
        const layout = LAYOUTS[at % LAYOUTS.length] ?? 'dcam';
        const body = { name: `监督员${at}`, kind: 'officer' as const, posts: [], certificateNumber: certificate };
        const person = await admin.call('person.create', { body });
        const { id } = await manager.call('device.create', { body: { kind: 'recorder', number } });
        await manager.call('device.issue', { params: { id }, body: { personId: person.id } });
        await manager.call('device.readClock', { params: { id }, body: { shown: wall(Date.now() + error), afterSet: false } });
        recorders.push({ number, certificate, layout, error, deviceId: id, actId: person.id });
    }
    return recorders;
}

/** What recorders hold is made of a film of twelve seconds and a photograph of the same size. */
type Material = { readonly clip: Buffer; readonly photo: Buffer };

async function makeMaterial(folder: string): Promise<Material> {
    const still = join(folder, 'still.jpg');
    await ffmpeg(...picture('128x96', 1, 1), '-frames:v', '1', still);
    return { clip: await makeClip(folder), photo: await readFile(still) };
}

async function makeClip(folder: string): Promise<Buffer> {
    const file = join(folder, 'twelve.mp4');
    await ffmpeg(
        ...picture('128x96', 5, CLIP_SECONDS),
        ...tone(CLIP_SECONDS),
        ...H264,
        ...AAC,
        '-shortest',
        '-movflags',
        '+faststart',
        file,
    );
    return readFile(file);
}

/** Bytes of their own for every file, also for those that are no recordings. */
function unique(bytes: Uint8Array): Buffer {
    const free = randomBytes(24);
    free.writeUInt32BE(free.length, 0);
    free.write('free', 4, 'latin1');
    return Buffer.concat([bytes, free]);
}

async function fillRecorders(
    media: string,
    recorders: readonly Recorder[],
    per: number,
    from: Instant,
    material: Material,
): Promise<Put[]> {
    const all: Put[] = [];
    for (const recorder of recorders) {
        for (let at = 0; at < per; at += 1) {
            // Begins at different seconds within the act; the recorder's clock writes it as it believes.
            // A second each: names of one kind tell nothing else apart.
            const start = from + (2 + at) * SECOND;
            const { path, bytes, kind } = fileOf(recorder, at, start, material);
            await put(join(media, recorder.number), path, bytes);
            all.push({ name: path.split('/').at(-1) ?? '', recorder, kind, start });
        }
    }
    return all;
}

/** What recorders hold: mostly recordings, and a broken, a cut off, a key file, a photo, positions, a log, a clock set to 2000. */
function fileOf(
    recorder: Recorder,
    at: number,
    start: Instant,
    { clip, photo }: Material,
): { path: string; bytes: Buffer; kind: Kind } {
    const shown = start + recorder.error;
    const place = (ending: string, mark = '', time = shown) => pathOf(recorder, time, at, mark) + ending;
    switch (at % 10) {
        case 3:
            return { path: place('.MP4'), bytes: randomBytes(4_000), kind: 'broken' };
        case 4:
            return { path: place('.MP4'), bytes: unique(clip.subarray(0, Math.floor(clip.length / 2))), kind: 'truncated' };
        case 5:
            return { path: place('.MP4', '_IMP'), bytes: unique(clip), kind: 'key' };
        case 6:
            return { path: place('.JPG'), bytes: unique(photo), kind: 'photo' };
        case 7:
            return {
                path: place('.GPS'),
                bytes: Buffer.from(`${rmc(start)}\r\n${randomBytes(6).toString('hex')}`),
                kind: 'positions',
            };
        case 8:
            return { path: place('.MP4', '', Date.UTC(2000, 0, 1, 0, 0, at) - 8 * HOUR), bytes: unique(clip), kind: 'reset' };
        case 9:
            return { path: place('.LOG'), bytes: Buffer.from(`start ${at} ${randomBytes(6).toString('hex')}`), kind: 'log' };
        default:
            return { path: place('.MP4'), bytes: unique(clip), kind: 'good' };
    }
}

function pathOf({ number, certificate, layout }: Recorder, shown: Instant, at: number, mark: string): string {
    // Names without the recorder's number are told apart by this one.
    const own = Number(number.slice(3)) * 100 + at;
    const stamp = digits(shown);
    if (layout === 'dcam') return `DCIM/Media/DCAM_${number}_${certificate}_${stamp.slice(0, 8)}_${stamp.slice(8)}${mark}`;
    if (layout === 'underscore') return `VIDEO/${number}_${certificate}_${stamp}_${String(at).padStart(4, '0')}${mark}`;
    if (layout === 'dayFolders') return `${number}/${stamp.slice(0, 8)}/${stamp.slice(8)}_${own}${mark}`;
    return `DCIM/100MEDIA/VID_${stamp.slice(0, 8)}_${stamp.slice(8)}_${own}${mark}`;
}

function rmc(at: Instant): string {
    const [day, time] = new Date(at).toISOString().split('T');
    const date = `${day?.slice(8, 10)}${day?.slice(5, 7)}${day?.slice(2, 4)}`;
    const fields = `GNRMC,${time?.slice(0, 8).replace(/:/g, '')}.00,A,3113.9,N,12128.0,E,0.0,0.0,${date},,,A`;
    const sum = [...fields].reduce((all, char) => all ^ char.charCodeAt(0), 0);
    return `$${fields}*${sum.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** One act for two recorders, as two officers go together (附件1 第5条). */
async function enterActs(system: DockSystem, recorders: Recorder[], from: Instant, until: Instant): Promise<void> {
    const officer = await remote(system.url).signIn('zhouqing', INSTITUTE_PASSWORD);
    for (let at = 0; at < recorders.length; at += 2) {
        const pair = recorders.slice(at, at + 2);
        // Until here the place of the act held whose recorder it is.
        const participants = pair.map((each) => ({ personId: each.actId, part: 'officer' as const }));
        const times = { startsAt: from, endsAt: until };
        const body = { scenario: 'routineInspection' as const, place: `示范路 ${at} 号`, ...times, participants };
        const { id } = await officer.call('act.create', { body });
        for (const each of pair) each.actId = id;
    }
}

/** All in, none twice, each on its act or in a stated question. */
async function expectAllIn(manager: Remote, put: readonly Put[]): Promise<Pick<DockingRun, 'filed' | 'asked' | 'proposed'>> {
    // Time corrections, proposals and filings follow the last file by some jobs.
    let found: Listed[] = [];
    let waiting = new Set<Id>();
    const good = new Map(put.filter((each) => isGood(each.kind)).map((each) => [each.name, each.recorder]));
    const settled = async () => {
        [found, waiting] = [await recordings(manager), await proposed(manager)];
        return found.every((each) => {
            if (each.state === 'quarantined') return true;
            const recorder = good.get(each.name);
            return (
                each.inspected &&
                (recorder === undefined ? each.act !== null || waiting.has(each.id) : each.act === recorder.actId)
            );
        });
    };
    for (let tries = 0; tries < 200 && !(await settled()); tries += 1) await sleep(300);
    expect(found.map((each) => each.name).sort()).toEqual(put.map((each) => each.name).sort());
    const byName = new Map(put.map((each) => [each.name, each]));
    const { items: questions } = await manager.call('dock.questions', {});
    const asked = questions.reduce((sum, each) => sum + each.count, 0);
    let [filed, quarantined, open] = [0, 0, 0];
    for (const each of found) {
        const of = byName.get(each.name);
        if (each.act !== null) {
            expect([each.name, each.act]).toEqual([each.name, of?.recorder.actId]);
            filed += 1;
        } else if (each.state === 'quarantined') {
            expect([each.name, of?.recorder.layout]).toEqual([each.name, 'dcim']);
            quarantined += 1;
        } else {
            expect([each.name, waiting.has(each.id), isGood(of?.kind)]).toEqual([each.name, true, false]);
            open += 1;
        }
    }
    expect(quarantined).toBe(asked);
    for (const each of found) expectMeasured(each, byName.get(each.name));
    return { filed, asked, proposed: open };
}

/** Recordings that wait for a person to say where they belong, each with why. */
async function proposed(manager: Remote): Promise<Set<Id>> {
    const waiting = new Set<Id>();
    for (let cursor: string | undefined; ; ) {
        const page = await manager.call('recording.proposals', {
            query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) },
        });
        for (const each of page.items) waiting.add(each.recording.id);
        if (page.next === null) return waiting;
        cursor = page.next;
    }
}

/** What is wrong with a file is said, and what is right ran when it really did, whatever its recorder's clock showed. */
function expectMeasured(of: Listed, put: Put | undefined): void {
    if (of.state === 'quarantined' || put === undefined) return;
    const { kind, start, recorder } = put;
    const finding = KINDS[kind];
    if (finding !== undefined) expect([of.name, of.findings]).toEqual([of.name, expect.arrayContaining([finding])]);
    else expect([of.name, of.findings.filter((code) => BAD.has(code))]).toEqual([of.name, []]);
    // 附件1 第7条: the clock of a recorder may be wrong by minutes, or by an hour of summer time.
    if (isGood(kind))
        expect([of.name, recorder.error, Math.abs((of.began ?? 0) - start) <= 3 * SECOND]).toEqual([
            of.name,
            recorder.error,
            true,
        ]);
    // One that was set to 2000 gives no day, and nothing is filed by it.
    if (kind === 'reset') expect([of.name, of.act]).toEqual([of.name, null]);
}

const BAD: ReadonlySet<string> = new Set(['media.notMedia', 'media.truncated', 'media.noMoov', 'media.inspectionFailed']);

/** Each recorder was read by the profile of its make, and its key files were known by their mark. */
async function expectRead(state: string, put: readonly Put[]): Promise<void> {
    const { book } = await readBook(state);
    const byName = new Map(put.map((each) => [each.name, each]));
    for (const { facts } of book.files.values()) {
        const name = Buffer.from(facts.path, 'base64').toString().split('/').at(-1) ?? '';
        const of = byName.get(name);
        const profile = of === undefined ? undefined : PROFILES[of.recorder.layout];
        expect([name, facts.profile?.id, facts.marks]).toEqual([name, profile, of?.kind === 'key' ? ['name'] : []]);
    }
}
