import { describe, expect, it } from 'vitest';
import { DomainError } from '../kernel/domain-error.ts';
import { decideScansForFiling, judgeScan, judgeSheets, printsNamed, type SheetSeen, settleScan } from './document-scan.decide.ts';
import type { ScanFinding, ScannedPrint, ScanReading } from './document-scan.ts';
import { pageCode, printCode } from './print/print-code.ts';

const DOCUMENT = { id: '0198c0de-7000-7abc-8def-000000000001', revision: 2 };
const DIGEST = new Uint8Array(32).fill(0xa5);
const HEX = 'a5'.repeat(32);
const id = (end: string) => `0198c0de-7000-7abc-8def-0000000000${end}`;
const print = (end: string, more: Partial<ScannedPrint> = {}): ScannedPrint => ({
    id: id(end),
    documentId: DOCUMENT.id,
    revision: 2,
    kind: 'final',
    digest: HEX,
    pages: 3,
    ...more,
});
const PRINTS = [
    print('10'),
    print('11'),
    print('20', { revision: 1 }),
    print('30', { kind: 'draft' }),
    print('40', { documentId: id('02') }),
];
const page = (number: number, of = '10', digest = DIGEST): SheetSeen => ({
    codes: [pageCode(printCode(id(of), digest).payload, number)],
    ink: 200,
});
const BACK: SheetSeen = { codes: [], ink: 0 };
const WORDS: SheetSeen = { codes: ['https://example.test/检查码'], ink: 200 };
const reading = (sheets: SheetSeen[], whole = true) => judgeSheets(DOCUMENT, { sheets, whole }, PRINTS);
const said = { by: id('90'), at: 1, reason: '二维码处有折痕，逐字比对为该页' };
const outcome = (work: () => unknown) => {
    try {
        return work();
    } catch (error) {
        return error instanceof DomainError ? error.code : error;
    }
};

describe('the sheets of a scan', () => {
    it.each([
        ['a page of the version', page(2), 'matches'],
        ['a page of the same version, printed again', page(2, '11'), 'matches'],
        ['a page of the content before', page(1, '20'), 'olderPrint'],
        ['a draft', page(1, '30'), 'draftPrint'],
        ['a page of another document', page(1, '40'), 'otherDocument'],
        ['a page nobody here has printed', page(1, '77'), 'unknownPrint'],
        ['a code with another digest', page(1, '10', new Uint8Array(32)), 'digestDiffers'],
        ['a page the print does not have', page(4), 'pageUnknown'],
        ['a code of somebody else', WORDS, 'noCode'],
        ['the back of a sheet', BACK, 'blank'],
        ['two pages on one sheet', { codes: [...page(1).codes, ...page(2).codes], ink: 1 }, 'severalCodes'],
        [
            'a code that does not say its page',
            { codes: [printCode(id('10'), DIGEST).payload.replace('LH2', 'LH1')], ink: 9 },
            'pageUnknown',
        ],
    ])('%s', (_name, sheet, finding) => {
        expect(reading([sheet]).sheets).toMatchObject([{ sheet: 1, finding, settled: null }]);
    });

    it('name each print once', () => {
        expect(printsNamed([page(1), page(2), WORDS, page(1, '40')])).toEqual([id('10'), id('40')]);
    });
});

describe('a scan', () => {
    const all = [page(1), page(2), page(3)];
    it.each<[string, ScanReading, ScanFinding, string, object]>([
        ['with every page', reading(all), 'matches', 'bound', { missing: [], twice: [], disordered: false }],
        ['with empty backs', reading([page(1), BACK, page(2), BACK, page(3), BACK]), 'matches', 'bound', {}],
        ['of two prints of one version', reading([page(1), page(2, '11'), page(3)]), 'matches', 'bound', {}],
        ['without a page', reading([page(1), page(3)]), 'pagesWrong', 'review', { missing: [2] }],
        ['with a page twice', reading([page(1), page(2), page(2), page(3)]), 'pagesWrong', 'review', { twice: [2] }],
        ['out of order', reading([page(1), page(3), page(2)]), 'pagesWrong', 'review', { disordered: true }],
        ['with a page of another document', reading([...all, page(1, '40')]), 'otherDocument', 'review', {}],
        [
            'with the worst named first',
            reading([page(1, '20'), WORDS, page(1, '10', new Uint8Array(32))]),
            'digestDiffers',
            'review',
            {},
        ],
        ['of older pages', reading([page(1, '20')]), 'olderPrint', 'review', {}],
        ['without any code', reading([WORDS]), 'noCode', 'review', {}],
        ['of nothing but backs', reading([BACK]), 'noCode', 'review', {}],
        ['that ends before its end', reading(all, false), 'notReadable', 'review', {}],
        ['that could not be opened', reading([], false), 'notReadable', 'review', {}],
    ])('%s', (_name, given, finding, standing, more) => {
        expect(judgeScan(given)).toMatchObject({ finding, standing, ...more });
    });

    it('of a print whose pages nobody has counted is not called whole', () => {
        const uncounted = judgeSheets(DOCUMENT, { sheets: [page(1)], whole: true }, [print('10', { pages: null })]);
        expect(judgeScan(uncounted)).toMatchObject({ finding: 'pagesWrong', standing: 'review' });
    });
});

describe('settling by hand', () => {
    const spoiled = reading([page(1), WORDS, page(3)]);
    it('says which page a sheet is, and that is bound as settled', () => {
        const settled = settleScan(spoiled, { as: 'page', sheet: 2, page: 2 }, said, 3);
        expect(judgeScan(settled)).toMatchObject({ finding: 'settled', standing: 'bound', missing: [] });
        expect(settled.sheets[1]).toMatchObject({ finding: 'noCode', settled: { as: 'page', page: 2, reason: said.reason } });
    });

    it('leaves out what belongs to nothing, and accepts another order', () => {
        const twice = reading([page(1), page(2), page(2), page(3)]);
        expect(judgeScan(settleScan(twice, { as: 'notPart', sheet: 3 }, said, 3)).standing).toBe('bound');
        const mixed = reading([page(1), page(3), page(2)]);
        expect(judgeScan(settleScan(mixed, { as: 'order' }, said, 3)).standing).toBe('bound');
    });

    it('of a scan without any code goes by the pages of the version as it stands', () => {
        const settled = settleScan(reading([WORDS]), { as: 'page', sheet: 1, page: 1 }, said, 1);
        expect(judgeScan(settled)).toMatchObject({ standing: 'bound' });
    });

    it.each([
        ['what is bound', reading([page(1), page(2), page(3)]), { as: 'notPart', sheet: 1 } as const, 'document.scanNotInReview'],
        ['an order that is right', spoiled, { as: 'order' } as const, 'document.scanNotInReview'],
        ['a sheet that is not there', spoiled, { as: 'notPart', sheet: 9 } as const, 'document.scanNoSuchSheet'],
        ['a page that is not there', spoiled, { as: 'page', sheet: 2, page: 4 } as const, 'document.scanNoSuchPage'],
        [
            'a page of another document as one of this',
            reading([page(1, '40')]),
            { as: 'page', sheet: 1, page: 1 } as const,
            'document.scanCodeIsCertain',
        ],
    ])('is refused for %s', (_name, given, settling, code) => {
        expect(outcome(() => settleScan(given, settling, said, 3))).toBe(code);
    });
});

it('a document is not filed while its only scan in a role needs a look', () => {
    const of = (role: string, finding: ScanFinding) => ({ role, finding });
    expect(outcome(() => decideScansForFiling([of('signed', 'noCode')]))).toBe('document.scanNeedsReview');
    expect(outcome(() => decideScansForFiling([of('signed', 'noCode'), of('sealed', 'matches')]))).toBe(
        'document.scanNeedsReview',
    );
    for (const fine of [
        [],
        [of('signed', 'noCode'), of('signed', 'settled')],
        [of('signed', 'programMissing')],
        [of('capture', 'notRead')],
    ])
        expect(outcome(() => decideScansForFiling(fine))).toBeUndefined();
});

it('a sheet with hardly a trace of ink is blank, one with a line on it is not', () => {
    const finding = (ink: number) => reading([page(1), { codes: [], ink }]).sheets[1]?.finding;
    expect([finding(0), finding(2), finding(3)]).toEqual(['blank', 'blank', 'noCode']);
});

it('the same page twice in a row is twice, and not out of order', () => {
    expect(judgeScan(reading([page(1), page(1), page(2), page(3)]))).toMatchObject({ twice: [1], disordered: false });
    expect(judgeScan(reading([page(2), page(1), page(3)]))).toMatchObject({ twice: [], disordered: true });
});
