/**
 * Makes the fictional recordings of the demo: `node tools/make-demo-clips.ts`. Needs Debian's ffmpeg and fonts-noto-cjk;
 * the result is committed, so nobody else needs them. With the same ffmpeg the same bytes come out. Keys of visits behind it
 * make those alone and keep the others as they are.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspectFile } from '../apps/server/src/platform/media/inspect-file.ts';
import { ffmpeg } from '../apps/server/src/testing/ffmpeg.ts';
import type { ClipList, DemoAct, DemoClip } from './demo-story.ts';
import { ACTS, CUT_KEEPS, fileNameOf, MAX_TOTAL_BYTES, RECORDERS, startOf } from './demo-story.ts';

const FOLDER = fileURLToPath(new URL('../demo/clips/', import.meta.url));

async function main(only: readonly string[]): Promise<void> {
    const kept = only.length === 0 ? [] : await listed();
    if (only.length === 0) await rm(FOLDER, { recursive: true, force: true });
    await mkdir(FOLDER, { recursive: true });
    const clips: ClipList['clips'][number][] = [];
    for (const act of ACTS)
        for (const clip of act.clips) {
            const known = only.includes(act.key) ? undefined : kept.find(({ file }) => file === fileNameOf(clip));
            clips.push(known ?? (await make(act.key, act.place, clip)));
        }
    const acts = ACTS.map(({ key, place, documentStart, documentEnd }) => ({ key, place, documentStart, documentEnd }));
    const list: ClipList = { notice: '演示数据，纯属虚构 · Demo data, entirely fictional', zone: 'Asia/Shanghai', acts, clips };
    await writeFile(join(FOLDER, 'clips.json'), `${JSON.stringify(list, null, 2)}\n`);
    const total = clips.reduce((sum, clip) => sum + clip.size, 0);
    console.log(`${clips.length} clips, ${total} bytes`);
    if (total > MAX_TOTAL_BYTES) throw new Error(`the clips are larger than ${MAX_TOTAL_BYTES} bytes together`);
}

async function listed(): Promise<ClipList['clips']> {
    return (JSON.parse(await readFile(join(FOLDER, 'clips.json'), 'utf8')) as ClipList).clips;
}

async function make(act: DemoAct['key'], place: string, clip: DemoClip): Promise<ClipList['clips'][number]> {
    const file = fileNameOf(clip);
    const path = join(FOLDER, file);
    const { certificate } = RECORDERS[clip.device];
    await encode(path, place, clip);
    if (clip.cutOff === true) {
        // The battery is pulled: the index, which is written last, never comes to be.
        const bytes = await readFile(path);
        await writeFile(path, bytes.subarray(0, Math.floor(bytes.length * CUT_KEEPS)));
    }
    const inspection = await inspectFile(path);
    const bytes = await readFile(path);
    return {
        act,
        file,
        device: clip.device,
        ...(certificate === undefined ? {} : { certificate }),
        start: clip.start,
        startInstant: startOf(clip.start),
        ...(inspection.durationMs === undefined ? {} : { durationMs: inspection.durationMs }),
        size: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        findings: inspection.findings.map((finding) => finding.code),
    };
}

/**
 * Pictures drawn a second; all are shown at 30, which is what the recorders write. A picture in which nothing changed takes
 * fewer bytes without arithmetic coding.
 */
const USUAL = {
    drawn: 30,
    quality: '35',
    voice: '16k',
    samples: 16_000,
    pictures: '300',
    more: ['-preset', 'medium', '-bf', '2'],
};
const TICKING = {
    ...{ drawn: 1, quality: '44', voice: '4k', samples: 8_000, pictures: '1800' },
    more: ['-preset', 'veryfast', '-bf', '0', '-coder', '0'],
};

async function encode(path: string, place: string, clip: DemoClip): Promise<void> {
    const { seconds } = clip;
    const { drawn, quality, voice, samples, pictures, more } = clip.ticking === true ? TICKING : USUAL;
    const recorder = RECORDERS[clip.device];
    // What stands still is drawn once: drawing it 30 times a second takes longer than encoding it.
    const room = join(FOLDER, 'room.png');
    const blank = ['-f', 'lavfi', '-i', `color=c=${recorder.wall}:s=1920x1080`];
    await ffmpeg(...blank, '-frames:v', '1', '-vf', still(place, clip), room);
    await ffmpeg(
        ...['-framerate', String(drawn), '-i', room],
        ...['-f', 'lavfi', '-i', `color=c=${recorder.mark}:s=72x72:r=${drawn}:d=${seconds}`],
        ...['-f', 'lavfi', '-i', `aevalsrc=${SOUND}:s=${samples}:d=${seconds}`],
        ...['-filter_complex', moving(clip), '-map', '[out]', '-map', '2:a'],
        ...['-c:v', 'libx264', ...more, '-crf', quality, '-pix_fmt', 'yuv420p', '-g', pictures],
        ...['-c:a', 'aac', '-b:a', voice, '-ac', '1'],
        ...['-map_metadata', '-1', '-metadata', `creation_time=${creationTime(clip)}`, '-metadata', 'title=演示 · 虚构'],
        ...['-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact', '-threads', '2'],
        ...(clip.cutOff === true ? [] : ['-movflags', '+faststart']),
        path,
    );
    await rm(room);
}

/** A quiet hum, and a short tick on every full second so that sound and clock can be compared. */
const SOUND = `'0.01*sin(2*PI*220*t)+0.05*sin(2*PI*880*t)*lt(mod(t,1),0.05)'`;

/** A room drawn with boxes, and the recorder's lines that do not change. */
function still(place: string, clip: DemoClip): string {
    return [
        'drawbox=0:760:1920:320:0x00000055:fill',
        'drawbox=140:300:420:460:0xffffff22:fill',
        'drawbox=180:340:340:180:0xffffff22:fill',
        'drawbox=180:550:340:180:0xffffff22:fill',
        'drawbox=1180:560:600:200:0xffffff1a:fill',
        'drawbox=1180:540:600:20:0xffffff44:fill',
        'drawbox=0:0:1920:96:0x000000aa:fill',
        'drawbox=0:1000:1920:80:0x000000aa:fill',
        text(`${clip.device}  ${RECORDERS[clip.device].certificate ?? ''}`, 'Noto Sans Mono CJK SC', 48, 'w-tw-40', '22'),
        text('演示 · 虚构', 'Noto Sans CJK SC', 120, '(w-tw)/2', '180', 'white@0.75'),
        text(`${place}（模拟画面）`, 'Noto Sans CJK SC', 44, '40', '1012', 'white@0.9'),
        text('REC', 'Noto Sans CJK SC', 44, 'w-tw-40', '1012', '0xff6b5e'),
    ].join(',');
}

/** The running clock, and a mark that walks through the room; in a ticking clip it stands. */
function moving(clip: DemoClip): string {
    const clock = `%{pts\\:gmtime\\:${wallClockSeconds(clip.start)}\\:%Y-%m-%d %T}`;
    const withClock = `[0:v]format=yuv420p,loop=loop=-1:size=1,${text(clock, 'Noto Sans Mono CJK SC', 56, '40', '18')}[room]`;
    const from = clip.ticking === true ? '1680' : `40+mod(t*96+${RECORDERS[clip.device].from},1760)`;
    return `${withClock};[room][1:v]overlay=x='${from}':y=860:shortest=1${clip.ticking === true ? ',fps=30' : ''}[out]`;
}

const text = (what: string, font: string, size: number, x: string, y: string, colour = 'white'): string =>
    `drawtext=font='${font}':fontsize=${size}:fontcolor=${colour}:x=${x}:y=${y}:text='${what}'`;

/** ffmpeg's clock counts in UTC; given the wall clock as if it were UTC it shows the wall clock. */
const wallClockSeconds = (start: string): number => Date.parse(`${start.replace(' ', 'T')}Z`) / 1_000;

/** One recorder follows the format and writes UTC, the other writes local time labelled UTC, as many do. */
function creationTime(clip: DemoClip): string {
    const wallClock = `${clip.start.replace(' ', 'T')}Z`;
    return RECORDERS[clip.device].writesLocalTime ? wallClock : new Date(startOf(clip.start)).toISOString();
}

await main(process.argv.slice(2));
