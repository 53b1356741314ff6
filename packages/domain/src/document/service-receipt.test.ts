import { describe, expect, it } from 'vitest';
import { SERVICE_MODES } from './document.ts';
import type { ServiceFacts } from './document-service.ts';
import { receiptContent } from './service-receipt.ts';
import { fieldsOf } from './template.ts';
import { templateOf } from './templates/catalogue.ts';

const at = Date.UTC(2026, 10, 18, 17, 30);
const EXAMPLES: { readonly [M in ServiceFacts['mode']]: Extract<ServiceFacts, { mode: M }> } = {
    direct: { mode: 'direct', relation: 'agent', place: '示范路 1 号', signedAt: at },
    lien: { mode: 'lien', place: '示范路 1 号', refusal: '拒绝签收', leftAt: at, witness: '居委会 老吴' },
    post: { mode: 'post', address: '示范路 1 号', carrier: '邮政', trackingNumber: 'EX1', sentAt: at },
    entrusted: { mode: 'entrusted', agency: '外区监督所', sentAt: at },
    electronic: { mode: 'electronic', address: 'a@example.org', consentId: '0', sentAt: at },
    publicNotice: { mode: 'publicNotice', media: '公告栏', reason: '下落不明', course: '邮寄退回', publishedAt: at },
};
const of = (facts: ServiceFacts) =>
    receiptContent({ recipient: '甲', facts, document: { title: '决定书', number: null }, servers: [] });

describe('what a receipt of service begins with', () => {
    const template = templateOf('serviceReceipt', '2026-11-18');
    const fields = template === undefined ? [] : fieldsOf(template);

    it.each(SERVICE_MODES)('%s: fields of the form only, and the way by its own name', (mode) => {
        const content = of(EXAMPLES[mode]);
        expect(fields.map((field) => field.key)).toEqual(expect.arrayContaining(Object.keys(content)));
        expect(fields.find((field) => field.key === 'mode')?.choices?.map((choice) => choice.value)).toContain(content.mode);
    });
    it('the day of receipt is that of Shanghai, and nobody has received what a slip tells later', () => {
        expect(of(EXAMPLES.direct)).toMatchObject({ receivedOn: '2026-11-19', receivedBy: '代理人', servedAt: at });
        for (const mode of ['post', 'entrusted', 'electronic', 'publicNotice'] as const)
            expect(of(EXAMPLES[mode])).not.toHaveProperty('servedAt');
    });
});
