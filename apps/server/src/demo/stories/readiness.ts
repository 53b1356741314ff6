import { type DocumentType, dayOf, type ParameterKey, templateOf } from '@liuhen/domain';
import { setParameter } from './set-parameter.ts';
import type { Story } from './stage.ts';

/** Forms on which the stories' documents stand; an organisation issues nothing on a form that it has not compared. */
const FORMS: readonly DocumentType[] = [
    'sceneRecord',
    'inquiryRecord',
    'supervisionOpinion',
    'serviceReceipt',
    'serviceAddress',
    'inspectionApproval',
    'interruptionStatement',
    'spotPenalty',
    'complaintRegister',
    'complaintReply',
    'closingReport',
    'filingReport',
    'preservationApproval',
    'evidencePreserve',
    'evidenceDisposal',
    'coercionApproval',
    'seizureDecision',
    'seizureDisposal',
    'itemList',
    'sealStrip',
    'investigationReport',
    'panelRecord',
    'legalReviewOpinion',
    'priorNotice',
    'hearingRightNotice',
    'hearingNotice',
    'hearingRecord',
    'hearingOpinion',
    'defenceRecord',
    'defenceReview',
    'collectiveDiscussion',
    'penaltyDecision',
];

/** Stands beside every text the district's legal section says it compared: nobody real has. */
const FICTION = '视为示范区法制部门已核对（虚构），真实使用前须核对原文';

/** What the fictional district has registered or written for itself. */
const SETTINGS: readonly { key: ParameterKey; value: string | string[]; standing: 'own' | 'verified'; basis: string }[] = [
    { key: 'document.numberRegion', value: '虚示', standing: 'own', basis: '本机构登记的简称（虚构）' },
    { key: 'document.agencyNames', value: ['示范区卫生健康委员会'], standing: 'own', basis: '机关全称（虚构）' },
    {
        key: 'document.remedyText',
        value: [
            '如不服本决定，可以自收到本决定书之日起六十日内向示范区人民政府申请行政复议，也可以自收到本决定书之日起六个月内直接向示范区人民法院提起行政诉讼。',
        ],
        standing: 'verified',
        basis: `行政复议法第20条、行政诉讼法第46条；${FICTION}`,
    },
    {
        key: 'document.remedyReviewFirstText',
        value: [
            '如不服本决定，应当自收到本决定书之日起六十日内先向示范区人民政府申请行政复议；对行政复议决定不服的，可以自收到复议决定书之日起十五日内向示范区人民法院提起行政诉讼。',
        ],
        standing: 'verified',
        basis: `行政复议法第20、23条、行政诉讼法第45条；${FICTION}`,
    },
    {
        key: 'document.paymentText',
        value: [
            '自收到本决定书之日起十五日内到示范银行示范支行（虚构账号 0000 0000 0000）缴纳罚款。到期不缴纳的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超出罚款的数额。',
        ],
        standing: 'verified',
        basis: `处罚法第67、72条；收款银行为虚构；${FICTION}`,
    },
    {
        key: 'document.defenceText',
        value: [
            '你（单位）有权进行陈述和申辩，可以在收到本告知书之日起五个工作日内向本机关提出；逾期未提出的，视为放弃。本机关不因申辩而加重处罚。',
        ],
        standing: 'verified',
        basis: `处罚法第44、45条；天数由本机构给定；${FICTION}`,
    },
    {
        key: 'document.hearingRightText',
        value: [
            '你（单位）有权进行陈述和申辩，并有权要求听证。要求听证的，应当在收到本告知书后五个工作日内提出；逾期未提出的，视为放弃听证权利。',
        ],
        standing: 'verified',
        basis: `处罚法第64、85条；${FICTION}`,
    },
];

/** Before anything is issued: the agency's names and words, and the forms compared with their printed samples. */
export const readiness: Story = async (stage) => {
    const at = await stage.at('2026-10-09 14:00');
    for (const { key, value, standing, basis } of SETTINGS)
        await setParameter(stage.by('gu'), stage.by('meng'), {
            key,
            value,
            standing,
            basis,
            from: dayOf(at),
            reason: '启用文书',
        });
    await stage.at('2026-10-10 10:00');
    for (const type of FORMS) {
        const version = templateOf(type, dayOf(at))?.version;
        if (version === undefined) throw new Error(`no form for ${type}`);
        await stage.by('zhou').call('template.confirm', {
            params: { type, version: version },
            body: { comparedWith: '印制样张（演示，虚构）' },
        });
    }
};
