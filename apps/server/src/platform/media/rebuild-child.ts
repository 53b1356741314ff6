import { writeSync } from 'node:fs';
import { readAvcSps } from './avc-parameters.ts';
import { type AvcSets, ByteWindow, type FoundUnit, setsInStream, UnitReader } from './avc-units.ts';
import { largest, walkBoxes } from './boxes.ts';
import { type ByteSource, descriptorSource } from './byte-source.ts';
import type { RebuildAnswer, RebuildAsked } from './rebuild-file.ts';
import { adtsHeader, soundIn } from './rebuild-sound.ts';
import { RebuildWalk } from './rebuild-walk.ts';

/**
 * Takes a recording without an index apart: the damaged file on descriptor 3, what came of it on 4, pictures as a stream with start
 * codes on 5 and sound on 6. Started by `rebuild-file.ts` under the limits of an inspection, without names or rights.
 */
const [FILE, ANSWER, PICTURES, SOUND] = [3, 4, 5, 6];
const START_CODE = Buffer.from([0, 0, 0, 1]);
const FLUSH_BYTES = 1 << 20;
const ASSUMED_RATE_MILLI = 30_000;

function rebuild(asked: RebuildAsked): void {
    const source = descriptorSource(FILE);
    const { from, end } = dataOf(source);
    const window = new ByteWindow(source);
    const own = setsInStream(window, from, end);
    const given = asked.sets;
    const sets: AvcSets | undefined =
        own ??
        (given && {
            sps: given.sps.map((each) => Buffer.from(each, 'hex')),
            pps: given.pps.map((each) => Buffer.from(each, 'hex')),
        });
    if (sets === undefined) {
        answer({ came: 'noParameters' });
        return;
    }
    const pictures = new Output(PICTURES);
    for (const nal of [...sets.sps, ...sets.pps]) pictures.write(START_CODE, nal);
    const reader = new UnitReader(window, end, sets);
    const take = (unit: FoundUnit) => pictures.write(START_CODE, reader.bytes(unit));
    const walked = new RebuildWalk(window, reader, end, take).walk(from);
    pictures.flush();
    if (walked.pictures === 0) {
        answer({ came: 'nothing' });
        return;
    }
    const said = readAvcSps(sets.sps[0] ?? Buffer.alloc(0))?.frameRateMilli;
    // What a recorder really filmed is better known from its other recordings than from what its stream declares.
    const [rateMilli, rateFrom] =
        asked.rateMilli !== undefined
            ? ([asked.rateMilli, 'reference'] as const)
            : said !== undefined
              ? ([said, 'stream'] as const)
              : ([ASSUMED_RATE_MILLI, 'assumed'] as const);
    const read = (gap: { at: number; end: number }) => window.at(gap.at, gap.end - gap.at);
    const sound = asked.sound === undefined ? 'notKnown' : soundIn(walked, rateMilli, asked.sound, read);
    let soundBytes = 0;
    if (sound === 'kept' && asked.sound !== undefined) {
        const blocks = new Output(SOUND);
        for (const gap of walked.gaps) {
            blocks.write(adtsHeader(gap.end - gap.at, asked.sound), read(gap));
            soundBytes += gap.end - gap.at;
        }
        blocks.flush();
    }
    const { gaps: _, gapsOverflowed: __, unitBytes, ...counts } = walked;
    answer({
        came: 'rebuilt',
        ...{ parameters: own === undefined ? 'reference' : 'inStream', rateMilli, rateFrom, sound },
        ...{ ...counts, readBytes: unitBytes + soundBytes, dataBytes: end - from },
    });
}

/**
 * From the first media data to the end of the file. A recorder writes the length of its media data last, so what stands there says
 * nothing; other boxes that lie between are passed over like all that is no picture.
 */
function dataOf(source: ByteSource): { from: number; end: number } {
    const { boxes } = walkBoxes(source, 0n, source.length);
    const first = boxes.find((box) => box.type === 'mdat');
    const end = Number(source.length);
    return { from: Number(first?.content ?? largest(boxes.map((box) => box.end))), end };
}

class Output {
    readonly #fd: number;
    #parts: Buffer[] = [];
    #length = 0;

    constructor(fd: number) {
        this.#fd = fd;
    }

    /** Copied: the window behind them moves on. */
    write(...parts: readonly Buffer[]): void {
        for (const part of parts) {
            this.#parts.push(Buffer.from(part));
            this.#length += part.length;
        }
        if (this.#length >= FLUSH_BYTES) this.flush();
    }

    flush(): void {
        const bytes = Buffer.concat(this.#parts);
        for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at);
        this.#parts = [];
        this.#length = 0;
    }
}

function answer(said: RebuildAnswer): void {
    writeSync(ANSWER, `${JSON.stringify(said)}\n`);
}

rebuild(JSON.parse(process.argv[2] ?? '{}') as RebuildAsked);
