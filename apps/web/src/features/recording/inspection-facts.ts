/** The figures of an inspection that a person reads; the stored result is open-ended, so everything is checked. */
export type InspectionFacts = {
    readonly container: string | undefined;
    readonly encoders: readonly string[];
    readonly video: readonly {
        codec: string;
        width: number;
        height: number;
        frameRateMilli: number | undefined;
        bitrate: number | undefined;
    }[];
    readonly audio: readonly { codec: string; sampleRate: number; channels: number; bitrate: number | undefined }[];
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
    };
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
