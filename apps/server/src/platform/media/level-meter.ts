import type { Readable } from 'node:stream';
import { type Levels, WATCHED_SOUND_RATE, WATCHED_TILES } from '@liuhen/domain';

/** A file that claims to last longer is read no further: two days. */
const MOST_SECONDS = 172_800;

/** One level for each `size` bytes that come, in memory for one of them. Gives them when the stream ends. */
function levelsOf(stream: Readable, size: number, levelOf: (bytes: Buffer) => number): Promise<number[]> {
    const levels: number[] = [];
    const one = Buffer.alloc(size);
    let filled = 0;
    const take = (bytes: Buffer) => {
        for (let at = 0; at < bytes.length; ) {
            const taken = bytes.copy(one, filled, at, Math.min(bytes.length, at + size - filled));
            [at, filled] = [at + taken, filled + taken];
            if (filled < size) continue;
            if (levels.length < MOST_SECONDS) levels.push(levelOf(one));
            filled = 0;
        }
    };
    return new Promise((resolve) => {
        stream.on('data', take);
        stream.once('error', () => resolve(levels));
        stream.once('close', () => resolve(levels));
    });
}

const brightest = (tiles: Buffer): number => tiles.reduce((most, each) => Math.max(most, each), 0);

/** The mean level of a second, as the root of its mean square. */
function loudness(samples: Buffer): number {
    let sum = 0;
    for (let at = 0; at < samples.length; at += 2) sum += samples.readInt16LE(at) ** 2;
    return Math.sqrt(sum / (samples.length / 2));
}

/** Reads what the program says of the picture, one small one a second, and of the sound; null: the file has none. */
export async function readLevels(pictures: Readable, sound: Readable | null): Promise<Levels> {
    const [seen, heard] = await Promise.all([
        levelsOf(pictures, WATCHED_TILES.columns * WATCHED_TILES.rows, brightest),
        sound === null ? null : levelsOf(sound, WATCHED_SOUND_RATE * 2, loudness),
    ]);
    return { pictures: seen, sound: heard };
}
