import { dayOf } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { isPartySigner, type SignatureFacts } from '../document-signature.decide.ts';
import type { Signer } from '../template.ts';
import { handwritingPicture } from './handwriting-picture.ts';
import type { PrintHand, PrintModel, PrintSigner } from './print-model.ts';
import { printDay, printInstant } from './print-value.ts';

/** One signature of a print, with what was written on the screen. */
export type SignedHand = SignatureFacts & {
    readonly pages: readonly number[];
    readonly reason: string | null;
    readonly witness: string | null;
    readonly reading: 'byParty' | 'aloud' | null;
    readonly statement: string | null;
    readonly strokes: readonly { readonly page: number; readonly path: string; readonly pageDigest: string }[];
};

/** The version that was signed, and everything that was signed, refused or noted of it. */
export type SignedPrint = {
    readonly print: Id;
    readonly revision: number;
    readonly printedAt: Instant;
    readonly pages: number;
    /** Of what was printed, and of the bytes of its PDF. */
    readonly digest: string;
    readonly pdfSha256: string;
    readonly hands: readonly SignedHand[];
};

const OUTCOMES = { signed: '纸面签名', refused: '拒绝签名', absent: '不在场' } as const;
const READINGS = { byParty: '自行阅读', aloud: '向其宣读' } as const;

/**
 * The pages of a print with what was written on the screen set at the lines where paper is signed, and a sheet behind them that
 * says what they are. Nothing else on them moves: they are a copy of the signed version, and name it.
 */
export function withHandwriting(
    model: PrintModel,
    signed: SignedPrint,
    officers: readonly string[],
    words: Readonly<Record<Signer, string>>,
): PrintModel {
    const signers = [...model.pageSigners, ...model.blocks.flatMap((block) => (block.kind === 'signatures' ? block.boxes : []))];
    const placed = placedAt(signers, signed.hands);
    const written = <T extends PrintSigner>(signer: T): T => {
        const hands = placed.get(signer.signer) ?? [];
        return hands.length === 0 ? signer : { ...signer, ...handsOf(hands, signer.hands, officers) };
    };
    const statement = signed.hands.find((each) => each.statement !== null)?.statement ?? '';
    return {
        ...model,
        pageSigners: model.pageSigners.map(written),
        blocks: model.blocks.map((block) => {
            if (block.kind === 'signatures') return { ...block, boxes: block.boxes.map(written) };
            if (block.kind === 'statement' && block.value === '') return { ...block, written: statement };
            return block;
        }),
        codeLabel: `签名件　${model.codeLabel}`,
        signing: {
            pages: signed.pages,
            about: `本签名件由第 ${signed.revision} 次保存的正式打印件与下列签名合成。打印件的文字和版式没有改动；在屏幕上签名的，由签名人逐页手写，笔迹设于该页签名处，并与该页的摘要绑定。`,
            facts: [
                ['打印编号', signed.print],
                ['打印时间', printInstant(signed.printedAt)],
                ['打印内容摘要', signed.digest],
                ['打印件 PDF 的 SHA-256', signed.pdfSha256],
            ],
            rows: signed.hands.flatMap((hand) => rowsOf(hand, words)),
        },
    };
}

/** By the signer whose line it is: a party may sign under another name of its part than the form has. */
function placedAt(signers: readonly PrintSigner[], hands: readonly SignedHand[]): ReadonlyMap<Signer, readonly SignedHand[]> {
    const there = signers.map((each) => each.signer);
    const placed = new Map<Signer, SignedHand[]>();
    for (const hand of hands) {
        const own = there.includes(hand.signer)
            ? hand.signer
            : isPartySigner(hand.signer)
              ? there.find(isPartySigner)
              : undefined;
        if (own !== undefined) placed.set(own, [...(placed.get(own) ?? []), hand]);
    }
    return placed;
}

/** Who is named on the form has that line, others the next that is free; more than there are lines share the last. */
function handsOf(hands: readonly SignedHand[], lines: number, officers: readonly string[]) {
    const free = Array.from({ length: lines }, (_, at) => at);
    const take = (at: number) => {
        const index = free.indexOf(at);
        if (index >= 0) free.splice(index, 1);
        return index >= 0;
    };
    const named = new Map<SignedHand, number>();
    for (const hand of hands) {
        const at = officers.indexOf(hand.name);
        if (at >= 0 && take(at)) named.set(hand, at);
    }
    const lineOf = new Map(hands.map((hand) => [hand, named.get(hand) ?? free.shift() ?? lines - 1]));
    const written = hands.map((hand): PrintHand => {
        const line = lineOf.get(hand) ?? 0;
        const sharing = hands.filter((each) => lineOf.get(each) === line);
        return {
            line,
            place: sharing.indexOf(hand),
            of: sharing.length,
            words: hand.strokes.length > 0 ? '' : `（${OUTCOMES[hand.outcome]}）`,
            pages: hand.pages,
            pictures: hand.strokes.map(({ page, path }) => ({ page, svg: handwritingPicture(path) })),
        };
    });
    // One day for all of them, as the form has it; days that differ stand on the sheet behind.
    const days = new Set(hands.filter((each) => each.outcome === 'signed').map((each) => printDay(dayOf(each.at))));
    return { written, day: days.size === 1 ? ([...days][0] ?? '') : '' };
}

/** A line for each page that was written on; one for a refusal, an absence or ink. */
function rowsOf(hand: SignedHand, words: Readonly<Record<Signer, string>>) {
    const who = `${words[hand.signer].replace(/签名$/, '')}　${hand.name}`;
    const when = printInstant(hand.at);
    const said = [
        hand.reading === null ? '' : `核对笔录：${READINGS[hand.reading]}。`,
        hand.statement === null ? '' : `写明：“${hand.statement}”。`,
        hand.reason === null ? '' : `理由：${hand.reason}。`,
        hand.witness === null ? '' : `见证人：${hand.witness}。`,
    ].join('');
    if (hand.strokes.length === 0)
        return [{ who, when, how: OUTCOMES[hand.outcome], page: hand.pages.join('、'), svg: '', digest: '', said }];
    return hand.strokes.map(({ page, path, pageDigest }, at) => ({
        who: at === 0 ? who : '',
        when: at === 0 ? when : '',
        how: at === 0 ? '屏幕签名' : '',
        page: String(page),
        svg: handwritingPicture(path),
        digest: pageDigest,
        said: at === 0 ? said : '',
    }));
}
