import { type PdfARule, unless } from './pdf-a-rule.ts';
import { filtersOf } from './pdf-file.ts';
import { isString } from './pdf-lexer.ts';

const noted = (clause: string, says: string): PdfARule => ({
    clause,
    says,
    find: (file, content) => [...file.notes, ...content.notes].filter((each) => each.startsWith(`${clause}: `)),
});

const FILTERS = new Set(['ASCIIHexDecode', 'ASCII85Decode', 'FlateDecode', 'RunLengthDecode', 'CCITTFaxDecode', 'JBIG2Decode'])
    .add('DCTDecode')
    .add('JPXDecode');

export const FILE_RULES: readonly PdfARule[] = [
    {
        clause: '6.1.2',
        says: '%PDF-1.n at byte zero, then a comment of four bytes above 127',
        find: ({ bytes }) => {
            const head = /^%PDF-1\.[0-7](\r\n|\r|\n)%(.{4})/s.exec(bytes.toString('latin1', 0, 32));
            return unless(head !== null && [...(head[2] ?? '')].every((each) => each.charCodeAt(0) > 127), 'another header');
        },
    },
    {
        clause: '6.1.3',
        says: 'identifiers in the trailer, no encryption, nothing behind the end',
        find: ({ trailer, bytes }) => {
            const ids = [trailer.get('ID') ?? []].flat();
            return [
                ...unless(ids.length === 2 && ids.every((each) => isString(each) && each.bytes.length > 0), 'no two identifiers'),
                ...unless(!trailer.has('Encrypt'), 'it is encrypted'),
                ...unless(/%%EOF(\r\n|\r|\n)?$/.test(bytes.toString('latin1', bytes.length - 32)), 'bytes behind %%EOF'),
            ];
        },
    },
    noted('6.1.4', 'one line end behind xref'),
    noted('6.1.6', 'hexadecimal strings of whole bytes'),
    {
        clause: '6.1.7.1',
        says: 'a stream is as long as it says and lies in the file',
        find: (file) => [
            ...file.notes.filter((each) => each.startsWith('6.1.7.1: ')),
            ...file.dicts
                .filter(({ dict }) => dict.has('Length') && ['F', 'FFilter', 'FDecodeParms'].some((key) => dict.has(key)))
                .map(({ object }) => `object ${object} lies elsewhere`),
        ],
    },
    {
        clause: '6.1.7.2',
        says: 'no LZW, no filter but those of the norm',
        find: ({ dicts }) =>
            dicts
                .filter(({ dict }) => dict.has('Length'))
                .flatMap(({ object, dict }) => filtersOf(dict).map((filter) => ({ object, filter })))
                .filter(({ filter }) => !FILTERS.has(filter))
                .map(({ object, filter }) => `object ${object}: ${filter}`),
    },
    noted('6.1.9', 'objects begin and end on lines of their own'),
    {
        clause: '6.1.10',
        says: 'no image within content: none is looked into here',
        find: (_, { inlineImages }) => unless(inlineImages === 0, `${inlineImages} images`),
    },
    {
        clause: '6.1.12',
        says: 'no permissions but those of signatures',
        find: (file) => [...file.dict(file.catalogue.get('Perms')).keys()].filter((key) => key !== 'UR3' && key !== 'DocMDP'),
    },
    {
        clause: '6.1.13',
        says: 'limits of names, strings, numbers, nesting and size of pages',
        find: (file, content) => [
            ...[...file.notes, ...content.notes].filter((each) => each.startsWith('6.1.13: ')),
            ...unless(content.depth <= 28, `states saved ${content.depth} deep`),
            ...unless(file.objects.size <= 8_388_607, `${file.objects.size} objects`),
            ...file.pages
                .map((page) => file.array(page.get('MediaBox')).map(Number))
                .filter(([x = 0, y = 0, right = 0, top = 0]) =>
                    [right - x, top - y].some((side) => !(side >= 3 && side <= 14_400)),
                )
                .map((box) => `a page of ${box.join(' ')}`),
        ],
    },
];
