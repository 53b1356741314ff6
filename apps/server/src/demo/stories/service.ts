import type { DocumentType, Id, Instant } from '@liuhen/domain';
import { documentTypeFacts } from '@liuhen/domain';
import type { Colleague } from './colleague.ts';
import { giveNumber, hand, handOver, officer, print, sign, writeOn } from './paper.ts';
import type { Stage } from './stage.ts';

export type DirectService = {
    readonly servers: readonly [Colleague, Colleague];
    readonly recipient: string;
    /** Who signs, and what that person is to the recipient. */
    readonly signer: { readonly name: string; readonly as: string; readonly relation: 'legalRepresentative' | 'responsible' };
    readonly place: string;
    readonly actId: Id;
    readonly copies: number;
};

/** 直接送达: the document is handed to the recipient, who signs the receipt; both officers sign it too. */
export async function serveDirectly(
    stage: Stage,
    document: { readonly id: Id; readonly type: DocumentType; readonly number: string },
    { servers, recipient, signer, place, actId, copies }: DirectService,
    signedAt: Instant,
): Promise<Id> {
    const [first, second] = servers;
    const { id, receiptId } = await first.call('document.startService', {
        params: { id: document.id },
        body: {
            recipient,
            facts: { mode: 'direct', relation: signer.relation, place, signedAt },
            serverIds: [first.id, second.id],
            actId,
        },
    });
    const begun = await first.call('template.begin', { params: { type: 'serviceReceipt' }, query: { actId } });
    await writeOn(first, receiptId, {
        ...begun.content,
        place,
        mode: 'direct',
        servedAt: signedAt,
        documents: [{ title: documentTypeFacts(document.type).zh, number: document.number, copies }],
        receivedBy: `${signer.name}（${signer.as}）`,
        receivedOn: new Date(signedAt + 8 * 3_600_000).toISOString().slice(0, 10),
        witness: '/',
        refusal: '/',
        note: '/',
    });
    await giveNumber(first, receiptId);
    const paper = await print(stage, first, receiptId);
    const at = stage.now();
    await sign(first, receiptId, paper, at, [hand('recipient', signer.name), officer(first), officer(second)]);
    await handOver(first, receiptId, signer.name);
    await first.call('document.closeService', { params: { id }, body: { outcome: 'served' } });
    return receiptId;
}
