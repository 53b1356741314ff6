/** One position as a file states it: degrees × 10⁷ by WGS 84, and where in the file. */
export type FilePosition = { readonly atMs: number; readonly latE7: number; readonly lonE7: number };

/** What one payload of a GPMF track says about position (gopro/gpmf-parser, README: KLV, `GPS5`, `GPSF`, `SCAL`). */
export type GpmfPositions = {
    readonly fixes: readonly { latE7: number; lonE7: number; speedMm: number }[];
    readonly noFix: number;
    /** The satellites' time at this payload, where its receiver had a fix (`GPSU`). */
    readonly utc?: number;
};

type Klv = { readonly key: string; readonly type: number; readonly size: number; readonly repeat: number; readonly data: Buffer };

const NESTED = 0;
/** `DEVC` → `STRM` → values: anything deeper is not position. */
const DEEPEST = 4;
const MOST_ENTRIES = 4_096;

/** Reads a payload that is wholly in memory; what cannot be read is left out. */
export function positionsInGpmf(payload: Buffer): GpmfPositions {
    const fixes: { latE7: number; lonE7: number; speedMm: number }[] = [];
    let noFix = 0;
    let utc: number | undefined;
    for (const stream of streamsIn(payload, 0)) {
        const scale = numbersOf(stream.find((each) => each.key === 'SCAL'));
        const fix = stream.find((each) => each.key === 'GPSF')?.data;
        const values = stream.find((each) => each.key === 'GPS5');
        if (values === undefined || values.size !== 20) continue;
        // 0: the receiver had no fix; what it repeats then is where it last was.
        if (fix !== undefined && fix.length >= 4 && fix.readUInt32BE(0) === 0) {
            noFix += values.repeat;
            continue;
        }
        utc ??= utcIn(stream.find((each) => each.key === 'GPSU'));
        for (let at = 0; at + 20 <= values.data.length; at += 20) {
            const value = (index: number) => values.data.readInt32BE(at + index * 4) / (scale[index] || scale[0] || 1);
            const [lat, lon, speed] = [value(0), value(1), value(3)];
            if (Math.abs(lat) > 90 || Math.abs(lon) > 180) noFix++;
            else fixes.push({ latE7: Math.round(lat * 1e7), lonE7: Math.round(lon * 1e7), speedMm: Math.round(speed * 1_000) });
        }
    }
    return { fixes, noFix, ...(utc === undefined ? {} : { utc }) };
}

function streamsIn(bytes: Buffer, depth: number): (readonly Klv[])[] {
    const entries = klvIn(bytes);
    const inside = depth < DEEPEST ? entries.filter((each) => each.type === NESTED) : [];
    const own = entries.some((each) => each.key === 'GPS5') ? [entries] : [];
    return [...own, ...inside.flatMap((each) => streamsIn(each.data, depth + 1))];
}

/** Key, type, size of one value, how many, and data padded to 32 bits. */
function klvIn(bytes: Buffer): Klv[] {
    const found: Klv[] = [];
    for (let at = 0; at + 8 <= bytes.length && found.length < MOST_ENTRIES; ) {
        const [type, size, repeat] = [bytes[at + 4] ?? 0, bytes[at + 5] ?? 0, bytes.readUInt16BE(at + 6)];
        const length = size * repeat;
        const data = bytes.subarray(at + 8, Math.min(bytes.length, at + 8 + length));
        found.push({ key: bytes.toString('latin1', at, at + 4), type, size, repeat, data });
        at += 8 + Math.ceil(length / 4) * 4;
    }
    return found;
}

function numbersOf(klv: Klv | undefined): number[] {
    if (klv === undefined) return [];
    const read = { l: [4, 'readInt32BE'], L: [4, 'readUInt32BE'], s: [2, 'readInt16BE'], S: [2, 'readUInt16BE'] } as const;
    const how = read[String.fromCharCode(klv.type) as keyof typeof read];
    if (how === undefined) return [];
    const [width, method] = how;
    const numbers: number[] = [];
    for (let at = 0; at + width <= klv.data.length && numbers.length < 16; at += width) numbers.push(klv.data[method](at));
    return numbers;
}

/** `yymmddhhmmss.sss`, sixteen characters. */
function utcIn(klv: Klv | undefined): number | undefined {
    const parts = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.(\d{3})/.exec(klv?.data.toString('latin1') ?? '');
    if (parts === null) return undefined;
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, milli = 0] = parts.slice(1).map(Number);
    const utc = Date.UTC(2_000 + year, month - 1, day, hour, minute, second, milli);
    const back = new Date(utc);
    return back.getUTCDate() === day && back.getUTCMonth() === month - 1 && hour < 24 && minute < 60 && second < 60
        ? utc
        : undefined;
}
