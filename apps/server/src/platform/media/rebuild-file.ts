import { open, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DerivedReason, REBUILT_RATES, REBUILT_SOUNDS } from '@liuhen/domain';
import { z } from 'zod';
import { besides, type ProcessLimits, runLimited } from './limited-process.ts';

const hexes = z
    .array(z.string().regex(/^([0-9a-f]{2}){2,512}$/))
    .min(1)
    .max(31);
const setsSchema = z.strictObject({ sps: hexes, pps: hexes });
const count = z.int().min(0);
const answerSchema = z.discriminatedUnion('came', [
    z.strictObject({ came: z.literal('noParameters') }),
    z.strictObject({ came: z.literal('nothing') }),
    z.strictObject({
        came: z.literal('rebuilt'),
        parameters: z.enum(['inStream', 'reference']),
        rateMilli: z.int().min(1_000).max(240_000),
        rateFrom: z.enum(REBUILT_RATES),
        sound: z.enum(REBUILT_SOUNDS),
        pictures: z.int().min(1),
        leftOut: count,
        holes: count,
        reorders: z.boolean(),
        readBytes: count,
        dataBytes: count,
    }),
]);

export type StreamSets = z.infer<typeof setsSchema>;
export type RebuildAnswer = z.infer<typeof answerSchema>;
export type RebuildAsked = {
    /** Of another recording; those in the stream itself come first. */
    readonly sets?: StreamSets;
    readonly rateMilli?: number;
    readonly sound?: { readonly sampleRate: number; readonly channels: 1 | 2 };
};

const HERE = dirname(fileURLToPath(import.meta.url));
const SLOWEST_BYTES_PER_MS = 15_000;
const LONGEST_MS = 30 * 60_000;

const limitsFor = (size: number, writtenBytes: number): ProcessLimits => {
    const wallMs = Math.min(LONGEST_MS, 60_000 + Math.floor(size / SLOWEST_BYTES_PER_MS)) * 2;
    return {
        ...{ wallMs, cpuSeconds: Math.ceil(wallMs / 2_000), heapMiB: 384, addressSpaceMiB: 3_072 },
        ...{ outputBytes: 64 * 1024, writtenBytes },
    };
};

type Child = {
    readonly script: string;
    readonly fd: number;
    readonly args?: readonly string[];
    readonly outputs?: readonly number[];
};

async function runChild({ script: name, ...rest }: Child, limits: ProcessLimits) {
    const script = await realpath(join(HERE, name));
    return runLimited({ script, readable: besides(script, join(dirname(script), '..', '..', '..'), []), ...rest, limits });
}

/** The sets of parameters of a whole recording, if its pictures are H.264. */
export async function readStreamSets(path: string): Promise<StreamSets | undefined> {
    const file = await open(path, 'r');
    try {
        const { answer, ended } = await runChild(
            { script: 'parameters-child.ts', fd: file.fd },
            limitsFor((await file.stat()).size, 0),
        );
        return ended === 'well' && answer !== '' ? setsSchema.safeParse(parsed(answer)).data : undefined;
    } finally {
        await file.close();
    }
}

/** Finds pictures and sound in a recording without an index, in a process that may use so much and write no more than it read. */
export async function rebuildStreams(
    path: string,
    asked: RebuildAsked,
    to: { readonly pictures: string; readonly sound: string },
    limits: Partial<ProcessLimits> = {},
): Promise<RebuildAnswer | Extract<DerivedReason, 'program' | 'timedOut'>> {
    const [file, pictures, sound] = await Promise.all([open(path, 'r'), open(to.pictures, 'w'), open(to.sound, 'w')]);
    try {
        const { size } = await file.stat();
        const outcome = await runChild(
            {
                script: 'rebuild-child.ts',
                fd: file.fd,
                args: [JSON.stringify(asked)],
                outputs: [pictures.fd, sound.fd],
            },
            { ...limitsFor(size, size * 2 + (1 << 20)), ...limits },
        );
        if (outcome.ended === 'timedOut') return 'timedOut';
        const said = outcome.ended === 'well' ? answerSchema.safeParse(parsed(outcome.answer)).data : undefined;
        return said ?? 'program';
    } finally {
        await Promise.all([file.close(), pictures.close(), sound.close()]);
    }
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
