import type { ParameterKey } from '../parameter/parameter-catalogue.ts';
import type { ConfirmedText } from './template.ts';

/** The dated parameter that holds the organisation's own words for a text whose figures are not verified here. */
export const TEXT_PARAMETERS = {
    'remedy.ordinary': 'document.remedyText',
    'remedy.reviewFirst': 'document.remedyReviewFirstText',
    payment: 'document.paymentText',
    defence: 'document.defenceText',
    hearingRight: 'document.hearingRightText',
} as const satisfies Record<ConfirmedText, ParameterKey>;

/**
 * What stands in the field while the organisation has confirmed nothing: the sentence with lines where a figure or a name belongs.
 * Lines that are left refuse the issue (`blanks.left`). Figures that stand in it were read: 处罚法45, 64 with 85, 67, 72.
 */
export const TEXTS_TO_COMPLETE: Readonly<Record<ConfirmedText, string>> = {
    'remedy.ordinary':
        '如不服本决定，可以自收到本决定书之日起____内向________申请行政复议，也可以自收到本决定书之日起____内直接向________人民法院提起行政诉讼。',
    'remedy.reviewFirst':
        '如不服本决定，应当自收到本决定书之日起____内先向________申请行政复议；对行政复议决定不服的，可以自收到复议决定书之日起____内向________人民法院提起行政诉讼。',
    payment:
        '自收到本决定书之日起十五日内到________缴纳罚款。到期不缴纳的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超出罚款的数额。',
    defence:
        '你（单位）有权进行陈述和申辩，可以在收到本告知书之日起____内向本机关提出；逾期未提出的，视为放弃。本机关不因申辩而加重处罚。',
    hearingRight:
        '你（单位）有权进行陈述和申辩，并有权要求听证。要求听证的，应当在收到本告知书后五个工作日内提出；逾期未提出的，视为放弃听证权利。',
};
