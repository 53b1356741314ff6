import { writeSync } from 'node:fs';
import type { MeasuredFile } from '@liuhen/domain';
import { readAsf } from './asf.ts';
import { readAvi } from './avi.ts';
import { readBoxLayout } from './box-layout.ts';
import { type ByteSource, descriptorSource } from './byte-source.ts';
import { readMatroska } from './ebml.ts';
import { readFlv } from './flv.ts';
import { readMpegPs } from './mpeg-ps.ts';
import { readJpeg, readPng } from './photo.ts';
import { isAvi, isSentences, SENTENCES_LENGTH, SNIFF_LENGTH, uninspectedContainer } from './sniff.ts';
import { readTextLog } from './text-log.ts';
import { readTracks } from './tracks.ts';

/**
 * The inspection process: a file of unknown origin is taken apart here and nowhere else. It is started by
 * `inspect-file.ts` with the file on descriptor 3 and an empty pipe on 4, without environment, names or rights. What it
 * knows is written line by line, so that an early death loses only the rest. Where it is told a number of files, the
 * further ones are on 5 and onwards, and an empty line ends the answer of each.
 */
const FILE = 3;
const ANSWER = 4;
const FURTHER = 5;
const MOST_SENTENCES = 8 << 20;

const files = process.argv[2] === undefined ? undefined : Number(process.argv[2]);
await measure(FILE);
if (files !== undefined) endAnswer();
for (let further = 1; further < (files ?? 1); further++) {
    await measure(FURTHER + further - 1);
    endAnswer();
}

async function measure(file: number): Promise<void> {
    const source = descriptorSource(file);
    const fileLength = Number(source.length);
    const blank: MeasuredFile = { container: 'unknown', fileLength, tracks: [], encoders: [] };
    if (fileLength === 0) return answer(blank);
    if (isAvi(source.read(0n, SNIFF_LENGTH))) return answer({ ...blank, ...readAvi(source) });
    const head = source.read(0n, SNIFF_LENGTH);
    const reader = streamReader(head);
    if (reader !== undefined) return answer({ ...blank, ...reader(source) });
    if (isSentences(source.read(0n, SENTENCES_LENGTH))) return answer({ ...blank, ...(await readSentences(source)) });
    const uninspected = uninspectedContainer(head);
    if (uninspected !== undefined) return answer({ ...blank, container: uninspected });
    const log = readTextLog(source);
    if (log !== undefined) return answer({ ...blank, ...log });

    const found = readBoxLayout(source);
    const known: MeasuredFile =
        found === undefined
            ? blank
            : {
                  ...blank,
                  container: found.layout.majorBrand === 'qt  ' ? 'mov' : 'mp4',
                  boxes: found.layout,
                  encoders: found.encoders,
                  ...(found.positions === undefined ? {} : { positions: found.positions }),
              };
    answer(known);
    const read = await readTracks(source);
    if (read === undefined) return;
    const { encoder, ...facts } = read;
    const said = read.container === 'matroska' || read.container === 'webm' ? readMatroska(source) : undefined;
    const names = [...known.encoders, ...(said?.encoders ?? [])];
    const encoders = encoder === undefined ? names.slice(0, 8) : [...names.slice(0, 7), encoder];
    answer({ ...known, ...facts, encoders, ...(said === undefined ? {} : { stream: said.stream }) });
}

/** Streams and pictures by their first bytes. */
function streamReader(head: Buffer): ((source: ByteSource) => Omit<MeasuredFile, 'fileLength'>) | undefined {
    const container = uninspectedContainer(head);
    if (container === 'mpegPs') return readMpegPs;
    if (container === 'flv') return readFlv;
    if (container === 'asf') return readAsf;
    if (container === 'jpeg') return (source) => ({ container, tracks: [], ...readJpeg(source) });
    if (container === 'png') return (source) => ({ container, tracks: [], ...readPng(source) });
    return undefined;
}

/** Sentences are text; what is larger no recorder wrote. The domain that knows them is loaded for them alone. */
async function readSentences(source: ByteSource): Promise<Pick<MeasuredFile, 'container' | 'positions'>> {
    const { readTrack } = await import('@liuhen/domain');
    const positions = readTrack(source.read(0n, MOST_SENTENCES).toString('latin1').split('\n'));
    return positions === undefined ? { container: 'unknown' } : { container: 'nmea', positions };
}

function answer(measured: MeasuredFile): void {
    writeSync(ANSWER, `${JSON.stringify(measured)}\n`);
}

function endAnswer(): void {
    writeSync(ANSWER, '\n');
}
