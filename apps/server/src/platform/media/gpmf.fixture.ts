import { children } from './boxes.ts';

/** Positions as a GoPro-like recorder writes them (GPMF: key, length, value), and a track of them in a movie. */
export const klv = (key: string, type: string | 0, size: number, data: Buffer): Buffer => {
    const header = Buffer.alloc(8);
    header.write(key, 0, 'latin1');
    header.writeUInt8(type === 0 ? 0 : type.charCodeAt(0), 4);
    header.writeUInt8(size, 5);
    header.writeUInt16BE(Math.ceil(data.length / size), 6);
    return Buffer.concat([header, data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
};
export const longs = (...of: number[]) => {
    const bytes = Buffer.alloc(of.length * 4);
    for (const [index, value] of of.entries()) bytes.writeInt32BE(value, index * 4);
    return bytes;
};
export const nest = (key: string, ...of: Buffer[]) => klv(key, 0, 1, Buffer.concat(of));
export const SCALE = klv('SCAL', 'l', 4, longs(10_000_000, 10_000_000, 1_000, 1_000, 100));
export const FIX = [312_304_000, 1_214_737_000, 12_000, 1_500, 150];
export const payload = (fix: number, ...values: number[][]) =>
    nest('DEVC', nest('STRM', klv('GPSF', 'L', 4, longs(fix)), SCALE, klv('GPS5', 'l', 20, longs(...values.flat()))));

/** A payload whose first place has the satellites' own time, `261005013007.250`; without a fix where `fix` is 0. */
export const timed = (text: string, fix = 3) =>
    nest(
        'DEVC',
        nest(
            'STRM',
            ...[klv('GPSF', 'L', 4, longs(fix)), klv('GPSU', 'U', 16, Buffer.from(text, 'latin1'))],
            ...[SCALE, klv('GPS5', 'l', 20, longs(...FIX))],
        ),
    );

export const box = (type: string, ...of: Buffer[]): Buffer => {
    const content = Buffer.concat(of);
    const header = Buffer.alloc(8);
    header.writeUInt32BE(content.length + 8);
    header.write(type, 4, 'latin1');
    return Buffer.concat([header, content]);
};

/** The sample table of payloads of one second each, one after the other from `offset` on (ISO/IEC 14496-12, 8.7). */
export const gpmdTable = (payloads: readonly Buffer[], offset: number): Buffer =>
    box(
        'stbl',
        box('stsd', longs(0, 1), box('gpmd', Buffer.alloc(8))),
        box('stts', longs(0, 1, payloads.length, 1_000)),
        box('stsc', longs(0, 1, 1, payloads.length, 1)),
        box('stsz', longs(0, 0, payloads.length, ...payloads.map((each) => each.length))),
        box('stco', longs(0, 1, offset)),
    );

/** The movie with a track of positions: its index is written anew at its end, so that nothing else moves. */
export function withPositions(movie: Buffer, payloads: readonly Buffer[]): Buffer {
    const top = children(movie);
    const moov = top.find((each) => each.type === 'moov')?.bytes;
    if (moov === undefined) throw new Error('the movie has no index');
    const rest = Buffer.concat(top.map(({ type, bytes }) => box(type === 'moov' ? 'free' : type, bytes)));
    const milliseconds = payloads.length * 1_000;
    const tkhd = Buffer.alloc(84);
    tkhd.writeUInt32BE(3, 0);
    tkhd.writeUInt32BE(90, 12);
    tkhd.writeUInt32BE(milliseconds, 20);
    const trak = box(
        'trak',
        box('tkhd', tkhd),
        box(
            'mdia',
            box('mdhd', longs(0, 0, 0, 1_000, milliseconds, 0)),
            box('hdlr', longs(0, 0), Buffer.from('meta', 'latin1'), Buffer.alloc(13)),
            box('minf', box('gmhd'), gpmdTable(payloads, rest.length + 8)),
        ),
    );
    return Buffer.concat([rest, box('mdat', ...payloads), box('moov', moov, trak)]);
}
