import { addDays, type Day, isDay } from '../kernel/day.ts';
import { type Cells, codeOf, isRefused, type Refuse, refuseForms, refusing, textOf } from './import-cell.ts';
import { IMPORT_COLUMNS, type ImportColumn } from './import-columns.ts';
import type { ImportReason } from './import-reason.ts';
import { SPECIALITIES, type Speciality } from './licence.ts';
import type { PartyKind } from './party.ts';

/** What a row says; what is empty says nothing and changes nothing. */
export type ImportFields = {
    readonly name: string;
    readonly kind: PartyKind;
    /** Whether the row says the kind; else its code told it, which changes nothing about a party that is there. */
    readonly kindStated: boolean;
    readonly creditCode: string | null;
    readonly legalRepresentative: string | null;
    readonly phone: string | null;
    readonly address: string | null;
    readonly licence: ImportLicence | null;
    readonly premises: { readonly name: string; readonly address: string } | null;
};
export type ImportLicence = {
    readonly speciality: Speciality;
    readonly specialityOther: string | null;
    readonly number: string;
    readonly authority: string | null;
    readonly validFrom: Day | null;
    readonly validTo: Day | null;
};

const MOST: Readonly<Record<ImportColumn, number>> = {
    name: 120,
    kind: 20,
    creditCode: 40,
    legalRepresentative: 60,
    phone: 40,
    address: 200,
    speciality: 60,
    licenceNumber: 80,
    authority: 120,
    validFrom: 30,
    validTo: 30,
    premisesName: 80,
    premisesAddress: 200,
};

const KINDS: Readonly<Record<string, PartyKind>> = {
    单位: 'organisation',
    企业: 'organisation',
    法人: 'organisation',
    organisation: 'organisation',
    个体工商户: 'soleTrader',
    个体户: 'soleTrader',
    个体: 'soleTrader',
    soletrader: 'soleTrader',
    个人: 'naturalPerson',
    自然人: 'naturalPerson',
    person: 'naturalPerson',
    naturalperson: 'naturalPerson',
};

/** What people call the specialities; the first of each is the template's. */
export const SPECIALITY_HEADERS: Readonly<Record<Exclude<Speciality, 'other'>, readonly string[]>> = {
    medicalInstitution: ['医疗机构', '医疗机构执业许可'],
    clinicFiling: ['诊所备案', '诊所'],
    radiationDiagnosis: ['放射诊疗', '放射诊疗许可'],
    radiationService: ['放射卫生技术服务'],
    publicPlace: ['公共场所', '公共场所卫生许可'],
    drinkingWater: ['生活饮用水', '生活饮用水卫生许可', '集中式供水', '二次供水'],
    waterProduct: ['涉水产品', '涉水产品卫生许可'],
    disinfectionProduct: ['消毒产品', '消毒产品卫生许可'],
    occupationalHealth: ['职业卫生', '职业卫生技术服务'],
    maternalInfantCare: ['母婴保健', '母婴保健技术服务'],
    bloodCollection: ['采供血', '采供血许可'],
    pathogenLaboratory: ['病原微生物实验室', '病原微生物实验室备案'],
};
const SPECIALITY_OF: ReadonlyMap<string, Speciality> = new Map([
    ...SPECIALITIES.map((each) => [each.toLowerCase(), each] as const),
    ...Object.entries(SPECIALITY_HEADERS).flatMap(([speciality, words]) =>
        words.map((word) => [word, speciality as Speciality] as const),
    ),
]);
const OTHER = /^其他(?:[:：（(](.+?)[）)]?)?$/;

type Read = { readonly fields: ImportFields | undefined; readonly reasons: readonly ImportReason[] };

/** What a row says, or every reason why it cannot be taken. */
export function readImportRow(cells: Cells<ImportColumn>): Read {
    const reasons: ImportReason[] = [];
    const refuse = refusing<ImportColumn>(reasons);
    const text = (column: ImportColumn): string | null => textOf(cells, column, MOST[column], refuse);
    const day = (column: 'validFrom' | 'validTo'): Day | null => {
        const value = text(column);
        if (value === null || (column === 'validTo' && /^(长期|永久|长期有效)$/.test(value))) return null;
        return importDay(value) ?? refuse('dayWrong', column, { value });
    };
    refuseForms(cells, IMPORT_COLUMNS, refuse);
    const name = text('name');
    if (name === null && !isRefused(reasons, 'name')) refuse('nameMissing', 'name');
    const creditCode = codeOf(cells.get('creditCode'), text('creditCode'), refuse);
    const fields = {
        name: name ?? '',
        kind: kindOf(text('kind'), creditCode, isRefused(reasons, 'creditCode'), refuse),
        kindStated: (cells.get('kind')?.text.trim() ?? '') !== '',
        creditCode,
        legalRepresentative: text('legalRepresentative'),
        phone: text('phone'),
        address: text('address'),
        licence: licenceOf(text, day, refuse, reasons),
        premises: premisesOf(text, refuse, reasons),
    };
    if (fields.kind !== null && fields.kind !== 'naturalPerson' && creditCode === null && !isRefused(reasons, 'creditCode'))
        refuse('codeMissing', 'creditCode');
    const { kind } = fields;
    return { fields: reasons.length > 0 || kind === null ? undefined : { ...fields, kind }, reasons };
}

/** Said, or told by the code: 92 begins those of sole traders (GB 32100-2015, 登记管理部门代码和机构类别代码). */
function kindOf(value: string | null, code: string | null, codeIsWrong: boolean, refuse: Refuse<ImportColumn>): PartyKind | null {
    if (value === null) {
        // With a wrong code one thing is to be put right, not two.
        if (code === null) return codeIsWrong ? null : refuse('kindMissing', 'kind');
        return code.startsWith('92') ? 'soleTrader' : 'organisation';
    }
    return KINDS[value.toLowerCase().replace(/\s/g, '')] ?? refuse('kindUnknown', 'kind', { value });
}

function licenceOf(
    text: (column: ImportColumn) => string | null,
    day: (column: 'validFrom' | 'validTo') => Day | null,
    refuse: Refuse<ImportColumn>,
    reasons: readonly ImportReason[],
): ImportLicence | null {
    const [word, number, authority] = [text('speciality'), text('licenceNumber'), text('authority')];
    const [validFrom, validTo] = [day('validFrom'), day('validTo')];
    if (isRefused(reasons, 'speciality', 'licenceNumber')) return null;
    if (word === null && number === null) {
        if (isRefused(reasons, 'authority', 'validFrom', 'validTo')) return null;
        return authority === null && validFrom === null && validTo === null ? null : refuse('licenceIncomplete', 'licenceNumber');
    }
    if (word === null || number === null) return refuse('licenceIncomplete', word === null ? 'speciality' : 'licenceNumber');
    const other = OTHER.exec(word)?.[1]?.trim();
    const speciality = other === undefined ? SPECIALITY_OF.get(word.toLowerCase()) : 'other';
    if (speciality === undefined || (speciality === 'other' && other === undefined))
        return refuse('specialityUnknown', 'speciality', { value: word });
    if (validFrom !== null && validTo !== null && validTo < validFrom) return refuse('termWrong', 'validTo');
    return { speciality, specialityOther: other ?? null, number, authority, validFrom, validTo };
}

function premisesOf(
    text: (column: ImportColumn) => string | null,
    refuse: Refuse<ImportColumn>,
    reasons: readonly ImportReason[],
): ImportFields['premises'] {
    const [name, address] = [text('premisesName'), text('premisesAddress')];
    if ((name === null && address === null) || isRefused(reasons, 'premisesName', 'premisesAddress')) return null;
    if (name === null || address === null)
        return refuse('premisesIncomplete', name === null ? 'premisesName' : 'premisesAddress');
    return { name, address };
}

/** The day a spreadsheet calls 1; day 60, 29 February 1900, never was, so later ones are counted from the day before. */
const SERIAL_ZERO = '1899-12-30';

/** A day as lists write it: with any separator, as eight figures, or as the serial number that spreadsheets keep. */
export function importDay(value: string): Day | undefined {
    const plain = value.normalize('NFKC').replace(/\s+\d{1,2}:\d{2}(:\d{2})?(\.0+)?$/, '');
    const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(plain);
    if (parts !== null) {
        const [, year = '', month = '', of = ''] = parts;
        const day = `${year}-${month.padStart(2, '0')}-${of.padStart(2, '0')}`;
        return isDay(day) ? day : undefined;
    }
    // From 1927 to 2119; smaller and larger numbers are slips.
    if (!/^\d{5}(\.\d+)?$/.test(plain)) return undefined;
    const serial = Math.trunc(Number(plain));
    return serial >= 10_000 && serial <= 80_000 ? addDays(SERIAL_ZERO, serial) : undefined;
}
