import { DomainError } from '../kernel/domain-error.ts';
import type { SeriesNumbering } from './document-paper.ts';
import type { OfficeDocumentType } from './document-signing.ts';
import { type DocumentType, documentTypeFacts } from './document-type.ts';

/** 执法类别 of a 文号, from practice: the organisation's own list is a parameter. */
export const USUAL_CATEGORIES = ['公', '水', '医', '传', '职', '放', '学', '消'] as const;

/** 执法性质. `table` was read in a published table, `practice` was not: it is shown as unverified and can be replaced. */
export type NatureCode = { readonly code: string; readonly seen: 'table' | 'practice' };

const table = (code: string): NatureCode => ({ code, seen: 'table' });
const practice = (code: string): NatureCode => ({ code, seen: 'practice' });

export const NATURE_CODES: Readonly<Partial<Record<OfficeDocumentType, NatureCode>>> = {
    productConfirmNotice: table('确'),
    appraisalCommission: table('鉴委'),
    testResultNotice: table('检告'),
    occupationalRemoval: table('调'),
    controlDecision: table('控'),
    controlRelease: table('控解'),
    caseTransfer: table('案移'),
    evidencePreserve: table('证保决'),
    evidenceDisposal: table('证保处'),
    priorNotice: table('告'),
    hearingRightNotice: table('听告'),
    hearingNotice: table('听通'),
    seizureDecision: practice('查扣'),
    seizureDisposal: practice('查扣处'),
    seizureExtension: practice('查扣延'),
    penaltyDecision: practice('罚'),
    noPenaltyDecision: practice('不罚'),
    demandLetter: practice('催'),
    courtEnforcement: practice('强执申'),
    announcement: practice('公告'),
    licenceAcceptance: practice('许受'),
    licenceSupplement: practice('许补'),
    licenceRefusalToAccept: practice('许不受'),
    licenceDecision: practice('许准'),
    licenceRefusal: practice('许不准'),
    licenceRevocation: practice('许撤'),
    licenceCancellation: practice('许注'),
};

/** How an organisation writes its numbers; dated parameters. */
export type NumberRules = {
    readonly region: string | null;
    readonly docNumberPattern: string;
    readonly serialPattern: string;
    readonly categories: readonly string[];
    /** `<type>=<code>` of the types whose code the organisation replaces. */
    readonly natures: readonly string[];
};

export type SeriesKey = {
    readonly numbering: SeriesNumbering;
    readonly category: string;
    readonly nature: string;
    readonly year: number;
};

export function natureOf(type: DocumentType, natures: readonly string[]): NatureCode | undefined {
    const own = natures.find((each) => each.startsWith(`${type}=`))?.slice(type.length + 1);
    return own === undefined || own === '' ? NATURE_CODES[type as OfficeDocumentType] : practice(own);
}

/**
 * The register a document's number comes from. Throws `document.hasNoNumber`, `document.categoryMissing`,
 * `document.categoryUnknown` (category) or `document.natureMissing`.
 */
export function seriesOf(type: DocumentType, category: string | undefined, year: number, rules: NumberRules): SeriesKey {
    const { numbering } = documentTypeFacts(type);
    if (numbering === 'serial') return { numbering, category: '', nature: type, year };
    if (numbering !== 'docNumber') throw new DomainError('document.hasNoNumber');
    if (category === undefined) throw new DomainError('document.categoryMissing');
    if (!rules.categories.includes(category)) throw new DomainError('document.categoryUnknown', { category });
    const nature = natureOf(type, rules.natures);
    if (nature === undefined) throw new DomainError('document.natureMissing');
    return { numbering, category, nature: nature.code, year };
}

const PART = /\{(region|category|nature|year|number)(?::([1-9]))?\}/g;

/** The words of one number. Throws `document.regionMissing` where the pattern asks for a region that nobody registered. */
export function numberText(series: SeriesKey, place: number, rules: NumberRules): string {
    const pattern = series.numbering === 'docNumber' ? rules.docNumberPattern : rules.serialPattern;
    const values = { category: series.category, nature: series.nature, year: String(series.year), number: String(place) };
    return pattern.replace(PART, (_, name: keyof typeof values | 'region', digits: string | undefined) => {
        if (name !== 'region') return values[name].padStart(Number(digits ?? 0), '0');
        if (rules.region === null) throw new DomainError('document.regionMissing');
        return rules.region;
    });
}

/** Two documents of one register must not look the same: a pattern names its place and year, a 文号 all its parts. */
export function isUsablePattern(numbering: SeriesNumbering, pattern: string): boolean {
    const named = new Set([...pattern.matchAll(PART)].map(([, name]) => name));
    const needed = numbering === 'docNumber' ? ['region', 'category', 'nature', 'year', 'number'] : ['year', 'number'];
    return needed.every((each) => named.has(each));
}

/** A block is for one terminal and some weeks, not a way to take the register. */
export const MOST_IN_BLOCK = 200;
