/** The figures of an inspection that a person reads; the stored result is open-ended, so everything is checked. */
export type InspectionFacts = {
    readonly container: string | undefined;
    readonly encoders: readonly string[];
    readonly video: readonly {
        codec: string;
        width: number;
        height: number;
        frameRateMilli: number | undefined;
        declaredMilli: number | undefined;
        worst: { rateMilli: number; atMs: number } | undefined;
        bitrate: number | undefined;
    }[];
    readonly audio: readonly { codec: string; sampleRate: number; channels: number; bitrate: number | undefined }[];
    readonly durationMs: number | undefined;
    readonly skew: { startMs: number; endMs: number; driftMs: number } | undefined;
    /** Whether every sample was found to lie inside the file; undefined: the container does not let it be known. */
    readonly whole: boolean | 'stated' | undefined;
    readonly photo: { width: number; height: number; taken: string | undefined } | undefined;
    readonly positions: { source: string; fixes: number; noFix: number; fastestMmPerS: number; place: string } | undefined;
    readonly signatures: { found: readonly string[]; searchedBytes: number } | undefined;
};

const record = (value: unknown): Record<string, unknown> =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const number = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export function inspectionFacts(inspection: Readonly<Record<string, unknown>>): InspectionFacts {
    const tracks = list(inspection.tracks).map(record);
    const codecOf = (track: Record<string, unknown>) => text(track.codecString) ?? text(track.codec) ?? '?';
    return {
        container: text(inspection.container),
        encoders: list(inspection.encoders).flatMap((each) => text(each) ?? []),
        video: tracks
            .filter((track) => track.kind === 'video')
            .map((track) => ({
                codec: codecOf(track),
                width: number(track.width) ?? 0,
                height: number(track.height) ?? 0,
                frameRateMilli: number(track.frameRateMilli),
                declaredMilli: number(track.declaredFrameRateMilli),
                worst: worstOf(record(track.worst)),
                bitrate: number(track.bitrate),
            })),
        audio: tracks
            .filter((track) => track.kind === 'audio')
            .map((track) => ({
                codec: codecOf(track),
                sampleRate: number(track.sampleRate) ?? 0,
                channels: number(track.channels) ?? 0,
                bitrate: number(track.bitrate),
            })),
        durationMs: number(inspection.durationMs),
        skew: skewOf(record(inspection.skew)),
        whole: wholeOf(inspection),
        photo: photoOf(record(inspection.photo)),
        positions: positionsOf(record(inspection.positions)),
        signatures: signaturesOf(record(inspection.signatures)),
    };
}

function worstOf(worst: Record<string, unknown>) {
    const [rateMilli, atMs] = [number(worst.frameRateMilli), number(worst.atMs)];
    return rateMilli === undefined || atMs === undefined ? undefined : { rateMilli, atMs };
}

function skewOf(skew: Record<string, unknown>) {
    const [startMs, endMs, driftMs] = [number(skew.startMs), number(skew.endMs), number(skew.driftMs)];
    return startMs === undefined || endMs === undefined || driftMs === undefined ? undefined : { startMs, endMs, driftMs };
}

/** Only an index of samples lets it be known: without one nothing is claimed. */
function wholeOf(inspection: Readonly<Record<string, unknown>>): InspectionFacts['whole'] {
    const [boxes, avi, stream] = [record(inspection.boxes), record(inspection.avi), record(inspection.stream)];
    const missing = boxes.missingBytes ?? avi.missingBytes ?? stream.missingBytes;
    if (missing !== undefined || boxes.moov === 'absent') return false;
    // A stream says how long it is, or nothing: then a part of it looks like the whole.
    if (stream.end === 'stated') return isShort(inspection) ? false : 'stated';
    return boxes.sampleEnd !== undefined || boxes.fragmented === true || avi.index === true ? true : undefined;
}

const isShort = ({ findings }: Readonly<Record<string, unknown>>): boolean =>
    list(findings).some((each) => record(each).code === 'media.endsEarly');

function photoOf(photo: Record<string, unknown>): InspectionFacts['photo'] {
    const [width, height] = [number(photo.width), number(photo.height)];
    return width === undefined || height === undefined || width === 0
        ? undefined
        : { width, height, taken: text(photo.takenText) };
}

function positionsOf(positions: Record<string, unknown>): InspectionFacts['positions'] {
    const [source, fixes] = [text(positions.source), number(positions.fixes)];
    if (source === undefined || fixes === undefined) return undefined;
    const first = record(list(positions.points)[0]);
    const degrees = (value: unknown) => ((number(value) ?? 0) / 1e7).toFixed(5);
    return {
        source,
        fixes,
        noFix: number(positions.noFix) ?? 0,
        fastestMmPerS: number(positions.fastestMmPerS) ?? 0,
        place: `${degrees(first.latE7)}, ${degrees(first.lonE7)}`,
    };
}

function signaturesOf(signatures: Record<string, unknown>): InspectionFacts['signatures'] {
    const searchedBytes = number(signatures.searchedBytes);
    if (searchedBytes === undefined) return undefined;
    return { found: list(signatures.found).flatMap((each) => text(each) ?? []), searchedBytes };
}

/** Whether a name is plain: its bytes are UTF-8, and nothing in it is invisible or steers the terminal or the eye. */
export function isPlainName(name: string, hex: string): boolean {
    const bytes = new Uint8Array((hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)));
    try {
        const decoded = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
        return decoded === name && !/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/u.test(decoded);
    } catch {
        return false;
    }
}
