import { open, realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { besides, runLimited } from './limited-process.ts';
import { installedPagePrograms, type PagePrograms, pagePictures } from './page-pictures.ts';

/** One page as it lies in the file: the codes on it, and how much of it is ink, in ten thousandths. */
export type SheetRead = { readonly codes: readonly string[]; readonly ink: number };

export type CodesRead =
    | { readonly outcome: 'programMissing' }
    /** `whole` is false where the file could not be taken to its end: what follows the sheets is not known. */
    | { readonly outcome: 'read'; readonly sheets: readonly SheetRead[]; readonly whole: boolean };

/** More pages than any record has; what follows them is stated as not read. */
const MOST_SHEETS = 200;
const LIMITS = { wallMs: 240_000, cpuSeconds: 200, heapMiB: 512, addressSpaceMiB: 4_096, outputBytes: 1024 * 1024 };
const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), 'codes-child.ts');

const lineShape = z.strictObject({ codes: z.array(z.string().max(300)).max(8), ink: z.int().min(0).max(10_000) });

/**
 * Reads the QR codes on the pages of a PDF or a picture. One process makes pictures of the pages, another finds the codes on them,
 * both without rights; whatever the file does to either is an answer. Rejects when the file cannot be opened.
 */
export async function readCodes(
    path: string,
    mediaType: string,
    options: { programs?: PagePrograms; signal?: AbortSignal } = {},
): Promise<CodesRead> {
    const programs = options.programs ?? (await installedPagePrograms());
    const file = await open(path, 'r');
    try {
        const made = pagePictures(file.fd, mediaType, MOST_SHEETS + 1, programs);
        if (made === undefined) return { outcome: 'programMissing' };
        const { answer, ended } = await runLimited({
            script: SCRIPT,
            readable: await readableFiles(),
            fd: made.pictures,
            limits: LIMITS,
            signal: options.signal,
            // Guard pages of WebAssembly would ask for more address space than the limit leaves.
            nodeFlags: ['--disable-wasm-trap-handler'],
        }).finally(made.stop);
        const well = (await made.well) && ended === 'well';
        const sheets = answer.split('\n').slice(0, -1).map(sheetOf);
        const sound = sheets.filter((each) => each !== undefined);
        const whole = well && sound.length === sheets.length && sound.length <= MOST_SHEETS && sound.length > 0;
        return { outcome: 'read', sheets: sound.slice(0, MOST_SHEETS), whole };
    } finally {
        await file.close();
    }
}

function sheetOf(line: string): SheetRead | undefined {
    try {
        return lineShape.parse(JSON.parse(line));
    } catch {
        return undefined;
    }
}

let readable: Promise<string[]> | undefined;

/** The permission model compares real paths, so links of the package manager are followed first. */
function readableFiles(): Promise<string[]> {
    readable ??= (async () => {
        // …/zxing-wasm/dist/cjs/reader/<file>
        const library = join(createRequire(import.meta.url).resolve('zxing-wasm/reader'), '..', '..', '..', '..');
        const script = await realpath(SCRIPT);
        return besides(script, join(dirname(script), '..', '..', '..'), [await realpath(library)]);
    })();
    return readable;
}
