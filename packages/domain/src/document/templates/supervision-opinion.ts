import type { Template } from '../template.ts';
import { citations, date, FORMS_FROM, optional, text } from './fields.ts';
import { partyHead } from './party-fields.ts';

export const SUPERVISION_OPINION: Template = {
    type: 'supervisionOpinion',
    version: 1,
    from: FORMS_FROM,
    layout: 'form',
    sections: [
        { style: 'grid', fields: partyHead('被监督人') },
        {
            heading: '监督意见',
            style: 'prose',
            fields: [
                text('opinion', '监督意见', {
                    phrases: ['经监督检查，你单位存在以下问题：', '请立即改正。', '请将改正情况书面报告本机关。'],
                }),
                citations('citations', '责令改正的法律依据', { ...optional, hint: '有违法事实时必须写明依据' }),
                date('correctBy', '改正期限', optional),
            ],
        },
    ],
    signers: ['recipient'],
    sealed: true,
    copies: 2,
    copiesNote: '本意见书一式二份，一份存档，一份交被监督人。',
    rules: ['guessingWords'],
    source: '公开样张（doczj）; knowledge',
};
