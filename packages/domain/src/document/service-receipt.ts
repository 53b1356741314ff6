import { dayOf } from '../kernel/day.ts';
import type { Instant } from '../kernel/instant.ts';
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

export type ServedFacts = {
    readonly mode: ServiceMode;
    readonly servedAt: Instant;
    /** Null where the way need not be recorded. */
    readonly recorded: boolean | null;
    readonly recordings: number;
    readonly unrecordedReason: string | null;
};

/**
 * What a receipt learns when the service is closed: the day that a slip, a system or a term gave, and how leaving or public notice
 * was recorded (正文二(二)1). What somebody wrote there already stays. Gives what changes.
 */
export function servedContent(written: DocumentContent, facts: ServedFacts): DocumentContent {
    // 民事诉讼法 2023 第91条: the day of receipt is that of the slip.
    const bySlip = facts.mode === 'post' || facts.mode === 'entrusted';
    const learnt = { servedAt: facts.servedAt, ...(bySlip ? { receivedOn: dayOf(facts.servedAt) } : {}) };
    const fresh = Object.fromEntries(Object.entries(learnt).filter(([key]) => written[key] === undefined));
    const line = recordingLine(facts);
    const note = typeof written.note === 'string' ? written.note : '';
    if (line === undefined || note.includes(line)) return fresh;
    return { ...fresh, note: note === '' ? line : `${note}\n${line}` };
}

function recordingLine({ recorded, recordings, unrecordedReason }: ServedFacts): string | undefined {
    if (recorded === true) return `送达过程有音像记录，共 ${recordings} 份。`;
    return recorded === false ? `送达过程没有音像记录：${unrecordedReason ?? ''}` : undefined;
}
