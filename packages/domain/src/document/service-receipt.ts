import { dayOf } from '../kernel/day.ts';
import type { ServiceMode } from './document.ts';
import type { RecipientRelation, ServiceFacts } from './document-service.ts';
import type { DocumentContent, FieldRow } from './template.ts';

/** Printed on the receipt: Chinese always (民事诉讼法 2023 第88条). */
const RELATION_WORDS: Readonly<Record<RecipientRelation, string>> = {
    self: '本人',
    legalRepresentative: '法定代表人',
    responsible: '主要负责人',
    receivingClerk: '负责收件的人',
    agent: '代理人',
    adultFamily: '同住成年家属',
};

export type ReceiptFacts = {
    readonly recipient: string;
    readonly facts: ServiceFacts;
    readonly document: { readonly title: string; readonly number: string | null };
    /** Rows of OFFICER_COLUMNS. */
    readonly servers: readonly FieldRow[];
};

/** What a 送达回执 begins with: the service as it was entered and the document that is served. Nobody's signature is among it. */
export function receiptContent({ recipient, facts, document, servers }: ReceiptFacts): DocumentContent {
    const { title, number } = document;
    return {
        party: recipient,
        mode: facts.mode satisfies ServiceMode,
        documents: [{ title, number: number ?? '', copies: 1 }],
        officers: servers,
        ...ofMode(facts),
    };
}

/** Where it was done, and the moment where the way itself knows it; a slip or a system tells the others later. */
function ofMode(facts: ServiceFacts): DocumentContent {
    switch (facts.mode) {
        case 'direct':
            return {
                place: facts.place,
                servedAt: facts.signedAt,
                receivedBy: RELATION_WORDS[facts.relation],
                receivedOn: dayOf(facts.signedAt),
            };
        case 'lien':
            return {
                place: facts.place,
                servedAt: facts.leftAt,
                refusal: facts.refusal,
                ...(facts.witness === undefined ? {} : { witness: facts.witness }),
            };
        case 'post':
            return { place: facts.address, note: `${facts.carrier} ${facts.trackingNumber}` };
        case 'entrusted':
            return { note: `委托${facts.agency}送达` };
        case 'electronic':
            return { place: facts.address };
        case 'publicNotice':
            return { place: facts.media, note: `${facts.reason}\n${facts.course}` };
    }
}
