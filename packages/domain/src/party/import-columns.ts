/** What a list of parties can tell, one row a party; several rows of one party add its licences and premises. */
export const IMPORT_COLUMNS = [
    'name',
    'kind',
    'creditCode',
    'legalRepresentative',
    'phone',
    'address',
    'speciality',
    'licenceNumber',
    'authority',
    'validFrom',
    'validTo',
    'premisesName',
    'premisesAddress',
] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

/** What the first row may call each column; compared without case, blanks, brackets and marks. The first is the template's. */
export const IMPORT_HEADERS: Readonly<Record<ImportColumn, readonly string[]>> = {
    name: ['名称', '单位名称', '相对人名称', '被监督单位', '企业名称', '姓名', 'name'],
    kind: ['类别', '相对人类别', '主体类型', 'kind'],
    creditCode: ['统一社会信用代码', '信用代码', '社会信用代码', 'creditcode'],
    legalRepresentative: ['法定代表人或负责人', '法定代表人', '负责人', '法人', 'legalrepresentative'],
    phone: ['联系电话', '电话', '手机', 'phone'],
    address: ['地址', '住所', '单位地址', '注册地址', 'address'],
    speciality: ['许可专业', '专业', '许可类别', 'speciality'],
    licenceNumber: ['许可证号', '许可证编号', '证号', 'licencenumber'],
    authority: ['发证机关', '许可机关', 'authority'],
    validFrom: ['有效期起', '发证日期', '有效期自', 'validfrom'],
    validTo: ['有效期止', '有效期至', 'validto'],
    premisesName: ['场所名称', '经营场所名称', 'premisesname'],
    premisesAddress: ['场所地址', '经营场所地址', '经营地址', 'premisesaddress'],
};

const plain = (header: string): string =>
    header
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s\p{P}\p{S}]/gu, '');

const KNOWN: ReadonlyMap<string, ImportColumn> = new Map(
    IMPORT_COLUMNS.flatMap((column) => IMPORT_HEADERS[column].map((header) => [plain(header), column] as const)),
);

/** Columns by their place; what is none of ours is left out of the import and named. */
export type ColumnPlaces = {
    readonly places: ReadonlyMap<ImportColumn, number>;
    readonly ignored: readonly string[];
    /** Columns that stand there twice: nobody can say which is meant. */
    readonly twice: readonly string[];
};

export function columnPlaces(headers: readonly string[]): ColumnPlaces {
    const places = new Map<ImportColumn, number>();
    const ignored: string[] = [];
    const twice: string[] = [];
    for (const [place, header] of headers.entries()) {
        const column = KNOWN.get(plain(header));
        if (column === undefined) {
            if (header.trim() !== '') ignored.push(header.trim());
        } else if (places.has(column)) twice.push(header.trim());
        else places.set(column, place);
    }
    return { places, ignored, twice };
}
