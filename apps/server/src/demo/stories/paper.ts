import type { BodyOf, Endpoints } from '@liuhen/contract';
import type { DocumentContent, DocumentType, Id, Instant, SignatureReading, Signer } from '@liuhen/domain';
import type { Colleague } from './colleague.ts';
import type { Stage } from './stage.ts';

/** Steps of a document, each as the person takes it on its page. */

type Links = Pick<BodyOf<Endpoints['document.create']>, 'partyId' | 'actId' | 'caseId' | 'parentId' | 'segmentId'>;
type Stated = { readonly startedAt?: Instant; readonly endedAt?: Instant };

const standing = async (by: Colleague, id: Id) => (await by.call('document.get', { params: { id } })).version;

/** Begins a document with what party, act and case give, and writes the rest into it. */
export async function write(
    by: Colleague,
    type: DocumentType,
    links: Links,
    content: DocumentContent,
    stated: Stated = {},
): Promise<Id> {
    const query = Object.fromEntries(
        (['partyId', 'actId', 'caseId'] as const).flatMap((key) => (links[key] ? [[key, links[key]]] : [])),
    );
    const begun = await by.call('template.begin', { params: { type }, query });
    const { id } = await by.call('document.create', {
        body: { type, ...links, ...stated, content: { ...begun.content, ...content } },
    });
    return id;
}

/** Writes on in a draft that is there. */
export async function writeOn(by: Colleague, id: Id, content: DocumentContent, stated: Stated = {}): Promise<void> {
    const document = await by.call('document.get', { params: { id } });
    const body = { revision: document.revision, title: document.title, content: { ...document.content, ...content }, ...stated };
    await by.call('document.save', { params: { id }, body });
}

/** The next number of its register; gives the number. */
export async function giveNumber(by: Colleague, id: Id, category?: string): Promise<string> {
    const wish = category === undefined ? {} : { category };
    const answer = await by.call('document.number', { params: { id }, body: { ...wish, version: await standing(by, id) } });
    return answer.number;
}

export type Print = { readonly id: Id; readonly pages: readonly number[] };

/** The final print, with its pages made. */
export async function print(stage: Pick<Stage, 'pagesOf'>, by: Colleague, id: Id): Promise<Print> {
    const { id: printId } = await by.call('document.print', {
        params: { id },
        body: { kind: 'final', version: await standing(by, id) },
    });
    const count = await stage.pagesOf(by, id, printId);
    return { id: printId, pages: Array.from({ length: count }, (_, index) => index + 1) };
}

export type Hand = {
    readonly signer: Signer;
    readonly name: string;
    readonly personId?: Id;
    /** How the party took note of a record, and what it wrote at its end. */
    readonly reading?: SignatureReading;
    readonly statement?: string;
    /** Who will not sign says why, and somebody saw it. */
    readonly refusal?: { readonly reason: string; readonly witness: string };
};

/** Somebody of the party, by the part the form gives them. */
export const hand = (signer: Signer, name: string): Hand => ({ signer, name, ...(READERS.includes(signer) ? READ : {}) });
const READERS: readonly Signer[] = ['partyEachPage', 'interviewee'];
const READ = { reading: 'byParty', statement: '以上笔录属实。' } as const;
/** One of the officers. */
export const officer = ({ id, name }: Colleague): Hand => ({ signer: 'officers', name, personId: id });

/** Wet signatures on every page of a print, entered by one of those who were there. */
export async function sign(by: Colleague, id: Id, { id: printId, pages }: Print, at: Instant, hands: readonly Hand[]) {
    for (const { refusal, ...each } of hands) {
        const outcome = refusal === undefined ? ('signed' as const) : ('refused' as const);
        const body = { ...each, ...refusal, printId, at, outcome, pages: [...pages] };
        await by.call('document.recordSignature', { params: { id }, body });
    }
}

/** Hands over on the spot, or sends out what is approved, numbered and sealed. */
export async function handOver(by: Colleague, id: Id, handedTo?: string): Promise<void> {
    const to = handedTo === undefined ? {} : { handedTo };
    await by.call('document.issue', { params: { id }, body: { ...to, version: await standing(by, id) } });
}

/** Somebody else looks at what was made on the spot. */
export async function check(by: Colleague, id: Id, opinion: string): Promise<void> {
    await by.call('document.check', { params: { id }, body: { verdict: 'pass', opinion, version: await standing(by, id) } });
}

export const submit = async (by: Colleague, id: Id): Promise<void> => {
    await by.call('document.submit', { params: { id }, body: { version: await standing(by, id) } });
};

type Legal = { readonly needed: boolean; readonly reason: string };

export async function review(by: Colleague, id: Id, opinion: string, legal?: Legal): Promise<void> {
    const stated = legal === undefined ? {} : { legal };
    const body = { verdict: 'pass' as const, opinion, ...stated, version: await standing(by, id) };
    await by.call('document.review', { params: { id }, body });
}

export async function legalReview(by: Colleague, id: Id, opinion: string, qualification: string): Promise<void> {
    const body = { verdict: 'pass' as const, opinion, qualification, version: await standing(by, id) };
    await by.call('document.legalReview', { params: { id }, body });
}

/** Signature of the head whom the law names. */
export async function signAsHead(by: Colleague, id: Id, opinion: string): Promise<void> {
    await by.call('document.sign', { params: { id }, body: { verdict: 'pass', opinion, version: await standing(by, id) } });
}

export async function seal(by: Colleague, id: Id, copies: number, purpose: string): Promise<void> {
    const body = { means: 'ink' as const, copies, purpose, version: await standing(by, id) };
    await by.call('document.useSeal', { params: { id }, body });
}

/** Into the file, with the place of the paper. */
export async function file(by: Colleague, id: Id, originalPlace?: string): Promise<void> {
    const place = originalPlace === undefined ? {} : { originalPlace };
    await by.call('document.file', { params: { id }, body: { ...place, version: await standing(by, id) } });
}
