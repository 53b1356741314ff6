import { RECIPIENT_RELATIONS, type ServiceFacts, type ServiceMode } from '@liuhen/domain';

type KeysOf<T> = T extends unknown ? Exclude<keyof T, 'mode'> : never;
export type ServiceFieldKey = KeysOf<ServiceFacts>;
/** What was typed so far, under the keys of the ways' facts. */
export type ServiceValues = { readonly [K in ServiceFieldKey]?: string | number | undefined };

/** What each way of service asks for (民事诉讼法 2023 第88–95条; 13号令 第53–57条), in the order of the form. */
export type ServiceField = {
    readonly key: ServiceFieldKey;
    readonly kind: 'line' | 'text' | 'instant' | 'relation' | 'consent';
    readonly required: boolean;
};

const line = (key: ServiceFieldKey, required = true): ServiceField => ({ key, kind: 'line', required });
const long = (key: ServiceFieldKey): ServiceField => ({ key, kind: 'text', required: true });
const instant = (key: ServiceFieldKey): ServiceField => ({ key, kind: 'instant', required: true });

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

/** The facts of one way, from what was typed; undefined while something it needs is missing. */
export function serviceFactsOf(mode: ServiceMode, values: ServiceValues): ServiceFacts | undefined {
    const words = (key: ServiceFieldKey) => String(values[key] ?? '').trim();
    const at = (key: ServiceFieldKey) => (typeof values[key] === 'number' ? values[key] : 0);
    const filled = (key: ServiceFieldKey) => words(key) !== '';
    if (!SERVICE_FIELDS[mode].every((field) => !field.required || filled(field.key))) return undefined;
    const sentAt = at('sentAt');
    switch (mode) {
        case 'direct': {
            const relation = RECIPIENT_RELATIONS.find((each) => each === values.relation);
            return relation && { mode, relation, place: words('place'), signedAt: at('signedAt') };
        }
        case 'lien':
            return {
                ...{ mode, place: words('place'), refusal: words('refusal'), leftAt: at('leftAt') },
                ...(filled('witness') ? { witness: words('witness') } : {}),
            };
        case 'post':
            return {
                mode,
                address: words('address'),
                carrier: words('carrier'),
                trackingNumber: words('trackingNumber'),
                sentAt,
            };
        case 'entrusted':
            return { mode, agency: words('agency'), sentAt };
        case 'electronic':
            return { mode, address: words('address'), consentId: words('consentId'), sentAt };
        case 'publicNotice':
            return {
                ...{ mode, media: words('media'), reason: words('reason'), course: words('course') },
                publishedAt: at('publishedAt'),
            };
    }
}
