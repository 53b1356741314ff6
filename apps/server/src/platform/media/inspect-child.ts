import { writeSync } from 'node:fs';
import type { MeasuredFile } from '@liuhen/domain';
import { readAvi } from './avi.ts';
import { readBoxLayout } from './box-layout.ts';
import { descriptorSource } from './byte-source.ts';
import { isAvi, SNIFF_LENGTH, uninspectedContainer } from './sniff.ts';
import { readTracks } from './tracks.ts';

/**
 * The inspection process: a file of unknown origin is taken apart here and nowhere else. It is started by
 * `inspect-file.ts` with the file on descriptor 3 and an empty pipe on 4, without environment, names or rights. What it
 * knows is written line by line, so that an early death loses only the rest.
 */
const FILE = 3;
const ANSWER = 4;

await measure();

async function measure(): Promise<void> {
    const source = descriptorSource(FILE);
    const fileLength = Number(source.length);
    const blank: MeasuredFile = { container: 'unknown', fileLength, tracks: [], encoders: [] };
    if (fileLength === 0) return answer(blank);
    if (isAvi(source.read(0n, SNIFF_LENGTH))) return answer({ ...blank, ...readAvi(source) });
    const uninspected = uninspectedContainer(source.read(0n, SNIFF_LENGTH));
    if (uninspected !== undefined) return answer({ ...blank, container: uninspected });

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
    const encoders = encoder === undefined ? known.encoders : [...known.encoders.slice(0, 7), encoder];
    answer({ ...known, ...facts, encoders });
}

function answer(measured: MeasuredFile): void {
    writeSync(ANSWER, `${JSON.stringify(measured)}\n`);
}
