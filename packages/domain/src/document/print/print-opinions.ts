import { dayOf } from '../../kernel/day.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { DocumentStepKind, SigningHead } from '../document.ts';
import { type OfficeDocumentType, SIGNING } from '../document-signing.ts';
import type { DocumentType } from '../document-type.ts';
import type { PrintOpinion } from './print-model.ts';
import { printDay } from './print-value.ts';

/** Steps by which somebody says on the screen what they think of a document. */
export const OPINION_STEPS = ['reviewed', 'legallyReviewed', 'signed'] as const satisfies readonly DocumentStepKind[];
export type OpinionStep = (typeof OPINION_STEPS)[number];

/** What was said, by whom and when; `opinion` is null where it was passed without a word. */
export type GivenOpinion = {
    readonly step: OpinionStep;
    readonly opinion: string | null;
    readonly by: string;
    readonly at: Instant;
};

type Place = {
    /** Field of the form in which it is printed. */
    readonly field: string;
    /** Whether it is the opinion that the field's line to sign on waits for; else the line stays for ink. */
    readonly inPlace: boolean;
};
const instead = (field: string): Place => ({ field, inPlace: true });
const beside = (field: string): Place => ({ field, inPlace: false });

/**
 * Where a form has a field for it. The approval of a list of what is to be destroyed is the health department's, which has no
 * step here: the consent of the institute's head is never printed in its place (附件3 第14条).
 */
export const OPINION_PLACES: { readonly [T in OfficeDocumentType]?: { readonly [S in OpinionStep]?: Place } } = {
    caseIntake: { signed: instead('headOpinion') },
    filingReport: { signed: instead('headOpinion') },
    panelRecord: { signed: instead('headOpinion') },
    defenceReview: { signed: instead('headOpinion') },
    closingReport: { signed: instead('headOpinion') },
    inspectionApproval: { signed: instead('headOpinion') },
    complaintRegister: { signed: instead('headOpinion') },
    coercionApproval: { reviewed: instead('unitOpinion'), signed: instead('headOpinion') },
    preservationApproval: { reviewed: instead('unitOpinion'), signed: instead('headOpinion') },
    interruptionStatement: { signed: instead('opinion') },
    unrecordedWorkRecord: { signed: instead('opinion') },
    // The reviewer's is that of the document which was reviewed; whoever heads the section signs besides.
    legalReviewOpinion: { legallyReviewed: instead('opinion'), signed: beside('opinion') },
    // Everybody who took part signs the minutes with ink.
    collectiveDiscussion: { signed: beside('decision') },
};

const HEADS: Readonly<Record<SigningHead, string>> = {
    sectionHead: '科室负责人',
    instituteHead: '本机构负责人',
    agencyHead: '行政机关负责人',
};
/** Passed without a word: said so, and no words put into anybody's mouth. */
const NO_WORDS = '（通过，未另写意见）';

/** By the key of the field. */
export type PlacedOpinions = Readonly<Record<string, { readonly given: readonly PrintOpinion[]; readonly inPlace: boolean }>>;

/** What was said on the screen, at the fields of a form that are there for it. */
export function placedOpinions(type: DocumentType, given: readonly GivenOpinion[]): PlacedOpinions {
    const places = OPINION_PLACES[type as OfficeDocumentType] ?? {};
    const placed: Record<string, PlacedOpinions[string]> = {};
    for (const each of given) {
        const place = places[each.step];
        if (place === undefined) continue;
        const said = { opinion: each.opinion ?? NO_WORDS, signature: signatureOf(type as OfficeDocumentType, each) };
        const before = placed[place.field] ?? { given: [], inPlace: false };
        placed[place.field] = { given: [...before.given, said], inPlace: before.inPlace || place.inPlace };
    }
    return placed;
}

/** Never looks like a hand: it says that it was given in the system. */
function signatureOf(type: OfficeDocumentType, { step, by, at }: GivenOpinion): string {
    const who =
        step === 'signed'
            ? `${HEADS[SIGNING[type].head]}（系统内审批）`
            : step === 'legallyReviewed'
              ? '法制审核人（系统内审核）'
              : '审核人（系统内审核）';
    return `${who}：${by}　${printDay(dayOf(at))}`;
}

/** Steps in their order: what was said before a document was sent back or written anew counts no more. */
export function opinionsInForce(steps: readonly { step: DocumentStepKind; opinion: string | null; by: string; at: Instant }[]) {
    let given: GivenOpinion[] = [];
    for (const { step, ...said } of steps) {
        if (step === 'returned' || step === 'reopened') given = [];
        const opinion = OPINION_STEPS.find((each) => each === step);
        if (opinion !== undefined) given.push({ step: opinion, ...said });
    }
    return given;
}
