import { type PdfARule, unless } from './pdf-a-rule.ts';
import type { PdfFile } from './pdf-file.ts';
import { isStream, type PdfDict } from './pdf-lexer.ts';

/** Bits of an annotation's flags: Invisible, Hidden, NoView and ToggleNoView never, Print always. */
const [NEVER, PRINT] = [0b1_0010_0011, 0b100];
const ANNOTATIONS = new Set(
    `Text Link FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink Popup
    FileAttachment Widget PrinterMark TrapNet Watermark Redact`.split(/\s+/),
);
const annotationsOf = (file: PdfFile): PdfDict[] =>
    file.pages.flatMap((page) => file.array(page.get('Annots')).map((value) => file.dict(value)));
const kindOf = (file: PdfFile, dict: PdfDict) => file.name(dict.get('Subtype'));

/** What is called an action by its type, or by where it hangs. */
function actionsOf(file: PdfFile): { object: number; kind: string }[] {
    const hung = file.dicts.flatMap(({ object, dict }) =>
        [dict.get('A'), dict.get('OpenAction'), dict.get('Next')].flatMap((value) => {
            const action = file.dict(value);
            return action.has('S') ? [{ object, dict: action }] : [];
        }),
    );
    const typed = file.dicts.filter(({ dict }) => file.name(dict.get('Type')) === 'Action');
    const scripts = file.dicts.filter(({ dict }) => dict.has('JS'));
    return [...hung, ...typed, ...scripts].map(({ object, dict }) => ({ object, kind: file.name(dict.get('S')) }));
}

export const INTERACTION_RULES: readonly PdfARule[] = [
    {
        clause: '6.3.1',
        says: 'no annotation that moves, sounds or comes from elsewhere',
        find: (file) =>
            annotationsOf(file)
                .map((each) => kindOf(file, each))
                .filter((kind) => !ANNOTATIONS.has(kind)),
    },
    {
        clause: '6.3.2',
        says: 'annotations are printed and never hidden',
        find: (file) =>
            annotationsOf(file)
                .filter((each) => kindOf(file, each) !== 'Popup')
                .filter((each) => (Number(each.get('F') ?? 0) & (NEVER | PRINT)) !== PRINT)
                .map((each) => `${kindOf(file, each)} with flags ${Number(each.get('F') ?? 0)}`),
    },
    {
        clause: '6.3.3',
        says: 'annotations look the same everywhere',
        find: (file) =>
            annotationsOf(file)
                .filter((each) => !['Popup', 'Link'].includes(kindOf(file, each)))
                .filter((each) => [...file.dict(each.get('AP')).keys()].join() !== 'N')
                .map((each) => `${kindOf(file, each)} without an appearance of its own, or with several`),
    },
    {
        clause: '6.4.1',
        says: 'fields of forms do nothing of themselves',
        find: (file) => [
            ...unless(file.get(file.dict(file.catalogue.get('AcroForm')).get('NeedAppearances')) !== true, 'NeedAppearances'),
            ...annotationsOf(file)
                .filter((each) => kindOf(file, each) === 'Widget' && (each.has('A') || each.has('AA')))
                .map(() => 'a field with an action'),
        ],
    },
    {
        clause: '6.4.2',
        says: 'no XFA',
        find: (file) => [
            ...unless(!file.dict(file.catalogue.get('AcroForm')).has('XFA'), 'XFA'),
            ...unless(file.get(file.catalogue.get('NeedsRendering')) !== true, 'NeedsRendering'),
        ],
    },
    {
        clause: '6.5.1',
        says: 'no action but to a place in the file: the norm lets links to the net pass, a document has none',
        find: (file) =>
            actionsOf(file)
                .filter(({ kind }) => kind !== 'GoTo')
                .map(({ object, kind }) => `object ${object}: ${kind}`),
    },
    {
        clause: '6.5.2',
        says: 'nothing happens when a file or a page is opened',
        find: (file) => [file.catalogue, ...file.pages].filter((each) => each.has('AA')).map(() => 'additional actions'),
    },
    {
        clause: '6.8',
        says: 'files inside are PDF/A, and say what they are to the document; there are none',
        find: (file) => [
            ...file.dicts.filter(({ dict }) => dict.has('EF')).map(({ object }) => `object ${object} holds a file`),
            ...unless(!file.dict(file.catalogue.get('Names')).has('EmbeddedFiles'), 'a list of files'),
            ...[...file.objects]
                .filter(([, value]) => isStream(value) && file.name(value.dict.get('Type')) === 'EmbeddedFile')
                .map(([object]) => `object ${object} is a file`),
        ],
    },
    {
        clause: '6.9',
        says: 'no layers that can be switched off',
        find: (file) => unless(!file.catalogue.has('OCProperties'), 'layers'),
    },
    {
        clause: '6.10',
        says: 'no other presentation of the same pages',
        find: (file) => [
            ...unless(!file.dict(file.catalogue.get('Names')).has('AlternatePresentations'), 'AlternatePresentations'),
            ...file.pages.filter((page) => page.has('PresSteps')).map(() => 'PresSteps'),
        ],
    },
    {
        clause: '6.11',
        says: 'nothing is required of a reader',
        find: (file) => unless(!file.catalogue.has('Requirements'), 'Requirements'),
    },
];
