import { readFileSync, readSync, writeSync } from 'node:fs';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/**
 * Finds the QR codes on gray pictures of pages that come on descriptor 3, and says on 4 what it found, a line for each page. Started
 * by `read-codes.ts` without environment, names or rights.
 */
const PICTURES = 3;
const ANSWER = 4;
/** Darker than this is ink. */
const INK = 96;
const MOST_SIDE = 20_000;

// Without the bytes the library would fetch them from elsewhere.
const program = readFileSync(new URL(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(program).buffer }, fireImmediately: true });

for (let picture = nextPicture(); picture !== undefined; picture = nextPicture()) {
    const line = { codes: await codesOn(picture), ink: inkOf(picture.gray) };
    writeSync(ANSWER, `${JSON.stringify(line)}\n`);
}

type Picture = { readonly width: number; readonly height: number; readonly gray: Buffer };

/** Binary PGM: `P5`, width, height and the greatest value, each followed by one white space, and the bytes. */
function nextPicture(): Picture | undefined {
    const magic = word();
    if (magic === '') return undefined;
    const [width, height, most] = [Number(word()), Number(word()), word()];
    const sound = [width, height].every((side) => Number.isInteger(side) && side > 0 && side <= MOST_SIDE);
    if (magic !== 'P5' || most !== '255' || !sound) throw new Error('not a picture');
    return { width, height, gray: exactly(width * height) };
}

function word(): string {
    const byte = Buffer.alloc(1);
    let text = '';
    while (readSync(PICTURES, byte, 0, 1, null) === 1) {
        const next = byte.toString('latin1');
        if (/\s/.test(next)) {
            if (text !== '') return text;
        } else text += next;
        if (text.length > 16) throw new Error('not a picture');
    }
    return text;
}

function exactly(length: number): Buffer {
    const bytes = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
        const got = readSync(PICTURES, bytes, filled, length - filled, null);
        if (got === 0) throw new Error('cut short');
        filled += got;
    }
    return bytes;
}

async function codesOn({ width, height, gray }: Picture): Promise<string[]> {
    const data = new Uint8ClampedArray(width * height * 4).fill(255);
    for (let at = 0; at < gray.length; at++) {
        const value = gray[at] ?? 255;
        data[at * 4] = value;
        data[at * 4 + 1] = value;
        data[at * 4 + 2] = value;
    }
    const found = await readBarcodes(
        { data, width, height, colorSpace: 'srgb' },
        { formats: ['QRCode'], tryHarder: true, tryRotate: true, tryInvert: false, tryDownscale: true, maxNumberOfSymbols: 8 },
    );
    return [...new Set(found.filter((each) => each.isValid).map((each) => each.text.slice(0, 300)))];
}

/** Parts in ten thousand. */
function inkOf(gray: Buffer): number {
    let dark = 0;
    for (const value of gray) if (value < INK) dark++;
    return Math.round((dark * 10_000) / gray.length);
}
