import type { Template } from '../template.ts';
import { attachments, FORMS_FROM, half, instant, line, officers, optional, text } from './fields.ts';
import { agencyName, partyAddress, partyName } from './party-fields.ts';

/** 强制法18(7)–(9); 附件1 第10条: start and end are what the officers state. */
export const SCENE_RECORD: Template = {
    type: 'sceneRecord',
    version: 1,
    from: FORMS_FROM,
    layout: 'record',
    sections: [
        {
            style: 'lines',
            fields: [
                partyName('被检查人'),
                line('legalRepresentative', '法定代表人（负责人）', {
                    prefill: 'party.legalRepresentative',
                    ...half,
                    ...optional,
                }),
                line('phone', '联系电话', { prefill: 'party.phone', ...half, ...optional }),
                partyAddress(),
                agencyName('检查机关'),
                line('place', '检查地点', { prefill: 'act.place' }),
                instant('start', '检查开始时间'),
                instant('end', '检查结束时间'),
                officers('officers', '执法人员及证件号码', { prefill: 'act.officers' }),
            ],
        },
        {
            style: 'prose',
            before: '执法人员向在场人员出示执法证件并告知：你（单位）对执法人员认为与本案有直接利害关系或者有其他关系可能影响公正执法的，有权申请回避；对检查情况有权进行陈述和申辩。',
            fields: [
                line('answer', '被检查人答', {
                    phrases: ['已看清证件，不申请回避。', '已看清证件，申请回避，理由：'],
                    hint: '记录原话',
                }),
            ],
        },
        {
            heading: '检查情况',
            style: 'plain',
            fields: [
                text('observations', '检查情况', {
                    hint: '只写所见、所闻、所测的客观事实，不写结论',
                    phrases: [
                        '现场查见',
                        '现场出示《医疗机构执业许可证》，登记号为',
                        '现场未见',
                        '现场测得',
                        '以上情况由在场人员陪同检查并确认。',
                    ],
                }),
            ],
        },
        { heading: '附件', style: 'plain', fields: [attachments('attachments', '附件')] },
    ],
    signers: ['partyEachPage', 'officers', 'witness'],
    sealed: false,
    copies: 1,
    rules: ['guessingWords', 'endMark', 'trueRecord', 'sceneConclusion', 'twoOfficers', 'times', 'withinAct', 'refusal', 'pages'],
    source: '强制法18; 附件1 第10条; knowledge',
};
