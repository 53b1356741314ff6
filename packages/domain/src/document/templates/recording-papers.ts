import type { Template } from '../template.ts';
import { choice, column, date, FORMS_FROM, half, instant, items, line, number, officers, optional, text } from './fields.ts';
import { partyName } from './party-fields.ts';

const FORM = { version: 1, from: FORMS_FROM, layout: 'form', sealed: false, copies: 1, rules: [] } as const;

/** Papers that the notice asks for beside the recordings. */
export const RECORDING_PAPER_TEMPLATES: readonly Template[] = [
    {
        // 附件1 第10条: an interruption that could not be explained in the recording is explained in writing afterwards.
        ...FORM,
        type: 'interruptionStatement',
        sections: [
            {
                style: 'grid',
                fields: [
                    partyName('执法对象'),
                    line('place', '执法地点', { prefill: 'act.place' }),
                    line('device', '执法记录仪编号', half),
                    officers('officers', '使用人及证件号码', half),
                    instant('start', '中断开始时间', half),
                    instant('end', '中断结束时间', half),
                    text('reason', '中断原因', {
                        phrases: ['电池耗尽，更换电池。', '存储卡已满，更换存储卡。', '设备故障。', '进入依法不得拍摄的区域。'],
                    }),
                    text('whySilent', '未能在音像记录中说明原因的客观情况'),
                    text('meanwhile', '中断期间执法情况和其他记录方式'),
                    text('opinion', '审核意见', { signed: 'reviewer', required: false }),
                ],
            },
        ],
        signers: ['officers', 'reviewer'],
        source: '附件1 第10条',
    },
    {
        // 附件1 第13条: only bad weather and other force majeure allow to stop; the record is made at once afterwards.
        ...FORM,
        type: 'unrecordedWorkRecord',
        sections: [
            {
                style: 'grid',
                fields: [
                    partyName('执法对象'),
                    line('place', '执法地点', { prefill: 'act.place' }),
                    instant('start', '停止使用开始时间', half),
                    instant('end', '停止使用结束时间', half),
                    choice('ground', '无法使用的情形', { weather: '恶劣天气', forceMajeure: '其他不可抗力' }),
                    text('reason', '无法使用的原因'),
                    text('work', '执法经过', { hint: '停止使用期间的执法情况' }),
                    officers('officers', '执法人员及证件号码', { prefill: 'act.officers' }),
                    text('opinion', '审核意见', { signed: 'reviewer', required: false }),
                ],
            },
        ],
        signers: ['officers', 'reviewer'],
        rules: ['twoOfficers', 'times', 'withinAct'],
        source: '附件1 第13条',
    },
    {
        // 附件1 第20条: consent of the institute's head, who made it, who took it out, when.
        ...FORM,
        type: 'retrievalStatement',
        sections: [
            {
                style: 'grid',
                fields: [
                    line('purpose', '调取事由（证明对象）', { most: 500 }),
                    line('caseTitle', '所涉案件', { prefill: 'case.title', ...optional }),
                    line('approver', '同意调取的本机构负责人', half),
                    date('approvedOn', '同意日期', half),
                ],
            },
            {
                style: 'plain',
                fields: [
                    items('recordings', '调取的音像资料', [
                        column('name', '音像资料', { required: true, width: 2 }),
                        column('device', '记录仪编号', { width: 1.1 }),
                        column('period', '起止时间', { required: true, width: 1.8 }),
                        column('digest', '摘要值（SHA-256）', { width: 2.2 }),
                    ]),
                ],
            },
            {
                style: 'grid',
                fields: [
                    line('maker', '制作人', half),
                    instant('madeAt', '制作时间', half),
                    line('extractor', '提取人', half),
                    instant('extractedAt', '提取时间', half),
                    line('place', '提取地点', half),
                    line('carrier', '载体及数量', half),
                    text('method', '提取方法和原始存储位置'),
                ],
            },
        ],
        signers: ['officers', 'responsible'],
        source: '附件1 第20条',
    },
    {
        // 附件1 第19条、附件3 第12条.
        ...FORM,
        type: 'accessRegister',
        layout: 'list',
        sections: [
            {
                style: 'plain',
                fields: [
                    items('entries', '查阅利用登记', [
                        column('date', '日期', { kind: 'date', required: true, width: 1.2 }),
                        column('who', '查阅人、单位', { required: true, width: 1.4 }),
                        column('what', '查阅内容', { required: true, width: 2 }),
                        column('why', '用途', { required: true, width: 1.2 }),
                        column('approver', '批准人', { required: true }),
                        column('copied', '复制情况'),
                        column('note', '备注'),
                    ]),
                ],
            },
        ],
        signers: ['responsible'],
        source: '附件1 第19条; 附件3 第12条',
    },
    {
        // 附件3 第14条: destruction needs a list, approved by the health department and kept at the archive.
        ...FORM,
        type: 'destructionList',
        layout: 'list',
        sections: [
            {
                style: 'lines',
                fields: [
                    line('fonds', '档案形成单位', { prefill: 'agency.name' }),
                    date('appraisedOn', '鉴定日期', half),
                    line('appraisers', '鉴定人员', half),
                    number('total', '拟销毁数量（卷、件）'),
                ],
            },
            {
                style: 'plain',
                fields: [
                    items(
                        'entries',
                        '拟销毁档案',
                        [
                            column('reference', '档号', { required: true, width: 1.4 }),
                            column('title', '题名', { required: true, width: 2.4 }),
                            column('period', '起止日期', { required: true, width: 1.5 }),
                            column('retention', '保管期限', { required: true }),
                            column('pages', '页数（时长）'),
                            column('reason', '销毁理由', { required: true, width: 1.4 }),
                        ],
                        { most: 2000 },
                    ),
                ],
            },
            {
                style: 'grid',
                fields: [
                    text('unitOpinion', '鉴定意见', { signed: 'reviewer' }),
                    text('headOpinion', '卫生健康行政部门批准意见', { signed: 'responsible', required: false }),
                    line('destroyedBy', '销毁人、监销人', { ...half, ...optional }),
                    date('destroyedOn', '销毁日期', { ...half, ...optional }),
                ],
            },
        ],
        signers: ['reviewer', 'responsible'],
        copies: 2,
        copiesNote: '本清册一式二份，一份由档案管理部门备案，一份存档。',
        source: '附件3 第14条',
    },
];
