import type { Template } from '../template.ts';
import { citations, column, date, FORMS_FROM, half, instant, items, line, officers, optional, text } from './fields.ts';
import { partyAddress, partyName } from './party-fields.ts';

const METHODS = ['随机抽样', '无菌操作采集', '现场快速检测', '按标准方法采集'] as const;

const sampled = [
    partyName('被采样人'),
    partyAddress('采样地址'),
    line('place', '采样地点', { prefill: 'act.place' }),
    instant('start', '采样开始时间'),
    instant('end', '采样结束时间'),
    line('method', '采样方法', { phrases: METHODS, ...half }),
    line('purpose', '采样目的', half),
    officers('officers', '采样人及证件号码', { prefill: 'act.officers' }),
];

const SIGNED = { signers: ['officers', 'party'], sealed: true, copies: 2, layout: 'form', from: FORMS_FROM, version: 1 } as const;
const RULES = ['twoOfficers', 'times', 'withinAct', 'refusal'] as const;

export const SAMPLING_TEMPLATES: readonly Template[] = [
    {
        ...SIGNED,
        type: 'productSampleRecord',
        sections: [
            { style: 'grid', fields: sampled },
            {
                heading: '样品',
                style: 'plain',
                fields: [
                    items('samples', '样品', [
                        column('name', '产品名称', { required: true, width: 1.6 }),
                        column('maker', '标注生产或者进口代理单位', { required: true, width: 1.8 }),
                        column('batch', '生产日期或者批号', { required: true, width: 1.2 }),
                        column('brand', '商标'),
                        column('spec', '规格'),
                        column('quantity', '数量', { kind: 'number', required: true, width: 0.7 }),
                        column('packing', '包装状况、储存条件', { width: 1.4 }),
                    ]),
                ],
            },
        ],
        copiesNote: '本记录一式二份，一份交被采样人，一份存档。',
        rules: RULES,
        source: 'knowledge',
    },
    {
        ...SIGNED,
        type: 'nonproductSampleRecord',
        sections: [
            { style: 'grid', fields: [...sampled, line('device', '使用的设备或者仪器', optional)] },
            {
                heading: '样品',
                style: 'plain',
                fields: [
                    items('samples', '样品', [
                        column('name', '样品名称', { required: true, width: 1.6 }),
                        column('place', '采样部位', { required: true, width: 1.4 }),
                        column('quantity', '份数', { kind: 'number', required: true, width: 0.7 }),
                        column('state', '物品或者场所状况', { width: 2 }),
                    ]),
                ],
            },
        ],
        copiesNote: '本记录一式二份，一份交被采样人，一份存档。',
        rules: RULES,
        source: '同类规范表述（ningxialong）; knowledge',
    },
    {
        type: 'productConfirmNotice',
        version: 1,
        from: FORMS_FROM,
        layout: 'notice',
        addressee: 'addressee',
        sections: [
            {
                style: 'prose',
                before: '本机关于{sampledOn}在{party}（地址：{sampledAt}）采集了标注为你单位生产（进口代理）的下列产品，现请你单位确认该产品是否为你单位生产（进口代理）。',
                fields: [
                    line('addressee', '标注生产或者进口代理单位', { hidden: true }),
                    date('sampledOn', '采样日期'),
                    partyName('被采样单位', { hidden: true }),
                    line('sampledAt', '被采样单位地址', { prefill: 'party.address' }),
                ],
            },
            {
                style: 'plain',
                fields: [
                    items('samples', '样品', [
                        column('name', '样品名称', { required: true, width: 1.6 }),
                        column('batch', '生产日期或者批号', { required: true, width: 1.2 }),
                        column('brand', '商标'),
                        column('spec', '规格'),
                        column('packing', '包装状况、储存条件', { width: 1.4 }),
                    ]),
                ],
            },
            {
                style: 'prose',
                before: '请于{confirmBy}前以{confirmBy2}答复本机关；逾期不答复的，本机关将依法认定。',
                fields: [
                    date('confirmBy', '确认期限'),
                    line('confirmBy2', '确认方式', { phrases: ['书面形式'] }),
                    line('contact', '联系地址、电话、联系人'),
                ],
            },
        ],
        signers: [],
        sealed: true,
        copies: 2,
        rules: [],
        source: '公开数据库结构（gh-sql）; knowledge',
    },
    {
        type: 'appraisalCommission',
        version: 1,
        from: FORMS_FROM,
        layout: 'notice',
        addressee: 'addressee',
        sections: [
            {
                style: 'prose',
                before: '因案件调查需要，现委托你单位对下列样品（物品）进行鉴定（检验），请于{term}前出具鉴定（检验）报告。',
                fields: [line('addressee', '受委托机构', { hidden: true }), date('term', '时限'), text('matter', '委托事项')],
            },
            {
                style: 'plain',
                fields: [
                    items('samples', '样品', [
                        column('name', '样品名称', { required: true, width: 2 }),
                        column('quantity', '数量', { kind: 'number', required: true }),
                        column('test', '鉴定或者检验项目', { required: true, width: 2 }),
                        column('note', '备注'),
                    ]),
                ],
            },
        ],
        signers: [],
        sealed: true,
        copies: 2,
        rules: [],
        source: '强制法25（鉴定期间不计入查封扣押期限）; knowledge',
    },
    {
        type: 'testResultNotice',
        version: 1,
        from: FORMS_FROM,
        layout: 'notice',
        addressee: 'party',
        sections: [
            {
                style: 'prose',
                before: '本机关于{sampledOn}对你单位的{product}进行了采样检验，现将检验结果告知如下：',
                fields: [
                    partyName('被告知人', { hidden: true }),
                    date('sampledOn', '采样日期'),
                    line('product', '被检产品或者物质名称'),
                    text('result', '检验结果'),
                    citations('basis', '法律依据', optional),
                ],
            },
            {
                style: 'prose',
                before: '对检验结果有异议的，可以于{reviewBy}前向本机关提出书面复核申请；逾期不申请的，视为认可检验结果。',
                fields: [date('reviewBy', '复核申请期限', { hint: '期限依所适用的规定，由承办人核对' })],
            },
        ],
        signers: ['recipient'],
        sealed: true,
        copies: 2,
        rules: [],
        source: '公开数据库结构（gh-sql）; knowledge',
    },
];
