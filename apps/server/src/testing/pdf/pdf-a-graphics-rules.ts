import { type PdfARule, unless } from './pdf-a-rule.ts';
import type { PdfFile } from './pdf-file.ts';
import { isName, isStream, type PdfDict, type PdfStream, type PdfValue } from './pdf-lexer.ts';

const ICC_SPACES: Readonly<Record<string, number>> = { GRAY: 1, 'RGB ': 3, 'Lab ': 3, CMYK: 4 };
const ICC_CLASSES = new Set(['mntr', 'scnr', 'prtr', 'spac']);
const INTENTS = new Set(['RelativeColorimetric', 'AbsoluteColorimetric', 'Perceptual', 'Saturation']);
const BLENDS = new Set(
    `Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference Exclusion Hue
    Saturation Color Luminosity`.split(/\s+/),
);
/** Of what colours a profile speaks, as its own header says. */
const spaceOf = (profile: Buffer) => profile.toString('latin1', 16, 20);
/** What of a profile's header is no profile of a version and class that is allowed. */
const profileFaults = (profile: Buffer): readonly string[] => [
    ...unless(profile.length >= 128 && profile.toString('latin1', 36, 40) === 'acsp', 'no ICC profile'),
    ...unless((profile[8] ?? 9) <= 4, `ICC version ${profile[8]}`),
    ...unless(ICC_CLASSES.has(profile.toString('latin1', 12, 16)), `ICC class ${profile.toString('latin1', 12, 16)}`),
];

const intentsOf = (file: PdfFile): PdfDict[] =>
    file
        .array(file.catalogue.get('OutputIntents'))
        .map((each) => file.dict(each))
        .filter((each) => file.name(each.get('S')) === 'GTS_PDFA1');
const outputSpace = (file: PdfFile): string => {
    const profile = file.get(intentsOf(file)[0]?.get('DestOutputProfile'));
    return isStream(profile) ? spaceOf(file.content(profile)) : '';
};

const streamsOf = (file: PdfFile, subtype: string): { object: number; dict: PdfDict }[] =>
    [...file.objects]
        .filter((each): each is [number, PdfStream] => isStream(each[1]) && file.name(each[1].dict.get('Subtype')) === subtype)
        .map(([object, { dict }]) => ({ object, dict }));
const holding = (all: readonly { object: number; dict: PdfDict }[], keys: readonly string[]) =>
    all.flatMap(({ object, dict }) => keys.filter((key) => dict.has(key)).map((key) => `object ${object} has ${key}`));

/** States of drawing: by their type or, where it is left out, by what only they hold. */
const states = (file: PdfFile) =>
    file.dicts.filter(
        ({ dict }) =>
            file.name(dict.get('Type')) === 'ExtGState' || ['CA', 'ca', 'SMask', 'BM', 'TR'].some((key) => dict.has(key)),
    );
const blendsOf = (file: PdfFile): string[] =>
    file.dicts.flatMap(({ dict }) => [file.get(dict.get('BM'))].flat().flatMap((each) => (isName(each) ? [each.name] : [])));

const DEVICES = new Set(['DeviceGray', 'DeviceRGB', 'DeviceCMYK']);
/** Colours of a device that dictionaries name: of images, groups, shadings, patterns and lists of colours. */
function devicesNamed(file: PdfFile): string[] {
    const first = (value: PdfValue) => (isName(value) ? value.name : '');
    const spaces = file.dicts.flatMap(({ dict }) => [
        ...[dict.get('ColorSpace'), dict.get('CS')].map((each) => first(file.get(each))),
        ...[...file.dict(dict.get('ColorSpace')).values()].map((each) => first(file.get(each))),
    ]);
    return spaces.filter((each) => DEVICES.has(each));
}

export const GRAPHICS_RULES: readonly PdfARule[] = [
    {
        clause: '6.2.2',
        says: 'only operators of the norm, and every resource held by the page that names it',
        find: (_, { unknownOperators, missing }) => [...unknownOperators, ...missing],
    },
    {
        clause: '6.2.3',
        says: 'an output intent for PDF/A with its profile inside',
        find: (file) => {
            const intents = intentsOf(file);
            const profiles = intents.map((each) => file.get(each.get('DestOutputProfile')));
            const all = file.array(file.catalogue.get('OutputIntents')).map((each) => file.dict(each));
            return [
                ...unless(intents.length === 1, `${intents.length} output intents`),
                ...unless(!all.some((each) => each.has('DestOutputProfileRef')), 'a profile that lies elsewhere'),
                ...profiles.flatMap((each) => (isStream(each) ? profileFaults(file.content(each)) : ['no profile'])),
            ];
        },
    },
    {
        clause: '6.2.4.2',
        says: 'a profile of colours has as many as it says',
        find: (file) =>
            [...file.objects].flatMap(([object, value]) => {
                if (!Array.isArray(value) || !isName(value[0]) || value[0].name !== 'ICCBased') return [];
                const stream = file.get(value[1] as PdfValue);
                if (!isStream(stream)) return [`object ${object}: no profile`];
                const profile = file.content(stream);
                const faults = [...profileFaults(profile)];
                if (stream.dict.get('N') !== ICC_SPACES[spaceOf(profile)])
                    faults.push(`${spaceOf(profile)} of ${stream.dict.get('N')}`);
                return faults.map((each) => `object ${object}: ${each}`);
            }),
    },
    {
        clause: '6.2.4.3',
        says: 'colours of a device only where the output intent says what they are',
        find: (file, { deviceColours }) => {
            const space = outputSpace(file);
            return [...new Set([...deviceColours, ...devicesNamed(file)])].filter(
                (each) => !(each === 'DeviceGray' ? space !== '' : space === (each === 'DeviceRGB' ? 'RGB ' : 'CMYK')),
            );
        },
    },
    {
        clause: '6.2.5',
        says: 'no transfer function or halftone of its own',
        find: (file) => [
            ...holding(states(file), ['TR', 'HTP']),
            ...states(file).flatMap(({ object, dict }) =>
                unless(!dict.has('TR2') || file.name(dict.get('TR2')) === 'Default', `object ${object} has TR2`),
            ),
        ],
    },
    {
        clause: '6.2.6',
        says: 'one of four rendering intents',
        find: (file, { renderingIntents }) =>
            [
                ...renderingIntents,
                ...states(file).flatMap(({ dict }) => (dict.has('RI') ? [file.name(dict.get('RI'))] : [])),
                ...streamsOf(file, 'Image').flatMap(({ dict }) => (dict.has('Intent') ? [file.name(dict.get('Intent'))] : [])),
            ].filter((each) => !INTENTS.has(each)),
    },
    {
        clause: '6.2.8',
        says: 'images without alternates and without interpolation',
        find: (file) => [
            ...holding(streamsOf(file, 'Image'), ['Alternates', 'OPI']),
            ...streamsOf(file, 'Image')
                .filter(({ dict }) => dict.get('Interpolate') === true)
                .map(({ object }) => `object ${object} is interpolated`),
        ],
    },
    {
        clause: '6.2.9',
        says: 'no PostScript, and no page of another file',
        find: (file) => [
            ...holding(streamsOf(file, 'Form'), ['OPI', 'PS', 'Ref']),
            ...streamsOf(file, 'PS').map(({ object }) => `object ${object} is PostScript`),
        ],
    },
    {
        clause: '6.2.10',
        says: 'modes of blending of the norm, in colours that are known',
        find: (file) => [
            ...blendsOf(file).filter((each) => !BLENDS.has(each)),
            ...file.pages.flatMap((page) => {
                const group = file.dict(page.get('Group'));
                return unless(group.has('CS') || outputSpace(file) !== '', 'a page whose colours of blending nobody knows');
            }),
        ],
    },
];
