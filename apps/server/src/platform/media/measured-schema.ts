import { type MeasuredFile, STREAM_SIGNATURES } from '@liuhen/domain';
import { z } from 'zod';

const count = z.int().min(0);
const name = z.string().max(80);
const time = z.strictObject({ ticks: z.int(), timescale: z.int().min(1) });
const timed = {
    id: z.int(),
    codec: name,
    codecString: name.exactOptional(),
    codecId: name.exactOptional(),
    first: time,
    duration: time,
    sampleCount: count,
    bitrate: count.exactOptional(),
    holes: z.strictObject({ count, longestMs: count, longestAtMs: count }).exactOptional(),
    backwards: count.exactOptional(),
};

const track = z.discriminatedUnion('kind', [
    z.strictObject({
        kind: z.literal('video'),
        ...timed,
        codedWidth: count,
        codedHeight: count,
        width: count,
        height: count,
        rotation: z.literal([0, 90, 180, 270]),
        frameRateMilli: count.exactOptional(),
        worst: z.strictObject({ frameRateMilli: count, atMs: count }).exactOptional(),
        usualFrameRateMilli: count.exactOptional(),
        declaredFrameRateMilli: count.exactOptional(),
    }),
    z.strictObject({ kind: z.literal('audio'), ...timed, sampleRate: count, channels: count }),
    z.strictObject({ kind: z.literal('other'), id: z.int(), codecId: name.exactOptional() }),
]);

const boxes = z.strictObject({
    majorBrand: name.exactOptional(),
    compatibleBrands: z.array(name).max(64),
    moov: z.enum(['absent', 'beforeData', 'afterData']),
    fragmented: z.boolean(),
    fragmentCount: count,
    mdatDeclaredEnd: count.exactOptional(),
    sampleEnd: count.exactOptional(),
    missingBytes: count.exactOptional(),
    lastUsableMs: count.exactOptional(),
    malformed: z.enum(['boxSize', 'tooManyBoxes', 'indexTooLarge', 'sampleTable']).exactOptional(),
    creationSeconds: count.exactOptional(),
    modificationSeconds: count.exactOptional(),
    structure: z
        .strictObject({
            edits: count,
            hiddenMs: count,
            editedRate: z.boolean(),
            chunksBack: count,
            unreferencedBytes: count,
            descriptions: count,
            keys: z.strictObject({ usual: count, odd: count, count }).exactOptional(),
        })
        .exactOptional(),
});

const positions = z.strictObject({
    source: z.enum(['gpmf', 'udta', 'nmea']),
    firstUtc: z.int().exactOptional(),
    fixes: count,
    noFix: count,
    fastestMmPerS: z.int(),
    points: z
        .array(
            z.strictObject({
                atMs: count,
                latE7: z.int().min(-900_000_000).max(900_000_000),
                lonE7: z.int().min(-1_800_000_000).max(1_800_000_000),
            }),
        )
        .max(1_000),
});

/** What the inspection process may answer. It worked on a hostile file, so its answer is input like any other. */
export const measuredSchema: z.ZodType<MeasuredFile> = z.strictObject({
    container: name,
    fileLength: count,
    boxes: boxes.exactOptional(),
    tracks: z.array(track).max(32),
    encoders: z.array(name).max(8),
    avi: z.strictObject({ index: z.boolean(), emptyFrames: count, missingBytes: count.exactOptional() }).exactOptional(),
    stream: z
        .strictObject({
            end: z.enum(['stated', 'unknown']),
            missingBytes: count.exactOptional(),
            declaredMs: count.exactOptional(),
            createdSeconds: count.exactOptional(),
        })
        .exactOptional(),
    photo: z
        .strictObject({
            width: count,
            height: count,
            takenText: name.exactOptional(),
            offsetText: name.exactOptional(),
            ended: z.boolean(),
        })
        .exactOptional(),
    log: z
        .strictObject({
            form: z.enum(['timed', 'keyed', 'plain']),
            encoding: z.enum(['utf-8', 'utf-16le', 'gb18030']),
            lines: count,
            cut: z.boolean().exactOptional(),
        })
        .exactOptional(),
    positions: positions.exactOptional(),
    signatures: z.strictObject({ found: z.array(z.enum(STREAM_SIGNATURES)).max(8), searchedBytes: count }).exactOptional(),
    failed: z.enum(['damaged', 'memory', 'crashed', 'output', 'timedOut']).exactOptional(),
});
