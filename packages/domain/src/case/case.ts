import type { DocumentState, ServiceMode, SigningHead } from '../document/document.ts';
import type { DocumentType } from '../document/document-type.ts';
import type { Day } from '../kernel/day.ts';
import type { Calendar } from '../kernel/holiday-year.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import type { ParameterInForce } from '../parameter/parameter.ts';
import type { ParameterKey, ParameterValueOf } from '../parameter/parameter-catalogue.ts';
import type { CaseRemedy } from './remedy.ts';

/** What a case is: which procedure it runs through. A hearing, a measure or a preservation belongs to the case it serves. */
export const PROCEDURES = ['penalty', 'simplePenalty', 'coercion', 'preservation', 'hearing', 'licence', 'complaint'] as const;
export type ProcedureId = (typeof PROCEDURES)[number];

/** Where a case comes from (案件来源). */
export const CASE_SOURCES = [
    'inspection',
    'complaint',
    'superior',
    'subordinate',
    'transfer',
    'application',
    'case',
    'imported',
] as const;
export type CaseSource = (typeof CASE_SOURCES)[number];

/** What somebody is in a case. `handler`: 承办人, whose investigation nobody reviews alone. */
export const CASE_PARTS = ['handler', 'presider', 'recorder'] as const;
export type CasePart = (typeof CASE_PARTS)[number];

/** Whose step it is. Two heads that are never taken for each other: `agencyHead` is 行政机关负责人. */
export const CASE_POSTS = ['handler', 'reviewer', 'legalReviewer', 'agencyHead'] as const;
export type CasePost = (typeof CASE_POSTS)[number];

/** What a step asks for beside its moment. */
export type StepData = {
    readonly proposedFine?: number;
    readonly fine?: number;
    /** 情节复杂或者重大违法行为 (处罚法 57(2)). */
    readonly grave?: boolean;
    readonly hearingDue?: boolean;
    readonly legalReviewDue?: boolean;
    readonly people?: number;
    readonly passed?: boolean;
    readonly day?: Day;
    readonly presiderId?: Id;
    readonly measure?: 'seizure' | 'control';
    readonly outcome?: string;
    readonly reason?: string;
    readonly cash?: boolean;
    readonly hardToCollect?: boolean;
};
export type StepField = keyof StepData;

/** How far a document must be for a step. */
export const DOCUMENT_LEVELS = ['made', 'issued', 'served'] as const;
export type DocumentLevel = (typeof DOCUMENT_LEVELS)[number];
export type DocumentNeed = {
    /** Any of these. */
    readonly types: readonly DocumentType[];
    readonly level: DocumentLevel;
    /** Only where this holds of what the step says. */
    readonly when?: (facts: CaseFacts, data: StepData) => boolean;
};

/** Why a step is not possible: a code of the error catalogue and its parameters. */
export type Refusal = { readonly code: string; readonly params?: Readonly<Record<string, string | number>> };

export type StepContext = {
    readonly facts: CaseFacts;
    readonly id: string;
    readonly step: StepDefinition;
    readonly at: Instant;
    readonly data: StepData;
    readonly actor: CaseActor;
};
export type Guard = (context: StepContext) => Refusal | undefined;

export type StepDefinition = {
    readonly zh: string;
    readonly en: string;
    /** Law and article, in short. */
    readonly clause: string;
    readonly from: readonly string[];
    /** Absent: the case stays where it is. */
    readonly to?: string;
    readonly by: CasePost;
    readonly asks?: readonly StepField[];
    readonly may?: readonly StepField[];
    readonly documents?: readonly DocumentNeed[];
    readonly guards?: readonly Guard[];
    /** Choices of `outcome`. */
    readonly outcomes?: readonly string[];
};

export type StateDefinition = { readonly zh: string; readonly en: string; readonly ended?: true };

/** What they decide is made public (处罚法 48, 许可法 40). */
export const PUBLISHED_STEPS = ['decide', 'grant', 'refuse', 'grantOnCommitment'] as const;

/** `act`: the agency must act inside it. `party`: the party may act inside it. `wait`: nothing may follow before its end. */
export type DeadlineKind = 'act' | 'party' | 'wait';
export type CaseDeadline = {
    readonly key: Extract<ParameterKey, `deadline.${string}`>;
    readonly kind: DeadlineKind;
    readonly from: (facts: CaseFacts) => Instant | undefined;
    readonly until?: (facts: CaseFacts) => Instant | undefined;
    /** Whether the law moves a last day on a holiday; what binds the agency against the party does not move. */
    readonly rollsOn?: boolean;
    /** Whether testing, hearing … stop it. */
    readonly excludable?: boolean;
    /** Still owed once the case has ended. */
    readonly outlives?: true;
    readonly extension?: { readonly key: CaseDeadline['key']; readonly step: string };
};

export type Procedure = {
    readonly zh: string;
    readonly en: string;
    /** In the number of a case. */
    readonly letter: string;
    readonly initial: string;
    readonly states: Readonly<Record<string, StateDefinition>>;
    readonly steps: Readonly<Record<string, StepDefinition>>;
    readonly deadlines: readonly CaseDeadline[];
    /** Procedures a case of this one may serve; absent: it stands alone. */
    readonly serves?: readonly ProcedureId[];
};

export type CaseActor = { readonly personId: Id; readonly as: readonly CasePost[]; readonly isInstituteHead: boolean };

/** A step that was taken. `at` is when it happened, by what the officers state. */
export type StepRecord = {
    readonly step: string;
    readonly at: Instant;
    /** Who took it; null where it was taken in another system. */
    readonly actor: Id | null;
    /** In which post it was taken. */
    readonly as: CasePost;
    readonly data: StepData;
    readonly from: string;
    readonly to: string;
    /** Only of a step that came with a case from another system. */
    readonly imported?: ImportedMark;
};

/** `stated`: not checked by the procedure, taken over with a reason. */
export const STEP_ORIGINS = ['imported', 'stated'] as const;
export type StepOrigin = (typeof STEP_ORIGINS)[number];

/** Where a step came from that was not taken here. `checked`: the procedure allowed it; else the other system's word stands for it. */
export type ImportedMark = {
    readonly checked: boolean;
    /** What the other system says of its paper. */
    readonly paper: ImportedPaper | null;
    /** That paper, as guards look at documents. */
    readonly documents: readonly CaseDocument[];
};
export type ImportedPaper = { readonly number: string | null; readonly date: Day | null };

/** What guards look at of a document; assembled from the document's own row. */
export type CaseDocument = {
    readonly id: Id;
    readonly type: DocumentType;
    readonly state: DocumentState;
    readonly approvedAs: SigningHead | null;
    /** When writing began; null where nobody knows. */
    readonly madeAt: Instant | null;
    readonly approvedAt: Instant | null;
    /** First signature: on the spot it says when, whoever entered the handing over later. */
    readonly signedAt: Instant | null;
    readonly issuedAt: Instant | null;
    readonly servedAt: Instant | null;
    readonly servedMode: ServiceMode | null;
    /** The day that one made elsewhere bears. */
    readonly datedOn: Day | null;
};

/** A case that serves this one. */
export type CaseChild = {
    readonly procedure: ProcedureId;
    readonly state: string;
    readonly number: string;
    readonly openedAt: Instant;
    /** When a hearing was held, or let go by the party. */
    readonly heldAt: Instant | null;
};

export type TermExclusion = { readonly from: Instant; readonly until?: Instant; readonly keys: readonly string[] };

export type CaseFacts = {
    readonly procedure: ProcedureId;
    readonly state: string;
    readonly openedAt: Instant;
    /** The breach or its end, where it is known (处罚法 36). */
    readonly breachAt: Instant | null;
    readonly graveHarm: boolean;
    readonly partyIsPerson: boolean;
    readonly steps: readonly StepRecord[];
    /** Whoever has a part in it now. */
    readonly people: readonly Id[];
    readonly handlers: readonly Id[];
    /** Procedure of the case this one serves. */
    readonly parentProcedure: ProcedureId | null;
    /** Handlers of the case this one serves. */
    readonly parentHandlers: readonly Id[];
    readonly documents: readonly CaseDocument[];
    readonly children: readonly CaseChild[];
    readonly exclusions: readonly TermExclusion[];
    readonly remedies: readonly CaseRemedy[];
    readonly calendar: Calendar;
    readonly parameters: <K extends ParameterKey>(key: K, at: Instant) => ParameterInForce<ParameterValueOf<K>>;
    readonly now: Instant;
    /** Whether terms may be judged by it; absent where a command acts, which does what it is told at its own time. */
    readonly clockDoubted?: boolean;
};
