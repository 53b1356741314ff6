import { type PdfARule, unless } from './pdf-a-rule.ts';
import { filtersOf, type PdfFile, textOf } from './pdf-file.ts';
import { isStream } from './pdf-lexer.ts';

/** Namespaces whose properties ISO 19005-2 knows without a description of them, and those that describe. */
const KNOWN = new Set([
    'adobe:ns:meta/',
    'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
    'http://purl.org/dc/elements/1.1/',
    'http://www.aiim.org/pdfa/ns/id/',
    ...['extension/', 'schema#', 'property#', 'type#', 'field#'].map((each) => `http://www.aiim.org/pdfa/ns/${each}`),
    ...['', 'rights/', 'mm/', 'bj/', 't/pg/', 'g/', 'sType/ResourceEvent#', 'sType/ResourceRef#', 'sType/Dimensions#'].map(
        (each) => `http://ns.adobe.com/xap/1.0/${each}`,
    ),
    'http://ns.adobe.com/pdf/1.3/',
]);

/** The description of a file, as bytes of UTF-8. */
function xmpOf(file: PdfFile): string | undefined {
    const stream = file.get(file.catalogue.get('Metadata'));
    if (!isStream(stream) || filtersOf(stream.dict).some((each) => each !== 'FlateDecode')) return undefined;
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file.content(stream));
    } catch {
        return undefined;
    }
}

/** The text of a property, of the first of its list or language where it has several. */
const property = (xmp: string, name: string): string | undefined => {
    const whole = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xmp)?.[1];
    const inner = whole === undefined ? undefined : (/<rdf:li[^>]*>([^<]*)</.exec(whole)?.[1] ?? whole);
    return inner?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
};

const INFO: readonly (readonly [key: string, property: string])[] = [
    ['Title', 'dc:title'],
    ['Author', 'dc:creator'],
    ['Subject', 'dc:description'],
    ['Keywords', 'pdf:Keywords'],
    ['Creator', 'xmp:CreatorTool'],
    ['Producer', 'pdf:Producer'],
    ['CreationDate', 'xmp:CreateDate'],
    ['ModDate', 'xmp:ModifyDate'],
];

/** `D:20251118030000+08'00'` as the description has it. */
const dateOf = (text: string): string => {
    const [, year, month, day, hour, minute, second, zone] =
        /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(Z|[+-]\d\d'?\d\d)?/.exec(text) ?? [];
    const offset = zone === undefined || zone === 'Z' ? 'Z' : zone.replace(/^(...)'?/, '$1:');
    return `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`;
};
const same = (key: string, info: string, xmp: string) =>
    key.endsWith('Date') ? Date.parse(dateOf(info)) === Date.parse(xmp) : info === xmp;

/** Every element is closed by its own name, in order. */
function wellFormed(xmp: string): boolean {
    const open: string[] = [];
    for (const [, closing, name = '', own] of xmp.matchAll(/<(\/)?([\w:]+)[^<>]*?(\/)?>/g)) {
        if (closing !== undefined) {
            if (open.pop() !== name) return false;
        } else if (own === undefined) open.push(name);
    }
    return open.length === 0;
}

export const METADATA_RULES: readonly PdfARule[] = [
    {
        clause: '6.1.5',
        says: 'what the old dictionary of information says, the description says too',
        find: (file) => {
            const info = file.dict(file.trailer.get('Info'));
            const xmp = xmpOf(file) ?? '';
            return INFO.filter(([key]) => info.has(key)).flatMap(([key, name]) => {
                const [said, described] = [textOf(file.get(info.get(key))), property(xmp, name)];
                return unless(described !== undefined && same(key, said, described), `${key} ${said}, ${name} ${described}`);
            });
        },
    },
    {
        clause: '6.6.2.1',
        says: 'a description of the file in XMP, in UTF-8, without attributes that are out of use',
        find: (file) => {
            const stream = file.dict(file.catalogue.get('Metadata'));
            const xmp = xmpOf(file);
            if (xmp === undefined) return ['there is none that can be read'];
            return [
                ...unless(file.name(stream.get('Type')) === 'Metadata' && file.name(stream.get('Subtype')) === 'XML', 'no XML'),
                ...unless(/^<\?xpacket begin=/.test(xmp) && /<\?xpacket end="[rw]"\?>\s*$/.test(xmp), 'no packet'),
                ...unless(!/<\?xpacket[^?]*(bytes|encoding)=/.test(xmp), 'bytes or encoding of the packet'),
                ...unless(wellFormed(xmp), 'it is not well-formed'),
            ];
        },
    },
    {
        clause: '6.6.2.3',
        says: 'no property of a namespace that is neither known nor described',
        find: (file) => {
            const xmp = xmpOf(file) ?? '';
            const described = [...xmp.matchAll(/<pdfaSchema:namespaceURI>([^<]*)</g)].map((each) => each[1] ?? '');
            const spaces = new Map([...xmp.matchAll(/xmlns:(\w+)="([^"]*)"/g)].map((each) => [each[1] ?? '', each[2] ?? '']));
            const used = new Set([...xmp.matchAll(/<(\w+):/g)].map((each) => each[1] ?? ''));
            return [...used].filter((prefix) => ![...KNOWN, ...described].includes(spaces.get(prefix) ?? ''));
        },
    },
    {
        clause: '6.6.4',
        says: 'it says that it is PDF/A-2b',
        find: (file) => {
            const xmp = xmpOf(file) ?? '';
            const space = /xmlns:pdfaid="([^"]*)"/.exec(xmp)?.[1];
            return [
                ...unless(space === 'http://www.aiim.org/pdfa/ns/id/', `pdfaid is ${space}`),
                ...unless(property(xmp, 'pdfaid:part') === '2', `part ${property(xmp, 'pdfaid:part')}`),
                ...unless(property(xmp, 'pdfaid:conformance') === 'B', `conformance ${property(xmp, 'pdfaid:conformance')}`),
            ];
        },
    },
];
