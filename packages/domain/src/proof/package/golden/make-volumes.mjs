// Writes volumes-v1.json anew from package-v1.json: `node packages/domain/src/proof/package/golden/make-volumes.mjs`. The same every time. Only
// ever added to.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { canonicalBytes } from '../../../kernel/canonical-json.ts';
import { parseManifest } from '../package-manifest.ts';
import { formatSegments, formatVolume, segmentPath } from '../package-segments.ts';

const golden = JSON.parse(readFileSync(new URL('./package-v1.json', import.meta.url), 'utf8'));
const files = Object.fromEntries(Object.entries(golden.files).map(([path, text]) => [path, Buffer.from(text, 'base64')]));
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const manifestBytes = files['manifest.json'];
const manifest = parseManifest(manifestBytes);
const name = sha256(manifestBytes);
const [recording, pages] = manifest.items.map(({ path }) => path);
const CUT = [300, 600];

/** Pieces with their bytes: the recording in three, on a disc each; its document on the second; everything else on the first. */
const pieces = manifest.files.flatMap(({ path }) => {
    if (path !== recording) return [{ path, order: 0, volume: path === pages ? 2 : 1, at: path, bytes: files[path] }];
    return [[0, CUT[0]], [CUT[0], CUT[1]], [CUT[1], undefined]].map(([from, to], order) => ({
        path, order, volume: order + 1, at: segmentPath(path, order), bytes: files[path].subarray(from, to),
    }));
});
const lineOf = ({ bytes, ...line }) => ({ ...line, size: String(bytes.length), sha256: sha256(bytes) });
const listOf = (segments = pieces.map(lineOf)) => ({ type: 'liuhen/evidence-segments', v: 1, manifest: name, volumes: 3, segments });
const list = formatSegments(listOf());
const RECEIPT = ['receipt/entry.json', 'receipt/entry.tlog-proof'];

const discOf = (volume, segments = list, manifestOf = manifestBytes) => ({
    ...Object.fromEntries(pieces.filter((each) => each.volume === volume).map(({ at, bytes }) => [at, bytes])),
    ...Object.fromEntries(['README.txt', ...RECEIPT].map((path) => [path, files[path]])),
    'manifest.json': manifestOf,
    'segments.json': segments,
    'volume.json': formatVolume({ type: 'liuhen/evidence-volume', v: 1, manifest: sha256(manifestOf), volume }),
});
const discs = [1, 2, 3].map((volume) => discOf(volume));
/** The same discs with another list of segments, well formed or not. */
const listed = (change) => {
    const bytes = canonicalBytes(change(listOf()));
    return [1, 2, 3].map((volume) => discOf(volume, bytes));
};
const changed = (of, at, change) => of.map((disc, place) => (place === at ? { ...disc, ...change(disc) } : disc));
const without = (of, at, path) => of.map((disc, place) => (place === at ? Object.fromEntries(Object.entries(disc).filter(([each]) => each !== path)) : disc));
const part = [0, 1, 2].map((order) => segmentPath(recording, order));
const spoilt = (bytes) => Buffer.from(bytes.map((byte, index) => (index === 20 ? byte ^ 1 : byte)));
/** Another package: a manifest that says another recipient. */
const stranger = Buffer.from(manifestBytes.toString('utf8').replace('样例人民法院', '另一人民法院'));
const strangeList = formatSegments({ ...listOf(), manifest: sha256(stranger) });
const editLine = (path, order, change) => (of) => ({
    ...of,
    segments: of.segments.map((line) => (line.path === path && line.order === order ? { ...line, ...change } : line)),
});
const sized = (order, by) => editLine(recording, order, { size: String(pieces.find((each) => each.path === recording && each.order === order).bytes.length + by) });

/** One defect each: name, discs, result, code of a finding, and what is given otherwise. */
const cases = [
    ['three discs', discs, 'valid'],
    ['three discs, the last one first', discs, 'incomplete', 'package.volumeAgain', { order: [2, 1, 0] }],
    ['the same, and those that have to be read again', discs, 'valid', undefined, { order: [2, 1, 0, 1, 2] }],
    ['a disc given twice', discs, 'valid', undefined, { order: [0, 0, 1, 2] }],
    ['the first disc missing', discs, 'incomplete', 'package.volumeMissing', { order: [1, 2] }],
    ['the second disc missing', discs, 'incomplete', 'package.volumeMissing', { order: [0, 2] }],
    ['the last disc missing', discs, 'incomplete', 'package.volumeMissing', { order: [0, 1] }],
    ['two pieces exchanged', changed(changed(discs, 1, () => ({ [part[1]]: discs[2][part[2]] })), 2, () => ({ [part[2]]: discs[1][part[1]] })), 'invalid', 'package.segmentDiffers'],
    ['two pieces of one length exchanged, and the list after them', listed((of) => {
        const [first, second] = [0, 1].map((order) => of.segments.find((line) => line.path === recording && line.order === order));
        return editLine(recording, 1, { sha256: first.sha256 })(editLine(recording, 0, { sha256: second.sha256 })(of));
    }).map((disc, at) => ({ ...disc, ...(at === 0 ? { [part[0]]: discs[1][part[1]] } : at === 1 ? { [part[1]]: discs[0][part[0]] } : {}) })), 'invalid', 'package.fileDiffers'],
    ['a bit of a piece turned over', changed(discs, 1, (disc) => ({ [part[1]]: spoilt(disc[part[1]]) })), 'invalid', 'package.segmentDiffers'],
    ['a piece cut short', changed(discs, 1, (disc) => ({ [part[1]]: disc[part[1]].subarray(1) })), 'invalid', 'package.segmentDiffers'],
    ['a piece made longer', changed(discs, 2, (disc) => ({ [part[2]]: Buffer.concat([disc[part[2]], Buffer.from('x')]) })), 'invalid', 'package.segmentDiffers'],
    ['a piece left out', without(discs, 1, part[1]), 'incomplete', 'package.fileMissing'],
    ['a document left out of its disc', without(discs, 1, pages), 'incomplete', 'package.fileMissing'],
    ['a spoilt piece whose beginning is missing', changed(discs, 1, (disc) => ({ [part[1]]: spoilt(disc[part[1]]) })), 'invalid', 'package.segmentDiffers', { order: [1] }],
    ['discs of two packages', [discs[0], discOf(2, strangeList, stranger), discs[2]], 'invalid', 'package.volumeOther'],
    ['a disc with the list of segments of another set', changed(discs, 1, () => ({ 'segments.json': formatSegments({ ...listOf(), volumes: 4 }) })), 'invalid', 'package.volumeOther'],
    ['a list of segments of another manifest', [1, 2, 3].map((volume) => discOf(volume, formatSegments({ ...listOf(), manifest: '00'.repeat(32) }))), 'invalid', 'package.volumeOther'],
    ['two pieces in one place', listed(editLine(recording, 1, { at: part[0] })), 'unreadable', 'package.segments'],
    ['pieces that overlap', listed(sized(1, 10)), 'invalid', 'package.segmentsDiffer'],
    ['pieces with a hole between them', listed(sized(1, -10)), 'invalid', 'package.segmentsDiffer'],
    ['a file of the manifest that no piece has', listed((of) => ({ ...of, segments: of.segments.filter(({ path }) => path !== pages) })), 'invalid', 'package.segmentsDiffer'],
    ['a piece of a file that the manifest has not', listed((of) => ({ ...of, segments: [...of.segments, { ...of.segments[0], path: 'z', at: 'z' }] })), 'invalid', 'package.segmentsDiffer'],
    ['a file in one piece under another name', listed(editLine(pages, 0, { at: 'content/other.pdf' })), 'invalid', 'package.segmentsDiffer'],
    ['a file in one piece with another digest', listed(editLine(pages, 0, { sha256: '00'.repeat(32) })), 'invalid', 'package.segmentsDiffer'],
    ['a piece under the name of a file', listed(editLine(recording, 1, { at: pages })), 'unreadable', 'package.segments'],
    ['a list of segments that is not canonical', [1, 2, 3].map((volume) => discOf(volume, Buffer.concat([Buffer.from(' '), list]))), 'unreadable', 'package.segments'],
    ['a disc that does not say which one it is', without(discs, 0, 'volume.json'), 'unreadable', 'package.segments', { order: [0] }],
    ['a disc without its list of segments', without(discs, 0, 'segments.json'), 'unreadable', 'package.segments', { order: [0] }],
    ['a disc with a number that there is not', changed(discs, 2, () => ({ 'volume.json': formatVolume({ type: 'liuhen/evidence-volume', v: 1, manifest: name, volume: 4 }) })), 'unreadable', 'package.segments'],
    ['a file on a disc that nobody lists', changed(discs, 2, () => ({ 'content/more.mp4': Buffer.from('more') })), 'invalid', 'package.fileSurplus'],
    ['a file on another disc than its own', changed(without(discs, 1, pages), 0, () => ({ [pages]: discs[1][pages] })), 'invalid', 'package.fileSurplus'],
    ['another explanation on the second disc', changed(discs, 1, () => ({ 'README.txt': Buffer.from('other') })), 'invalid', 'package.fileDiffers'],
    ['another receipt on the second disc', changed(discs, 1, (disc) => ({ [RECEIPT[0]]: spoilt(disc[RECEIPT[0]]) })), 'invalid', 'package.fileDiffers'],
    ['what a desktop leaves behind', changed(discs, 0, () => ({ '.DS_Store': Buffer.from('x'), 'content/Thumbs.db': Buffer.from('x'), 'desktop.ini': Buffer.from('x') })), 'valid', 'package.desktopFile'],
    ['a folder that is no package beside the discs', [...discs, { 'a.txt': Buffer.from('x') }], 'invalid', 'package.volumeOther'],
    ['the whole package beside its discs', [...discs, files], 'invalid', 'package.volumeOther'],
];

const of = (disc) => Object.fromEntries(Object.entries(disc).map(([path, bytes]) => [path, Buffer.from(bytes).toString('base64')]));
const base = discs.map(of);
const file = {
    note: 'Golden evidence packages on several discs, of the package of package-v1.json. Files are base64. In each case the discs are those of `discs` with `set` in place and `remove` gone, by place from 0; a place behind them is a folder of its own. They are read in `order`, or as they stand; verified with `policy`.',
    policy: golden.policy,
    discs: base,
    cases: cases.map(([title, now, expect, code, { order } = {}]) => {
        const set = {};
        const remove = {};
        now.forEach((disc, place) => {
            const bytes = of(disc);
            const before = base[place] ?? {};
            const differs = Object.fromEntries(Object.entries(bytes).filter(([path, text]) => before[path] !== text));
            const gone = Object.keys(before).filter((path) => !(path in bytes));
            if (Object.keys(differs).length > 0) set[place] = differs;
            if (gone.length > 0) remove[place] = gone;
        });
        return { name: title, expect, ...(code ? { code } : {}), ...(order ? { order } : {}), set, remove };
    }),
};
writeFileSync(new URL('./volumes-v1.json', import.meta.url), `${JSON.stringify(file, null, 1)}\n`);
