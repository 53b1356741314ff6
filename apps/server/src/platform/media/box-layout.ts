import type { BoxLayout, FilePositions, FileStructure } from '@liuhen/domain';
import type { Box, BoxWalk } from './boxes.ts';
import { largest, walkBoxes } from './boxes.ts';
import type { ByteSource } from './byte-source.ts';
import type { MovieIndex } from './movie-index.ts';
import { fragmentStartMs, readMovieIndex } from './movie-index.ts';
import { positionsIn } from './positions.ts';

/** The index of a ten-hour recording is about 20 MB; a larger one is not read into memory. */
const MAX_INDEX = 96n << 20n;
/** A fragment's header holds one entry per sample of a second or so. */
const MAX_FRAGMENT_HEADER = 4n << 20n;

const FIRST_TYPES = new Set(['ftyp', 'styp', 'moov', 'mdat', 'moof', 'free', 'skip', 'wide', 'pnot', 'uuid', 'sidx']);
const DEFINING_TYPES = new Set(['ftyp', 'moov', 'mdat', 'moof']);

export type ReadBoxes = {
    readonly layout: BoxLayout;
    /** What the index names as software. */
    readonly encoders: readonly string[];
    readonly positions?: FilePositions;
};

/** `undefined` when the file is no ISO base media file. */
export function readBoxLayout(source: ByteSource): ReadBoxes | undefined {
    const walk = walkBoxes(source, 0n, source.length);
    if (!FIRST_TYPES.has(walk.boxes[0]?.type ?? '') || !walk.boxes.some((box) => DEFINING_TYPES.has(box.type))) return undefined;
    const moov = walk.boxes.find((box) => box.type === 'moov');
    const tooLarge = moov !== undefined && moov.end - moov.content > MAX_INDEX;
    const movie = moov === undefined || tooLarge ? undefined : content(source, moov);
    const index = movie === undefined ? undefined : readMovieIndex(movie, source.length);
    const positions = movie === undefined ? undefined : positionsIn(source, movie);
    return {
        layout: layoutOf(source, walk, moov, index, tooLarge),
        encoders: index?.encoders ?? [],
        ...(positions === undefined ? {} : { positions }),
    };
}

function layoutOf(
    source: ByteSource,
    walk: BoxWalk,
    moov: Box | undefined,
    index: MovieIndex | undefined,
    tooLarge: boolean,
): BoxLayout {
    const media = walk.boxes.filter((box) => box.type === 'mdat');
    const fragments = walk.boxes.filter((box) => box.type === 'moof');
    const fragmented = fragments.length > 0;
    const mdatDeclaredEnd = largest(media.map((box) => box.declaredEnd));
    const sampleEnd = index?.sampleEnd ?? 0n;
    const missing = largest([walk.missing, sampleEnd - source.length]);
    const malformed =
        walk.stopped ?? (tooLarge ? 'indexTooLarge' : index?.damagedTables === true && !fragmented ? 'sampleTable' : undefined);
    const lastUsableMs =
        missing === 0n ? undefined : (index?.lastUsableMs ?? lastWholeFragmentMs(source, walk, index?.timescales ?? new Map()));
    return {
        ...brandsOf(
            source,
            walk.boxes.find((box) => box.type === 'ftyp'),
        ),
        moov: moov === undefined ? 'absent' : moov.offset < (media[0]?.offset ?? source.length) ? 'beforeData' : 'afterData',
        fragmented,
        fragmentCount: fragments.length,
        ...(media.length === 0 ? {} : { mdatDeclaredEnd: Number(mdatDeclaredEnd) }),
        ...(sampleEnd === 0n || sampleEnd > BigInt(Number.MAX_SAFE_INTEGER) ? {} : { sampleEnd: Number(sampleEnd) }),
        ...(missing === 0n || missing > BigInt(Number.MAX_SAFE_INTEGER) ? {} : { missingBytes: Number(missing) }),
        ...(lastUsableMs === undefined ? {} : { lastUsableMs }),
        ...(malformed === undefined ? {} : { malformed }),
        ...(index?.creationSeconds === undefined ? {} : { creationSeconds: index.creationSeconds }),
        ...(index?.modificationSeconds === undefined ? {} : { modificationSeconds: index.modificationSeconds }),
        ...(index === undefined || fragmented || malformed !== undefined ? {} : { structure: structureIn(index, media) }),
    };
}

/** Samples that share bytes make their sum larger than the data; that is not less than nothing. */
function structureIn({ structure: { sampleBytes, ...structure } }: MovieIndex, media: readonly Box[]): FileStructure {
    let data = 0n;
    for (const box of media) data += box.end - box.content;
    const rest = data > sampleBytes ? data - sampleBytes : 0n;
    return { ...structure, unreferencedBytes: rest > BigInt(Number.MAX_SAFE_INTEGER) ? 0 : Number(rest) };
}

/** Where the fragment begins whose media data is cut; everything before it is whole. */
function lastWholeFragmentMs(source: ByteSource, walk: BoxWalk, timescales: ReadonlyMap<number, number>): number | undefined {
    const last = walk.boxes.at(-1);
    const moof = walk.boxes.findLast((box) => box.type === 'moof');
    if (moof === undefined || last === undefined || last.declaredEnd <= source.length) return undefined;
    if (moof.declaredEnd > source.length || moof.end - moof.content > MAX_FRAGMENT_HEADER) return undefined;
    return fragmentStartMs(content(source, moof), timescales);
}

function brandsOf(source: ByteSource, ftyp: Box | undefined): Pick<BoxLayout, 'majorBrand' | 'compatibleBrands'> {
    if (ftyp === undefined || ftyp.end - ftyp.content < 8n) return { compatibleBrands: [] };
    const bytes = source.read(ftyp.content, Number(ftyp.end - ftyp.content > 136n ? 136n : ftyp.end - ftyp.content));
    const brands: string[] = [];
    for (let at = 8; at + 4 <= bytes.length; at += 4) brands.push(printable(bytes.toString('latin1', at, at + 4)));
    return { majorBrand: printable(bytes.toString('latin1', 0, 4)), compatibleBrands: brands };
}

const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?');

const content = (source: ByteSource, box: Box): Buffer => source.read(box.content, Number(box.end - box.content));
