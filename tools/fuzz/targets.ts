import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import {
    concatBytes,
    type Der,
    DomainError,
    formatAddCheckpoint,
    formatCheckpoint,
    formatManifest,
    formatNote,
    formatPolicy,
    formatSegments,
    formatTlogProof,
    formatVolume,
    isPackagePath,
    PACKAGE_PATHS,
    parseAddCheckpoint,
    parseCheckpoint,
    parseManifest,
    parseNote,
    parsePolicy,
    parseSegments,
    parseTlogProof,
    parseVolume,
    partsOf,
    readCertificate,
    readDer,
    readTimeStamp,
    readZip,
    utf8Bytes,
    utf8Text,
    writeDer,
} from '../../packages/domain/src/index.ts';
import { zipOf } from '../../packages/domain/src/proof/package/golden/make-zip.ts';

/** A parser under test: `run` refuses with an error of the parser, or throws `Broken` where what was read is not what stood there. */
export type FuzzTarget = {
    readonly name: string;
    readonly seeds: () => Uint8Array[];
    readonly run: (bytes: Uint8Array) => unknown;
};

/** What a parser took, and should not have taken so. */
export class Broken extends Error {}

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const golden = (name: string) =>
    JSON.parse(readFileSync(new URL(`../../packages/domain/src/proof/${name}`, import.meta.url), 'utf8'));
const packages = golden('package/golden/package-v1.json') as { policies: Record<string, string>; files: Record<string, string> };
const discs = (golden('package/golden/volumes-v1.json') as { discs: Record<string, string>[] }).discs;
const made = golden('package/golden/made-once.json') as { root: string; tokens: Record<string, string> };
const proofs = golden('golden/proof-v1.json') as {
    checkpoint: string;
    smCheckpoint: string;
    proofs: string[];
    witness: { request: string }[];
};

const base64 = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const ending = (end: string) =>
    Object.entries(packages.files).flatMap(([path, text]) => (path.endsWith(end) ? [base64(text)] : []));
const onDiscs = (name: string) => discs.flatMap((disc) => (disc[name] === undefined ? [] : [base64(disc[name])]));

/** What was read and is written again must be the same bytes. */
const same = (bytes: Uint8Array, again: Uint8Array): void => {
    if (Buffer.compare(bytes, again) !== 0) throw new Broken(`read, and written as ${Buffer.from(again).toString('base64')}`);
};

/** Every value of DER, taken apart as far as it goes, and put together again. */
function rewritten(der: Der): Uint8Array {
    if ((der.tag & 0x20) === 0) return writeDer(der.tag, der.value);
    return writeDer(der.tag, ...partsOf(der).map(rewritten));
}

async function readWholeZip(bytes: Uint8Array): Promise<void> {
    const read = async (at: number, length: number) => {
        if (at < 0 || length < 0 || at + length > bytes.length) throw new Broken(`asked for ${length} bytes at ${at}`);
        return bytes.slice(at, at + length);
    };
    const files = await readZip({ size: bytes.length, read });
    let sum = 0;
    for (const path of files.paths) {
        if (!isPackagePath(path)) throw new Broken(`a member ${path}`);
        for await (const piece of files.read(path)) sum += piece.length;
    }
    if (sum > bytes.length || new Set(files.paths).size !== files.paths.length) throw new Broken('members overlap');
}

const zips = () => {
    const files = ['README.txt', 'content/a.mp4', PACKAGE_PATHS.policy].map((name, at) => ({
        name,
        bytes: utf8Bytes('x'.repeat(at * 7)),
    }));
    return [zipOf(files), zipOf(files, { wide: true }), zipOf([])];
};

export const FUZZ_TARGETS: readonly FuzzTarget[] = [
    {
        name: 'note',
        seeds: () => [proofs.checkpoint, proofs.smCheckpoint].map(utf8Bytes),
        run: (bytes) => same(bytes, formatNote(parseNote(bytes))),
    },
    {
        name: 'checkpoint',
        seeds: () => [
            utf8Bytes(proofs.checkpoint.slice(0, proofs.checkpoint.indexOf('\n\n') + 1)),
            utf8Bytes('a\n0\nAAAA\nmore\n'),
        ],
        run: (bytes) => {
            const text = utf8Text(bytes);
            if (text !== undefined) same(bytes, utf8Bytes(formatCheckpoint(parseCheckpoint(text))));
        },
    },
    {
        name: 'proof',
        seeds: () => [...proofs.proofs.slice(0, 3).map(utf8Bytes), ...ending('.tlog-proof').slice(0, 1)],
        run: (bytes) => same(bytes, formatTlogProof(parseTlogProof(bytes))),
    },
    {
        name: 'growth',
        seeds: () => proofs.witness.slice(0, 3).map(({ request }) => utf8Bytes(request)),
        run: (bytes) => same(bytes, formatAddCheckpoint(parseAddCheckpoint(bytes))),
    },
    {
        name: 'policy',
        seeds: () => Object.values(packages.policies).map(utf8Bytes),
        run: (bytes) => {
            // Remarks and blanks are not kept: the policy must be.
            const policy = parsePolicy(sha256, bytes);
            if (!isDeepStrictEqual(parsePolicy(sha256, formatPolicy(sha256, policy)), policy)) throw new Broken('another policy');
        },
    },
    {
        name: 'manifest',
        seeds: () => ending('manifest.json'),
        run: (bytes) => same(bytes, formatManifest(parseManifest(bytes))),
    },
    {
        name: 'segments',
        seeds: () => onDiscs('segments.json').slice(0, 1),
        run: (bytes) => same(bytes, formatSegments(parseSegments(bytes))),
    },
    { name: 'volume', seeds: () => onDiscs('volume.json'), run: (bytes) => same(bytes, formatVolume(parseVolume(bytes))) },
    { name: 'zip', seeds: zips, run: readWholeZip },
    {
        name: 'tsr',
        seeds: () => ['5', 'curve', '2'].map((name) => base64(made.tokens[name] ?? '')),
        run: (bytes) => {
            const token = readTimeStamp(bytes);
            for (const { raw } of token.certificates) same(raw, rewritten(readDer(raw)));
            same(bytes, rewritten(readDer(bytes)));
        },
    },
    { name: 'certificate', seeds: () => [base64(made.root)], run: (bytes) => void readCertificate(bytes) },
];

/** Runs an input: `refused`, or `read`; throws what a parser must never throw. */
export async function runTarget(target: FuzzTarget, bytes: Uint8Array): Promise<'refused' | 'read'> {
    const given = concatBytes(bytes);
    try {
        await target.run(given);
    } catch (error) {
        if (error instanceof DomainError) return 'refused';
        throw error;
    }
    if (Buffer.compare(given, bytes) !== 0) throw new Broken('the input was written over');
    return 'read';
}
