import type { BodyOf, Endpoints } from '@liuhen/contract';
import { type DocumentContent, type DocumentType, documentTypeFacts, type Id, type Instant } from '@liuhen/domain';
import type { Colleague } from '../colleague.ts';
import {
    check,
    file,
    giveNumber,
    type Hand,
    hand,
    handOver,
    legalReview,
    officer,
    print,
    review,
    seal,
    sign,
    signAsHead,
    submit,
    write,
    writeOn,
} from '../paper.ts';
import type { Stage } from '../stage.ts';
import type { Named } from './penalty-papers.ts';

/** Who is who in the story, by the key of `PEOPLE`. */
export const CAST = {
    first: '110207',
    second: '110215',
    section: '110233',
    legal: 'zhou',
    presider: 'shen',
    institute: 'gu',
    agency: 'meng',
    seal: 'ye',
} as const;
export type Cast = { readonly [K in keyof typeof CAST]: Colleague };

type Hung = { readonly caseId: Id; readonly partyId: Id; readonly actId?: Id; readonly parentId?: Id };
type Facts = BodyOf<Endpoints['document.startService']>['facts'];
export type Legal = { readonly needed: boolean; readonly reason: string };

const CATEGORY = '医';
const QUALIFICATION = '法律职业资格 A20190000000000（虚构）';

/** The officers' desk: whole ways of documents, each step by whom it belongs to. */
export function deskOf(stage: Pick<Stage, 'now' | 'pagesOf'>, cast: Cast, named: (who: keyof Cast) => Named) {
    const { first, second, section, legal: lawyer, seal: keeper } = cast;
    const made: Id[] = [];
    const begin = async (type: DocumentType, hung: Hung, content: DocumentContent, by = first): Promise<Id> => {
        const id = await write(by, type, hung, content);
        made.push(id);
        return id;
    };

    /** Submitted, looked at by somebody else, signed by the head whom the law names. */
    async function approved(
        id: Id,
        type: DocumentType,
        head: Colleague,
        { by = first, legal }: { by?: Colleague; legal?: Legal } = {},
    ) {
        await submit(by, id);
        // The head of the section reviews by signing.
        if (head !== section) await review(section, id, '事实清楚，程序合法，同意。', legal);
        if (legal?.needed === true)
            await legalReview(lawyer, id, `${documentTypeFacts(type).zh}合法、适当，同意。`, QUALIFICATION);
        await signAsHead(head, id, '同意。');
        // 编号 of what stays in the house is given once it is approved.
        if (documentTypeFacts(type).numbering === 'serial') await giveNumber(first, id);
    }

    /** Numbered, printed, sealed and out of the house; gives its number. */
    async function issued(id: Id, type: DocumentType): Promise<string> {
        const number = await giveNumber(first, id, CATEGORY);
        await print(stage, first, id);
        await seal(keeper, id, 2, `制发${documentTypeFacts(type).zh}`);
        await handOver(first, id);
        return number;
    }

    /** Made on the spot: numbered where it has a number, printed, signed, handed over. */
    async function onScene(id: Id, type: DocumentType, hands: readonly Hand[], handedTo?: string): Promise<void> {
        if (documentTypeFacts(type).numbering === 'serial') await giveNumber(first, id);
        await sign(first, id, await print(stage, first, id), stage.now(), hands);
        await handOver(first, id, handedTo);
    }

    const officers = (): Hand[] => [officer(first), officer(second)];

    /** Taken to the party by both officers; the receipt is signed, and service counts from then. */
    async function serve(
        id: Id,
        recipient: string,
        facts: Facts,
        receipt: DocumentContent,
        hands: readonly Hand[],
        actId?: Id,
    ): Promise<void> {
        const { id: serviceId, receiptId } = await beginService(id, recipient, facts, actId);
        await receiptOf(receiptId, id, recipient, receipt, hands);
        await first.call('document.closeService', { params: { id: serviceId }, body: { outcome: 'served' } });
    }
    const beginService = (id: Id, recipient: string, facts: Facts, actId?: Id) =>
        first.call('document.startService', {
            params: { id },
            body: { recipient, facts, serverIds: [first.id, second.id], ...(actId === undefined ? {} : { actId }) },
        });
    async function receiptOf(
        receiptId: Id,
        served: Id,
        recipient: string,
        content: DocumentContent,
        hands: readonly Hand[],
    ): Promise<void> {
        const { title, number } = await first.call('document.get', { params: { id: served } });
        made.push(receiptId);
        await writeOn(first, receiptId, {
            party: recipient,
            documents: [{ title, number: number ?? '', copies: 1 }],
            officers: [named('first'), named('second')],
            ...content,
        });
        await onScene(receiptId, 'serviceReceipt', [...hands, ...officers()]);
        await check(section, receiptId, '送达要素齐全。');
    }

    /** Handed over at the counter to the legal representative. */
    const serveDirectly = (id: Id, recipient: string, head: string, place: string, signedAt: Instant): Promise<void> =>
        serve(
            id,
            recipient,
            { mode: 'direct', relation: 'legalRepresentative', place, signedAt },
            {
                place,
                mode: 'direct',
                servedAt: signedAt,
                receivedBy: `${head}（法定代表人）`,
                receivedOn: new Date(signedAt + 8 * 3_600_000).toISOString().slice(0, 10),
                witness: '无',
                refusal: '无',
                note: '无',
            },
            [hand('recipient', head)],
        );

    /** Everything of the story goes into the file, with where its paper lies. */
    async function fileAll(place: string): Promise<void> {
        for (const id of made) await file(first, id, place);
    }

    return {
        begin,
        approved,
        issued,
        onScene,
        officers,
        serve,
        beginService,
        receiptOf,
        serveDirectly,
        checked: (id: Id) => check(section, id, '要素齐全，与音像一致。'),
        fileAll,
    };
}
export type Desk = ReturnType<typeof deskOf>;
