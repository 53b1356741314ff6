import type { DocumentContent, FieldColumn, FieldRow, FieldValue, Template, TemplateField } from '../template.ts';
import { fieldsOf } from '../template.ts';

/**
 * Made-up content for every field of a form: what the legal section looks at when it compares the form with the printed sample.
 * All names, numbers and places are invented.
 */
export const sampleContent = (template: Template): DocumentContent =>
    Object.fromEntries(fieldsOf(template).map((field) => [field.key, sampleValue(field)]));

const DAY = '2026-11-18';
/** 2026-11-18 09:31 in Shanghai. */
const MORNING = Date.UTC(2026, 10, 18, 1, 31);

const BY_KEY: Readonly<Record<string, FieldValue>> = {
    party: '上海示例口腔门诊部有限公司',
    creditCode: '91310000MA1FL00000',
    legalRepresentative: '张示例',
    phone: '021-00000000',
    address: '上海市示例区样张路1号2层',
    place: '上海市示例区样张路1号2层诊室、消毒室',
    agency: '上海市示例区卫生健康委员会',
    caseTitle: '上海示例口腔门诊部有限公司未按规定对医疗器械进行消毒案',
    end: MORNING + 76 * 60_000,
    answer: '已看清证件，不申请回避。',
    observations:
        '现场检查时该单位正在营业，出示《医疗机构执业许可证》副本。消毒室内有高压蒸汽灭菌器1台，台面上放置已拆封牙科手机3支，未见灭菌日期标识。\n查见2026年11月灭菌登记本，11月16日、17日两日无登记记录。\n诊室2治疗台上有使用后的一次性口腔器械盒1个，与生活垃圾同置于黑色垃圾袋中。\n以上情况由在场人员李样本陪同检查并确认。',
    facts: '2026年11月18日，本机关执法人员在你单位检查时，查见消毒室内已拆封牙科手机3支无灭菌日期标识，11月16日、17日两日无灭菌登记记录；经询问，你单位承认上述牙科手机使用后未经灭菌。',
    evidence: '1. 现场笔录1份；2. 询问笔录2份；3. 现场照片6张；4. 灭菌登记本复印件1份。',
    penalty: '罚款人民币叁仟元整。',
    opinion:
        '经监督检查，你单位存在以下问题：\n1. 消毒室内已拆封牙科手机无灭菌日期标识；\n2. 11月16日、17日两日无灭菌登记记录。\n请立即改正，并将改正情况书面报告本机关。',
};

function sampleValue(field: TemplateField): FieldValue {
    const known = BY_KEY[field.key];
    if (known !== undefined && field.kind !== 'choice' && typeof known === KIND_TYPES[field.kind]) return known;
    switch (field.kind) {
        case 'date':
            return DAY;
        case 'instant':
            return MORNING;
        case 'number':
            return 3;
        case 'money':
            return 3000_00;
        case 'yesNo':
            return true;
        case 'choice':
            return field.choices?.[0]?.value ?? '';
        case 'choices':
            return (field.choices ?? []).slice(0, 2).map((each) => each.value);
        case 'officers':
            return [
                { person: '', name: '王监督', certificate: '310100001' },
                { person: '', name: '陈执法', certificate: '310100002' },
            ];
        case 'items':
            return [1, 2].map((number) => sampleRow(field.columns ?? [], number));
        case 'dialogue':
            return [
                { question: '我们是本机关执法人员，这是我们的执法证件，请过目。你是否听清？', answer: '看清了，听清了。' },
                { question: '牙科手机使用后如何处理？', answer: '一般是先清洗，再放进灭菌器。16日和17日灭菌器坏了，没有登记。' },
            ];
        case 'citations':
            return [
                { law: 'disinfection2017', article: 6 },
                { law: 'disinfection2017', article: 41 },
            ];
        case 'attachments':
            return [
                { kind: 'photo', ref: '', title: '消毒室台面，牙科手机3支', at: 0 },
                { kind: 'recording', ref: '', title: '执法记录仪A0173，清点牙科手机', at: MORNING },
            ];
        case 'text':
            return `此处为${field.label}的示例文字，由承办人如实填写。`;
        default:
            return `示例${field.label}`.slice(0, 24);
    }
}

const KIND_TYPES: Readonly<Record<TemplateField['kind'], string>> = {
    line: 'string',
    text: 'string',
    date: 'string',
    choice: 'string',
    instant: 'number',
    number: 'number',
    money: 'number',
    yesNo: 'boolean',
    choices: 'object',
    officers: 'object',
    items: 'object',
    dialogue: 'object',
    citations: 'object',
    attachments: 'object',
};

const sampleRow = (columns: readonly FieldColumn[], number: number): FieldRow =>
    Object.fromEntries(columns.map((column) => [column.key, sampleCell(column, number)]));

function sampleCell(column: FieldColumn, number: number): string | number {
    if (column.kind === 'number') return number;
    if (column.kind === 'money') return number * 1000_00;
    return column.kind === 'date' ? DAY : `示例${column.label}${number}`;
}
