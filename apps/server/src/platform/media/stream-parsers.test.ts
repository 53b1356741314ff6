import { describe, expect, it } from 'vitest';
import { readAsf } from './asf.ts';
import { bufferSource } from './byte-source.ts';
import { readMatroska } from './ebml.ts';
import { readFlv } from './flv.ts';
import { readMpegPs } from './mpeg-ps.ts';

/** Files of a few bytes, made by the books of their containers: each rule of a reader by itself. */
const u8 = (...values: number[]) => Buffer.from(values);
const number = (size: number, value: number, little = false) => {
    const bytes = Buffer.alloc(size);
    if (size === 8) little ? bytes.writeBigUInt64LE(BigInt(value)) : bytes.writeBigUInt64BE(BigInt(value));
    else little ? bytes.writeUIntLE(value, 0, size) : bytes.writeUIntBE(value, 0, size);
    return bytes;
};
const be = (size: number, value: number) => number(size, value);
const le = (size: number, value: number) => number(size, value, true);
const join = (...parts: readonly Uint8Array[]) => Buffer.concat(parts);
const first = <T>(of: readonly T[]) => of[0] as T;

describe('program streams (ISO/IEC 13818-1)', () => {
    const pack2 = (stuffing = 0) =>
        join(be(4, 0x1ba), u8(0x44), Buffer.alloc(8), u8(0xf8 | stuffing), Buffer.alloc(stuffing, 0xff));
    const pack1 = join(be(4, 0x1ba), u8(0x21), Buffer.alloc(7));
    const time = (mark: number, pts: number) =>
        u8(
            (mark << 4) | (Math.floor(pts / 2 ** 30) << 1) | 1,
            Math.floor(pts / 2 ** 22) & 255,
            ((Math.floor(pts / 2 ** 15) & 127) << 1) | 1,
            Math.floor(pts / 2 ** 7) & 255,
            ((pts & 127) << 1) | 1,
        );
    const pes = (id: number, pts: number, payload: Uint8Array) => {
        const body = join(u8(0x80, 0x80, 5), time(2, pts), payload);
        return join(be(3, 1), u8(id), be(2, body.length), body);
    };
    const map = (...streams: readonly (readonly [type: number, id: number])[]) => {
        const entries = join(...streams.map(([type, id]) => u8(type, id, 0, 0)));
        const body = join(u8(0xe1, 0xff, 0, 0), be(2, entries.length), entries, Buffer.alloc(4));
        return join(be(3, 1), u8(0xbc), be(2, body.length), body);
    };
    const adts = (rate: number, channels: number) =>
        u8(0xff, 0xf1, 0x40 | (rate << 2) | (channels >> 2), (channels & 3) << 6, 0, 0, 0);
    const read = (...parts: readonly Uint8Array[]) => readMpegPs(bufferSource(join(...parts)));

    it('say in a map how each stream is coded, and give times of 33 bits that begin anew', () => {
        const wrap = 2 ** 33;
        const found = read(
            pack2(3),
            map([144, 0xc1]),
            pes(0xc1, wrap - 9_000, Buffer.alloc(160)),
            pes(0xc1, 0, Buffer.alloc(160)),
            pes(0xc1, 9_000, Buffer.alloc(160)),
            be(4, 0x1b9),
        );
        expect(found).toMatchObject({ container: 'mpegPs', stream: { end: 'unknown' } });
        expect(found.failed).toBeUndefined();
        const track = first(found.tracks);
        expect(track).toMatchObject({
            kind: 'audio',
            codec: 'alaw',
            codecId: '0x90',
            sampleRate: 8_000,
            channels: 1,
            sampleCount: 3,
        });
        const { ticks, timescale } = (track as { duration: { ticks: number; timescale: number } }).duration;
        expect(ticks / timescale).toBeCloseTo(0.22, 3);
    });

    it('carry AAC and MPEG sound that says its rate and channels itself', () => {
        const found = read(pack2(), pes(0xc0, 0, adts(3, 2)), pes(0xc2, 0, u8(0xff, 0xfb, 0x94, 0xc0)));
        expect(found.tracks).toMatchObject([
            { codec: 'aac', sampleRate: 48_000, channels: 2 },
            { codec: 'mp3', sampleRate: 48_000, channels: 1 },
        ]);
    });

    it('of MPEG-1 have packs of twelve bytes, and stuffing and a buffer size before the time', () => {
        const body = join(u8(0xff, 0xff, 0x40, 0x20), time(2, 90_000), adts(4, 1));
        const later = join(time(3, 180_000), Buffer.alloc(5), adts(4, 1));
        const packet = (bytes: Uint8Array) => join(be(4, 0x1c0), be(2, bytes.length), bytes);
        const found = read(pack1, packet(body), pack1, packet(later));
        expect(first(found.tracks)).toMatchObject({
            codec: 'aac',
            sampleRate: 44_100,
            first: { ticks: 1_000_000 },
            sampleCount: 2,
        });
    });

    it('keep private streams as such, and skip what lies between packs up to a bound', () => {
        const junk = Buffer.alloc(5_000, 0x55);
        const found = read(pack2(), pes(0xc0, 0, adts(3, 2)), junk, pack2(), pes(0xbd, 0, u8(1)), pes(0xc0, 90_000, adts(3, 2)));
        expect(found.tracks).toMatchObject([{ kind: 'audio', sampleCount: 2 }, { kind: 'other' }]);
        expect(found.failed).toBeUndefined();
        expect(read(pack2(), pes(0xc0, 0, adts(3, 2)), Buffer.alloc(5 << 20, 0x55)).failed).toBe('damaged');
    });

    it('are short by what the last packet promises', () => {
        const whole = join(pack2(), pes(0xc0, 0, adts(3, 2)));
        expect(readMpegPs(bufferSource(whole)).stream).toEqual({ end: 'unknown' });
        expect(readMpegPs(bufferSource(whole.subarray(0, -3))).stream).toEqual({ end: 'unknown', missingBytes: 3 });
    });
});

describe('ASF (Microsoft, 01.20.06)', () => {
    const GUIDS = {
        header: '3026b2758e66cf11a6d900aa0062ce6c',
        file: 'a1dcab8c47a9cf118ee400c00c205365',
        stream: '9107dcb7b7a9cf118ee600c00c205365',
        data: '3626b2758e66cf11a6d900aa0062ce6c',
        audio: '409e69f84d5bcf11a8fd00805f5c442b',
    };
    const object = (guid: string, body: Uint8Array) => join(Buffer.from(guid, 'hex'), le(8, 24 + body.length), body);
    const SIZE = 64;
    const MADE = Buffer.alloc(8);
    MADE.writeBigUInt64LE(BigInt(Date.UTC(2026, 9, 5) - Date.UTC(1601, 0, 1)) * 10_000n);
    /** `open`: still being written when the power went. */
    const file = (of: { packets: number; promised: number; open?: boolean; times?: readonly number[]; size?: number }) => {
        const properties = join(
            ...[Buffer.alloc(16), le(8, of.size ?? 0), MADE, le(8, of.promised), le(8, 50_000_000), le(8, 0)],
            ...[le(8, 3_000), le(4, of.open === true ? 1 : 0), le(4, SIZE), le(4, SIZE), le(4, 0)],
        );
        const format = join(le(2, 353), le(2, 2), le(4, 44_100), Buffer.alloc(10));
        const stream = join(
            ...[Buffer.from(GUIDS.audio, 'hex'), Buffer.alloc(16), Buffer.alloc(8), le(4, format.length), le(4, 0), le(2, 1)],
            ...[Buffer.alloc(4), format],
        );
        const children = join(object(GUIDS.file, properties), object(GUIDS.stream, stream));
        const header = object(GUIDS.header, join(le(4, 2), u8(1, 2), children));
        const packets = Array.from({ length: of.packets }, (_, at) => {
            // No error correction; one payload: stream 1, offset of four bytes, eight replicated bytes with size and time.
            const head = join(u8(0x00, 0x5d), Buffer.alloc(6), u8(1, 0), le(4, 0), u8(8), le(4, 40), le(4, of.times?.[at] ?? 0));
            return join(head, Buffer.alloc(SIZE - head.length));
        });
        const data = join(Buffer.from(GUIDS.data, 'hex'), le(8, 50), Buffer.alloc(16), le(8, of.promised), le(2, 0x101));
        return readAsf(bufferSource(join(header, data, ...packets)));
    };

    it('says how long, how large and when it was made; times count from the end of its preroll', () => {
        const found = file({ packets: 3, promised: 3, times: [3_000, 4_000, 5_000] });
        expect(found.stream).toEqual({
            end: 'stated',
            declaredMs: 2_000,
            createdSeconds: (Date.UTC(2026, 9, 5) - Date.UTC(1904, 0, 1)) / 1_000,
        });
        expect(found.tracks).toMatchObject([
            {
                kind: 'audio',
                codec: 'wma',
                codecId: '0x161',
                sampleRate: 44_100,
                channels: 2,
                sampleCount: 3,
                first: { ticks: 0 },
            },
        ]);
        expect((first(found.tracks) as { duration: { ticks: number } }).duration.ticks).toBeGreaterThanOrEqual(2_000_000);
    });

    it('lacks the packets it promised, or the bytes', () => {
        expect(file({ packets: 2, promised: 5 }).stream?.missingBytes).toBe(3 * SIZE);
        expect(file({ packets: 2, promised: 2, size: 100_000 }).stream?.missingBytes).toBeGreaterThan(99_000);
    });

    it('that was being written when the power went promises nothing', () => {
        const found = file({ packets: 2, promised: 0, open: true, size: 5, times: [3_000, 4_000] });
        expect([found.stream?.end, found.stream?.declaredMs, found.stream?.missingBytes]).toEqual([
            'unknown',
            undefined,
            undefined,
        ]);
        expect(first(found.tracks)).toMatchObject({ sampleCount: 2 });
    });

    it('goes on behind a packet whose lengths lead out of it', () => {
        const found = file({ packets: 3, promised: 2, times: [3_000, 4_000, 9_000] });
        // What lies behind the promised packets is no packet.
        expect(first(found.tracks)).toMatchObject({ sampleCount: 2 });
    });
});

describe('Matroska (RFC 9559)', () => {
    const element = (id: number, body: Uint8Array) => {
        const size = Math.ceil(id.toString(16).length / 2);
        return join(be(size, id), u8(0x08), be(4, body.length), body);
    };
    const double = (value: number) => {
        const bytes = Buffer.alloc(8);
        bytes.writeDoubleBE(value);
        return bytes;
    };
    const date = (at: number) => {
        const bytes = Buffer.alloc(8);
        bytes.writeBigInt64BE(BigInt(at - Date.UTC(2001, 0, 1)) * 1_000_000n);
        return bytes;
    };
    const info = (...more: readonly Uint8Array[]) => element(0x1549a966, join(...more));
    const HEAD = element(0x1a45dfa3, Buffer.alloc(4));
    const read = (...parts: readonly Uint8Array[]) => readMatroska(bufferSource(join(...parts)));
    const live = (...parts: readonly Uint8Array[]) => join(be(4, 0x18538067), u8(0x01, ...Array(7).fill(0xff)), ...parts);

    it('says its length by its own scale, its day from 2001 on, and who wrote it', () => {
        const body = info(
            element(0x2ad7b1, be(3, 500_000)),
            element(0x4489, double(4_000)),
            element(0x4461, date(Date.UTC(2026, 9, 5))),
            element(0x4d80, Buffer.from('Lavf60')),
            element(0x5741, Buffer.from('Recorder\u0000\u202e')),
        );
        expect(read(HEAD, element(0x18538067, body))).toEqual({
            encoders: ['Lavf60', 'Recorder'],
            stream: { end: 'stated', declaredMs: 2_000, createdSeconds: (Date.UTC(2026, 9, 5) - Date.UTC(1904, 0, 1)) / 1_000 },
        });
    });

    it('names programs in tags that are for it, and in no others', () => {
        const simple = (name: string, text: string) =>
            element(0x67c8, join(element(0x45a3, Buffer.from(name)), element(0x4487, Buffer.from(text))));
        const tags = element(0x1254c367, element(0x7373, join(simple('encoder', 'x264'), simple('TITLE', '会议'))));
        expect(read(HEAD, element(0x18538067, tags))?.encoders).toEqual(['x264']);
    });

    it('lacks what its segment promises', () => {
        const whole = join(HEAD, element(0x18538067, join(info(), element(0x1f43b675, Buffer.alloc(1_000)))));
        expect(readMatroska(bufferSource(whole))?.stream).toEqual({ end: 'stated' });
        expect(readMatroska(bufferSource(whole.subarray(0, -400)))?.stream).toEqual({ end: 'stated', missingBytes: 400 });
    });

    it('that is written without lengths ends anywhere, unless it says how long it is', () => {
        expect(read(HEAD, live(info(element(0x4d80, Buffer.from('live')))))?.stream).toEqual({ end: 'unknown' });
        expect(read(HEAD, live(info(element(0x4489, double(1_500)))))?.stream).toEqual({ end: 'stated', declaredMs: 1_500 });
    });
});

describe('FLV (Adobe, 10.1)', () => {
    const HEADER = join(Buffer.from('FLV\u0001\u0005', 'latin1'), be(4, 9), be(4, 0));
    const tag = (type: number, atMs: number, data: Uint8Array) =>
        join(
            u8(type),
            be(3, data.length),
            be(3, atMs & 0xffffff),
            u8(Math.floor(atMs / 2 ** 24)),
            be(3, 0),
            data,
            be(4, 11 + data.length),
        );
    const double = (value: number) => {
        const bytes = Buffer.alloc(8);
        bytes.writeDoubleBE(value);
        return bytes;
    };
    const text = (value: string) => join(be(2, value.length), Buffer.from(value, 'latin1'));
    const meta = (...pairs: readonly (readonly [string, number | string])[]) =>
        tag(
            18,
            0,
            join(
                u8(2),
                text('onMetaData'),
                u8(8),
                be(4, pairs.length),
                ...pairs.map(([key, value]) =>
                    typeof value === 'number' ? join(text(key), u8(0), double(value)) : join(text(key), u8(2), text(value)),
                ),
            ),
        );
    const avc = (atMs: number, packet: number, offset = 0) =>
        tag(9, atMs, join(u8(0x17, packet), be(3, offset & 0xffffff), Buffer.alloc(20)));
    const read = (...parts: readonly Uint8Array[]) => readFlv(bufferSource(join(HEADER, ...parts)));
    const seconds = ({ ticks, timescale }: { ticks: number; timescale: number }) => ticks / timescale;

    it('counts pictures and neither their configuration nor the mark of their end, by the time they are shown', () => {
        const found = read(avc(0, 0), avc(1_000, 1, 80), avc(1_040, 1, -20), avc(1_080, 1), avc(9_000, 2));
        const video = first(found.tracks) as { sampleCount: number; first: { ticks: number; timescale: number } };
        expect([video.sampleCount, seconds(video.first)]).toEqual([3, 1.02]);
    });

    it('goes on with its times past four hours and forty minutes', () => {
        const late = 2 ** 24 + 5_000;
        const found = read(avc(2 ** 24 - 1_000, 1), avc(late, 1));
        const video = first(found.tracks) as { duration: { ticks: number; timescale: number } };
        expect(seconds(video.duration)).toBeGreaterThanOrEqual(6);
        expect(seconds(video.duration)).toBeLessThan(13);
    });

    it('knows AAC by its configuration, which is no sound, and other sounds by their first byte', () => {
        // 5 bits type 2, 4 bits rate 3 (48 kHz), 4 bits two channels.
        const config = (2 << 11) | (3 << 7) | (2 << 3);
        const aac = read(tag(8, 0, join(u8(0xaf, 0), be(2, config))), tag(8, 0, u8(0xaf, 1, 9)), tag(8, 21, u8(0xaf, 1, 9)));
        expect(first(aac.tracks)).toMatchObject({ kind: 'audio', codec: 'aac', sampleRate: 48_000, channels: 2, sampleCount: 2 });
        expect(first(read(tag(8, 0, u8(0x72, 1)), tag(8, 20, u8(0x72, 1))).tracks)).toMatchObject({
            codec: 'alaw',
            sampleRate: 8_000,
        });
        expect(first(read(tag(8, 0, u8(0x2e, 1)), tag(8, 20, u8(0x2e, 1))).tracks)).toMatchObject({
            codec: 'mp3',
            sampleRate: 44_100,
            channels: 1,
        });
    });

    it('reads newer codings by four letters, and the size from what it says of itself where the stream has none', () => {
        const hevc = tag(9, 0, join(u8(0x91), Buffer.from('hvc1'), be(3, 0), Buffer.alloc(9)));
        const found = read(meta(['width', 1_280], ['height', 720], ['encoder', 'Recorder 1']), hevc);
        expect(first(found.tracks)).toMatchObject({ codec: 'hevc', codecId: 'hvc1', width: 1_280, height: 720 });
        expect([found.encoders, found.stream?.end]).toEqual([['Recorder 1'], 'unknown']);
    });

    it('lacks what its last tag or its own words promise, and says how long it was', () => {
        const whole = join(HEADER, meta(['duration', 12.5], ['filesize', 0]), avc(0, 1), avc(40, 1));
        expect(readFlv(bufferSource(whole)).stream).toEqual({ end: 'stated', declaredMs: 12_500 });
        // Ten bytes of the tag and the four of its length.
        expect(readFlv(bufferSource(whole.subarray(0, -14))).stream?.missingBytes).toBe(14);
        expect(read(meta(['filesize', 10_000]), avc(0, 1)).stream?.missingBytes).toBeGreaterThan(9_000);
    });

    it('stops where what follows is no tag, and says that it is damaged', () => {
        const found = read(avc(0, 1), tag(3, 0, Buffer.alloc(5)), avc(40, 1));
        expect([found.failed, (first(found.tracks) as { sampleCount: number }).sampleCount]).toEqual(['damaged', 1]);
    });
});
