import type { DocumentFlow, DocumentState, DocumentWaiting, Permission } from '@liuhen/domain';

/** Steps that a person takes with a document by a dialogue of its own. */
export const STEP_NAMES = [
    'submit',
    'review',
    'legalReview',
    'sign',
    'number',
    'issue',
    'issueUrgently',
    'regularise',
    'check',
    'file',
    'reopen',
    'void',
] as const;
export type StepName = (typeof STEP_NAMES)[number];

type StepKey = 'opinion' | 'reason' | 'qualification' | 'category' | 'handedTo' | 'originalPlace';
/** What a dialogue asks for: the member of the body, and how it is asked. */
export type StepField = { readonly key: StepKey; readonly kind: 'text' | 'line' | 'category'; readonly required: boolean };
export type StepForm = {
    /** Verdicts to choose from; the first is proposed. A step without has one button. */
    readonly verdicts?: readonly string[];
    readonly fields: (verdict: string | undefined) => readonly StepField[];
};

const text = (key: StepKey, required = true): StepField => ({ key, kind: 'text', required });
const line = (key: StepKey, required = true): StepField => ({ key, kind: 'line', required });
const opinionOrReason = (verdict: string | undefined, needed = false) =>
    verdict === 'pass' ? [text('opinion', needed)] : [text('reason')];

export const STEP_FORMS: Readonly<Record<StepName, StepForm>> = {
    submit: { fields: () => [] },
    review: { verdicts: ['pass', 'return'], fields: (verdict) => opinionOrReason(verdict) },
    legalReview: {
        verdicts: ['pass', 'return'],
        fields: (verdict) => [...opinionOrReason(verdict, true), ...(verdict === 'pass' ? [line('qualification')] : [])],
    },
    sign: { verdicts: ['pass', 'return'], fields: (verdict) => opinionOrReason(verdict) },
    number: { fields: () => [{ key: 'category', kind: 'category', required: true }] },
    issue: { fields: () => [line('handedTo', false)] },
    issueUrgently: { fields: () => [text('reason'), line('handedTo'), { key: 'category', kind: 'category', required: true }] },
    regularise: { verdicts: ['approve', 'refuse'], fields: () => [text('opinion')] },
    check: { verdicts: ['pass', 'fault'], fields: (verdict) => opinionOrReason(verdict) },
    file: { fields: () => [line('originalPlace', false)] },
    reopen: { fields: () => [line('reason')] },
    void: { fields: () => [line('reason')] },
};

const PERMISSION_OF: Readonly<Record<StepName, Permission>> = {
    submit: 'document.write',
    review: 'document.review',
    legalReview: 'document.legalReview',
    sign: 'document.sign',
    number: 'document.write',
    issue: 'document.write',
    issueUrgently: 'document.write',
    regularise: 'document.sign',
    check: 'document.review',
    file: 'document.write',
    reopen: 'document.write',
    void: 'document.write',
};

/** The step that ends each waiting. Seal, correction and service have cards of their own. */
const STEP_OF: Readonly<Partial<Record<DocumentWaiting, StepName>>> = {
    review: 'review',
    legalReview: 'legalReview',
    sectionHead: 'sign',
    instituteHead: 'sign',
    agencyHead: 'sign',
    number: 'number',
    issue: 'issue',
    check: 'check',
    filing: 'file',
    regularisation: 'regularise',
};

type Standing = {
    readonly state: DocumentState;
    readonly waitsFor: DocumentWaiting | null;
    readonly flow: DocumentFlow;
    readonly origin: 'made' | 'imported';
    /** Made on the spot and not yet told apart by the number it needs before it is printed and handed over. */
    readonly lacksNumberAtTheScene?: boolean;
    readonly firstSignedAt: number | null;
};

const REOPENABLE: readonly DocumentState[] = ['inReview', 'inLegalReview', 'awaitingSignature', 'approved'];
const VOIDABLE: readonly DocumentState[] = ['draft', ...REOPENABLE];

/** Steps offered to somebody with these permissions: the next one, and what else can be done. */
export function stepsFor(
    { state, waitsFor, flow, origin, firstSignedAt, lacksNumberAtTheScene = false }: Standing,
    may: (permission: Permission) => boolean,
): { next: StepName | undefined; others: readonly StepName[] } {
    const writing: StepName = flow === 'scene' ? 'issue' : 'submit';
    const next = waitsFor === null ? undefined : waitsFor === 'writing' ? writing : STEP_OF[waitsFor];
    const others: StepName[] = [
        ...(lacksNumberAtTheScene ? (['number'] as const) : []),
        // Signed on the spot and not handed over yet: a new version, for which nobody has signed.
        ...(REOPENABLE.includes(state) || (state === 'draft' && firstSignedAt !== null) ? (['reopen'] as const) : []),
        ...(VOIDABLE.includes(state) && origin === 'made' ? (['void'] as const) : []),
    ];
    const allowed = (step: StepName) => may(PERMISSION_OF[step]);
    return { next: next !== undefined && allowed(next) ? next : undefined, others: others.filter(allowed) };
}
