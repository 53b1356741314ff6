import { writeSync } from 'node:fs';
import { children, descend, walkBoxes } from './boxes.ts';
import { descriptorSource } from './byte-source.ts';

/**
 * Sets of parameters of a whole recording (ISO/IEC 14496-15, 5.3.3.1: AVCDecoderConfigurationRecord), as hex on descriptor 4. Started
 * by `rebuild-file.ts` under the limits of an inspection.
 */
const [FILE, ANSWER] = [3, 4];
const MOST_INDEX = 96n << 20n;
/** A visual sample entry's own fields (ISO/IEC 14496-12, 12.1.3) before its boxes. */
const ENTRY_FIELDS = 78;

const record = recordOf();
const sets = record === undefined ? undefined : setsOf(record);
if (sets !== undefined) writeSync(ANSWER, `${JSON.stringify(sets)}\n`);

function recordOf(): Buffer | undefined {
    const source = descriptorSource(FILE);
    const moov = walkBoxes(source, 0n, source.length).boxes.find((box) => box.type === 'moov');
    if (moov === undefined || moov.end - moov.content > MOST_INDEX) return undefined;
    for (const trak of children(source.read(moov.content, Number(moov.end - moov.content)))) {
        const stsd = trak.type === 'trak' ? descend(trak.bytes, ['mdia', 'minf', 'stbl', 'stsd']) : undefined;
        const entry = stsd === undefined ? undefined : children(stsd.subarray(8))[0];
        if (entry?.type === 'avc1' || entry?.type === 'avc3') return descend(entry.bytes.subarray(ENTRY_FIELDS), ['avcC']);
    }
    return undefined;
}

function setsOf(avcC: Buffer): { sps: string[]; pps: string[] } | undefined {
    // Lengths of four bytes are the only ones the walk reads.
    if (avcC.length < 7 || ((avcC[4] ?? 0) & 3) !== 3) return undefined;
    let at = 5;
    const list = (count: number): string[] => {
        const found: string[] = [];
        for (let left = count; left > 0 && at + 2 <= avcC.length; left -= 1) {
            const length = avcC.readUInt16BE(at);
            found.push(avcC.subarray(at + 2, at + 2 + length).toString('hex'));
            at += 2 + length;
        }
        return found;
    };
    const sps = list((avcC[at++] ?? 0) & 31);
    const pps = list(avcC[at++] ?? 0);
    return sps.length === 0 || pps.length === 0 ? undefined : { sps, pps };
}
