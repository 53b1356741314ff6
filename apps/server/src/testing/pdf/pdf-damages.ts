import { add, edit, editStream, objectLike, type PdfParts } from './pdf-edit.ts';

/** One thing wrong with a file, and the clause that says so. */
export type PdfDamage = readonly [clause: string, what: string, damage: (parts: PdfParts) => void];

const CATALOGUE = /\/Type \/Catalog/;
const PAGE = /\/Type \/Page\b(?!s)/;
const INFO = /\/CreationDate/;
const PROFILE = /\/N 3\b/;
const DESCRIPTOR = /\/Type \/FontDescriptor/;
const CID_FONT = /\/Subtype \/CIDFontType2/;
const FONT = /\/Subtype \/Type0/;

const put = (pattern: RegExp, entry: string) => (parts: PdfParts) => edit(parts, pattern, />>\s*$/, `${entry}>>`);
const out = (pattern: RegExp, entry: RegExp | string) => (parts: PdfParts) => edit(parts, pattern, entry, '');
const swap = (pattern: RegExp, from: string | RegExp, to: string) => (parts: PdfParts) => edit(parts, pattern, from, to);
const stream = (pattern: RegExp, change: (text: string) => string) => (parts: PdfParts) =>
    editStream(parts, objectLike(parts, pattern), change);
const xmp = (from: string | RegExp, to: string) => stream(/\/Type \/Metadata/, (text) => text.replace(from, () => to));
/** Of the first page, whatever is shown there. */
const content = (change: (text: string) => string) => (parts: PdfParts) => {
    const page = parts.bodies.get(objectLike(parts, PAGE)) ?? '';
    editStream(parts, Number(/\/Contents (\d+) 0 R/.exec(page)?.[1]), change);
};
const before = (words: string) => content((text) => `${words}\n${text}`);
/** A resource of the page, which nothing names yet. */
const resource = (heading: string, body: string) => (parts: PdfParts) => {
    const number = add(parts, body);
    edit(parts, PAGE, '/Resources <<', `/Resources << /${heading} << /zz ${number} 0 R >>`);
};
const object = (body: string) => (parts: PdfParts) => void add(parts, body);
const annotation = (entries: string) => (parts: PdfParts) => {
    const number = add(parts, `<< /Type /Annot /Rect [0 0 9 9] ${entries} >>`);
    put(PAGE, `/Annots [${number} 0 R]`)(parts);
};
const whole = (change: (parts: PdfParts) => Partial<PdfParts>) => (parts: PdfParts) => void Object.assign(parts, change(parts));
const FORM = '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 0';
const IMAGE = '/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /Length 1';
const EMPTY = '>>\nstream\n\nendstream';
const BYTE = '>>\nstream\nx\nendstream';
/** What a font's description points at. */
const cut = (parts: PdfParts, entry: RegExp, change: (text: string) => string) => {
    const body = parts.bodies.get(objectLike(parts, DESCRIPTOR)) ?? '';
    editStream(parts, Number(entry.exec(body)?.[1]), change);
};

export const PDF_DAMAGES: readonly PdfDamage[] = [
    ['6.1.2', 'something before the header', whole(({ head }) => ({ head: ` ${head}` }))],
    ['6.1.2', 'a comment of letters', whole(() => ({ head: '%PDF-1.7\n%abcd\n\n' }))],
    ['6.1.3', 'no identifiers', whole(({ trailer }) => ({ trailer: trailer.replace(/\/ID \[[^\]]*\]/, '') }))],
    ['6.1.3', 'encrypted', whole(({ trailer }) => ({ trailer: `${trailer}/Encrypt << /Filter /Standard >>` }))],
    ['6.1.3', 'bytes behind the end', whole(() => ({ tail: '\n   \n' }))],
    ['6.1.4', 'an empty line in the table', whole(() => ({ table: 'xref\n\n' }))],
    ['6.1.6', 'half a byte', swap(INFO, /\/Title <(\w+)\w>/, '/Title <FEFF73B>')],
    ['6.1.7.1', 'a wrong length', swap(/\/Type \/Metadata/, /\/Length \d+/, '/Length 17')],
    ['6.1.7.1', 'content in another file', swap(/\/Type \/Metadata/, '/Type /Metadata', '/F (x) /Type /Metadata')],
    ['6.1.7.2', 'LZW', object(`<< /Length 0 /Filter /LZWDecode ${EMPTY}`)],
    ['6.1.9', 'words behind an object', (parts) => edit(parts, INFO, />>\s*$/, '>> null')],
    ['6.1.10', 'an image within content', before('BI /W 1 /H 1 /BPC 8 /CS /G ID x EI')],
    ['6.1.12', 'permissions', put(CATALOGUE, '/Perms << /Own 1 0 R >>')],
    ['6.1.13', 'a long name', object(`/${'n'.repeat(128)}`)],
    ['6.1.13', 'a long string', object(`(${'s'.repeat(32_768)})`)],
    ['6.1.13', 'a number too great', object('[2147483648]')],
    ['6.1.13', 'states too deep', before(`${'q '.repeat(29)}${'Q '.repeat(29)}`)],
    ['6.1.13', 'a page too small', swap(PAGE, '595.2756 841.8898', '2 2')],
    ['6.1.5', 'another title', swap(INFO, /\/Title <\w+>/, '/Title (x)')],
    ['6.1.5', 'another day', swap(INFO, /\/CreationDate \(D:\d{4}/, '/CreationDate (D:2001')],
    ['6.6.2.1', 'no description', out(CATALOGUE, /\/Metadata \d+ 0 R/)],
    ['6.6.2.1', 'an attribute out of use', xmp('<?xpacket begin', '<?xpacket bytes="9" begin')],
    ['6.6.2.1', 'an element left open', xmp('</dc:title>', '')],
    ['6.6.2.1', 'no UTF-8', xmp('</dc:title>', '\xff</dc:title>')],
    ['6.6.2.3', 'a namespace of our own', xmp('<pdfaid:part>', '<own:x xmlns:own="urn:own"/><pdfaid:part>')],
    ['6.6.4', 'another part', xmp('<pdfaid:part>2', '<pdfaid:part>1')],
    ['6.6.4', 'another level', xmp('<pdfaid:conformance>B', '<pdfaid:conformance>U')],
    ['6.2.2', 'an operator nobody knows', before('xyz')],
    ['6.2.2', 'a state that is not there', before('/nowhere gs')],
    ['6.2.3', 'no output intent', out(CATALOGUE, /\/OutputIntents \d+ 0 R/)],
    ['6.2.3', 'an output intent of another kind', swap(/\/S \/GTS_PDFA1/, '/S /GTS_PDFA1', '/S /GTS_PDFX')],
    ['6.2.3', 'no profile', out(/\/S \/GTS_PDFA1/, /\/DestOutputProfile \d+ 0 R/)],
    ['6.2.3', 'no ICC profile', stream(PROFILE, (text) => text.replace('acsp', 'xxxx'))],
    ['6.2.4.2', 'another number of colours', swap(/\/N 1\b/, '/N 1', '/N 4')],
    ['6.2.4.3', 'colours of a press', before('0 0 0 1 k')],
    ['6.2.4.3', 'a picture in colours of a press', resource('XObject', `<< ${IMAGE} /ColorSpace /DeviceCMYK ${BYTE}`)],
    ['6.2.5', 'a transfer function', resource('ExtGState', '<< /Type /ExtGState /TR /Identity >>')],
    ['6.2.6', 'an intent of our own', before('/Nicer ri')],
    ['6.2.8', 'interpolation', resource('XObject', `<< ${IMAGE} /ColorSpace /DeviceGray /Interpolate true ${BYTE}`)],
    ['6.2.9', 'a page of another file', resource('XObject', `<< ${FORM} /Ref << /F (x.pdf) /Page 0 >> ${EMPTY}`)],
    ['6.2.9', 'PostScript', resource('XObject', `<< /Type /XObject /Subtype /PS /Length 0 ${EMPTY}`)],
    ['6.2.10', 'a mode of blending of our own', resource('ExtGState', '<< /Type /ExtGState /BM /Nicer >>')],
    ['6.2.10', 'blending without known colours', out(CATALOGUE, /\/OutputIntents \d+ 0 R/)],
    ['6.2.11.2', 'a font of another kind', swap(FONT, '/Subtype /Type0', '/Subtype /Type1')],
    ['6.2.11.3', 'codes of another kind', swap(FONT, '/Identity-H', '/GBK-EUC-H')],
    ['6.2.11.3', 'no map to outlines', out(CID_FONT, '/CIDToGIDMap /Identity')],
    ['6.2.11.4.1', 'a font that is not inside', out(DESCRIPTOR, /\/FontFile2 \d+ 0 R/)],
    ['6.2.11.4.2', 'an outline not named', (parts) => cut(parts, /\/CIDSet (\d+)/, (text) => `\x7f${text.slice(1)}`)],
    ['6.2.11.5', 'another width', swap(CID_FONT, /\/W \[0 (\d+) 1000/, '/W [0 9 500 10 16 1000')],
    ['6.2.11.7.2', 'no table of characters', out(FONT, /\/ToUnicode \d+ 0 R/)],
    ['6.2.11.7.2', 'a character left out', stream(/\/Type \/CMap/, (text) => text.replace(/<0001>\s*<\w+>/, ''))],
    ['6.2.11.8', 'a missing outline shown', before('BT /f0 9 Tf <0000> Tj ET')],
    ['6.3.1', 'a film', annotation('/Subtype /Movie /F 4 /AP << /N 1 0 R >>')],
    ['6.3.2', 'hidden', annotation('/Subtype /Link /F 6')],
    ['6.3.2', 'not printed', annotation('/Subtype /Link')],
    ['6.3.3', 'without an appearance', annotation('/Subtype /Stamp /F 4')],
    ['6.4.1', 'appearances left to the reader', put(CATALOGUE, '/AcroForm << /Fields [] /NeedAppearances true >>')],
    ['6.4.1', 'a field that acts', annotation('/Subtype /Widget /F 4 /AP << /N 1 0 R >> /AA << >>')],
    ['6.4.2', 'XFA', put(CATALOGUE, '/AcroForm << /Fields [] /XFA 1 0 R >>')],
    ['6.5.1', 'a script', put(CATALOGUE, '/OpenAction << /S /JavaScript /JS (1) >>')],
    ['6.5.1', 'a program', annotation('/Subtype /Link /F 4 /A << /S /Launch /F (x) >>')],
    ['6.5.1', 'a sound', object('<< /Type /Action /S /Sound >>')],
    ['6.5.1', 'a link to the net', annotation('/Subtype /Link /F 4 /A << /S /URI /URI (http://example.invalid) >>')],
    ['6.5.2', 'something at opening', put(PAGE, '/AA << >>')],
    ['6.8', 'a file inside', object('<< /Type /Filespec /F (x) /EF << /F 1 0 R >> >>')],
    ['6.8', 'a list of files', put(CATALOGUE, '/Names << /EmbeddedFiles << >> >>')],
    ['6.9', 'layers', put(CATALOGUE, '/OCProperties << >>')],
    ['6.10', 'another presentation', put(PAGE, '/PresSteps << >>')],
    ['6.11', 'requirements', put(CATALOGUE, '/Requirements []')],
];
