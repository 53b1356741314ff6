import type { PdfFile } from './pdf-file.ts';
import { isDict, isName, isOperator, isRef, isStream, isString, lexer, type PdfDict, type PdfValue } from './pdf-lexer.ts';

/** What the content streams of all pages do, those of the forms they draw too. */
export type PdfContent = {
    readonly unknownOperators: ReadonlySet<string>;
    readonly inlineImages: number;
    /** Deepest nesting of saved states. */
    readonly depth: number;
    readonly deviceColours: ReadonlySet<string>;
    readonly renderingIntents: ReadonlySet<string>;
    /** Named resources that the page or form does not hold itself. */
    readonly missing: ReadonlySet<string>;
    /** By object number: the codes shown with each font. */
    readonly codes: ReadonlyMap<number, ReadonlySet<number>>;
    readonly notes: readonly string[];
};

const OPERATORS = new Set(
    `b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG rg ri s S
    SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' "`.split(/\s+/),
);
const DEVICE_OPERATORS: Readonly<Record<string, string>> = {
    g: 'DeviceGray',
    G: 'DeviceGray',
    rg: 'DeviceRGB',
    RG: 'DeviceRGB',
    k: 'DeviceCMYK',
    K: 'DeviceCMYK',
};
/** Under which heading of the resources an operator looks for the name before it. */
const NAMED: Readonly<Record<string, string>> = {
    Do: 'XObject',
    gs: 'ExtGState',
    Tf: 'Font',
    sh: 'Shading',
    cs: 'ColorSpace',
    CS: 'ColorSpace',
};
const BUILT_IN = new Set(['DeviceGray', 'DeviceRGB', 'DeviceCMYK', 'Pattern']);
const SHOWS = new Set(['Tj', 'TJ', "'", '"']);

export function readContent(file: PdfFile): PdfContent {
    const [unknownOperators, deviceColours, renderingIntents, missing] = [set(), set(), set(), set()];
    const codes = new Map<number, Set<number>>();
    const notes: string[] = [];
    let [inlineImages, deepest] = [0, 0];

    const show = (font: number, values: readonly PdfValue[]) => {
        const shown = codes.get(font) ?? new Set<number>();
        codes.set(font, shown);
        for (const value of values.flat())
            if (isString(value)) for (let at = 0; at + 1 < value.bytes.length; at += 2) shown.add(value.bytes.readUInt16BE(at));
    };
    const run = (bytes: Buffer, resources: PdfDict, outer: number, within: ReadonlySet<PdfValue>) => {
        const tokens = lexer(bytes, 0, (clause, said) => notes.push(`${clause}: a content stream: ${said}`));
        let [depth, font] = [outer, 0];
        let operands: PdfValue[] = [];
        for (let token = tokens.next(); token !== undefined; token = tokens.next()) {
            if (!isOperator(token)) {
                operands.push(token);
                continue;
            }
            const { operator } = token;
            if (!OPERATORS.has(operator)) unknownOperators.add(operator);
            if (operator === 'q') depth++;
            if (operator === 'Q') depth--;
            deepest = Math.max(deepest, depth);
            if (operator === 'BI') inlineImages++;
            const device = DEVICE_OPERATORS[operator];
            if (device !== undefined) deviceColours.add(device);
            const name = operands.findLast(isName)?.name ?? '';
            if (operator === 'ri') renderingIntents.add(name);
            const heading = NAMED[operator];
            if (heading === 'ColorSpace' && BUILT_IN.has(name)) deviceColours.add(name);
            else if (heading !== undefined) {
                const named = file.dict(resources.get(heading)).get(name);
                if (named === undefined) missing.add(`${heading} ${name}`);
                if (operator === 'Tf') font = isRef(named) ? named.ref : 0;
                const drawn = file.get(named);
                if (operator === 'Do' && isStream(drawn) && file.name(drawn.dict.get('Subtype')) === 'Form' && !within.has(drawn))
                    run(file.content(drawn), file.dict(drawn.dict.get('Resources')), depth, new Set([...within, drawn]));
            }
            if (SHOWS.has(operator)) show(font, operands);
            operands = [];
        }
    };
    for (const page of file.pages) {
        const streams = [file.get(page.get('Contents'))].flat().map((each) => file.get(each as PdfValue));
        const bytes = streams.flatMap((each) => (isStream(each) ? [file.content(each), Buffer.from('\n')] : []));
        const resources = file.get(page.get('Resources'));
        if (!isDict(resources)) missing.add('Resources of a page');
        run(Buffer.concat(bytes), file.dict(resources), 0, new Set());
    }
    return { unknownOperators, inlineImages, depth: deepest, deviceColours, renderingIntents, missing, codes, notes };
}

const set = () => new Set<string>();
