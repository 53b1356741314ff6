import type { ServiceMode } from '@liuhen/domain';

/** What each way of service asks for (民事诉讼法 2023 第88–95条; 13号令 第53–57条), in the order of the form. */
export type ServiceField = {
    readonly key: string;
    readonly kind: 'line' | 'text' | 'instant' | 'relation' | 'consent';
    readonly required: boolean;
};

const line = (key: string, required = true): ServiceField => ({ key, kind: 'line', required });
const long = (key: string): ServiceField => ({ key, kind: 'text', required: true });
const instant = (key: string): ServiceField => ({ key, kind: 'instant', required: true });

export const SERVICE_FIELDS: Readonly<Record<ServiceMode, readonly ServiceField[]>> = {
    direct: [{ key: 'relation', kind: 'relation', required: true }, line('place'), instant('signedAt')],
    lien: [line('place'), long('refusal'), instant('leftAt'), line('witness', false)],
    post: [line('address'), line('carrier'), line('trackingNumber'), instant('sentAt')],
    entrusted: [line('agency'), instant('sentAt')],
    electronic: [line('address'), { key: 'consentId', kind: 'consent', required: true }, instant('sentAt')],
    publicNotice: [line('media'), long('reason'), long('course'), instant('publishedAt')],
};

/** Ways that are recorded in any case (正文二(二)1). */
export const RECORDED_MODES: readonly ServiceMode[] = ['lien', 'publicNotice'];
