import { describe, expect, it } from 'vitest';
import { SERVICE_MODES } from './document.ts';
import type { ServiceFacts } from './document-service.ts';
import { composeDocument } from './print/compose.ts';
import { receiptContent, servedContent } from './service-receipt.ts';
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

describe('what a receipt learns when the service is closed', () => {
    const facts = { servedAt: at, recorded: null, recordings: 0, unrecordedReason: null };
    it.each([
        ['the day of the slip', {}, { ...facts, mode: 'post' }, { servedAt: at, receivedOn: '2026-11-19' }],
        [
            'the end of the notice, and its recording',
            { note: '公告栏' },
            { ...facts, mode: 'publicNotice', recorded: true, recordings: 2 },
            { servedAt: at, note: '公告栏\n送达过程有音像记录，共 2 份。' },
        ],
        [
            'why there is no recording',
            { servedAt: at },
            { ...facts, mode: 'lien', recorded: false, unrecordedReason: '设备故障' },
            { note: '送达过程没有音像记录：设备故障' },
        ],
        ['nothing that somebody wrote already', { servedAt: 1, receivedOn: '2026-11-01' }, { ...facts, mode: 'post' }, {}],
    ] as const)('%s', (_name, written, given, expected) => {
        expect(servedContent(written, given)).toEqual(expected);
    });
});

describe('the printed receipt', () => {
    const template = templateOf('serviceReceipt', '2026-11-18');
    const linesOf = (mode: ServiceFacts['mode']) => {
        if (template === undefined) throw new Error('no form');
        const facts = { agency: '示例区卫健委', number: null, day: null, code: null, draft: false, marks: [] };
        const { blocks } = composeDocument(template, of(EXAMPLES[mode]), facts);
        return blocks.flatMap((block) => (block.kind === 'signatures' ? block.boxes.map(({ label }) => label) : []));
    };
    it('has a line for whoever takes it in hand, and none where nobody does', () => {
        expect(linesOf('direct')).toContain('收件人签名');
        expect(linesOf('lien')).toEqual(['执法人员签名', '见证人签名']);
        expect(linesOf('post')).not.toContain('收件人签名');
    });
});
