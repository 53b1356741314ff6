import type { MeasuredFile } from '@liuhen/domain';
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
});

/** What the inspection process may answer. It worked on a hostile file, so its answer is input like any other. */
export const measuredSchema: z.ZodType<MeasuredFile> = z.strictObject({
    container: name,
    fileLength: count,
    boxes: boxes.exactOptional(),
    tracks: z.array(track).max(32),
    encoders: z.array(name).max(8),
    failed: z.enum(['damaged', 'memory', 'crashed', 'output', 'timedOut']).exactOptional(),
});
