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

/** What a list of grades can tell: one row a party, with its risk grade, its credit grade or both. */
export const GRADE_COLUMNS = ['name', 'creditCode', 'risk', 'credit', 'fromDay', 'source', 'reason'] as const;
export type GradeColumn = (typeof GRADE_COLUMNS)[number];

export const GRADE_HEADERS: Readonly<Record<GradeColumn, readonly string[]>> = {
    name: IMPORT_HEADERS.name,
    creditCode: IMPORT_HEADERS.creditCode,
    risk: ['风险等级', '风险分级', '风险类别', '风险级别', 'riskgrade'],
    credit: ['信用等级', '信用评价等级', '信用评级', '信用级别', 'creditgrade'],
    fromDay: ['生效日期', '评定日期', '评级日期', '评价日期', 'fromday'],
    source: ['来源', '评定单位', '评定机关', '评价机构', 'source'],
    reason: ['理由', '评定依据', '评定理由', '依据', 'reason'],
};

const plain = (header: string): string =>
    header
        .normalize('NFKC')
        .toLowerCase()
        // Templates say it beside the heading.
        .replace(/\((?:必填|选填|可选|非必填)\)/g, '')
        .replace(/[\s\p{P}\p{S}\p{Cf}]/gu, '');

/** Columns by their place; what is none of ours is left out of the import and named. */
export type ColumnPlaces<C extends string = ImportColumn> = {
    readonly places: ReadonlyMap<C, number>;
    readonly ignored: readonly string[];
    /** Columns that stand there twice: nobody can say which is meant. */
    readonly twice: readonly string[];
};

export const columnPlaces = placing(IMPORT_HEADERS);
export const gradeColumnPlaces = placing(GRADE_HEADERS);

function placing<C extends string>(names: Readonly<Record<C, readonly string[]>>) {
    const known = new Map(
        (Object.entries(names) as [C, readonly string[]][]).flatMap(([column, headers]) =>
            headers.map((header) => [plain(header), column] as const),
        ),
    );
    return (headers: readonly string[]): ColumnPlaces<C> => {
        const places = new Map<C, number>();
        const ignored: string[] = [];
        const twice: string[] = [];
        for (const [place, header] of headers.entries()) {
            const column = known.get(plain(header));
            if (column === undefined) {
                if (header.trim() !== '') ignored.push(header.trim());
            } else if (places.has(column)) twice.push(header.trim());
            else places.set(column, place);
        }
        return { places, ignored, twice };
    };
}
