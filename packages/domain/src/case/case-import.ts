import { type Day, dayOf } from '../kernel/day.ts';
import type { Instant } from '../kernel/instant.ts';
import { refusalsOf } from './case.decide.ts';
import type { CaseDocument, CaseFacts, ImportedPaper, ProcedureId, Refusal, StepData, StepField, StepRecord } from './case.ts';
import { PROCEDURE_TABLES } from './procedure-catalogue.ts';

/** A step as another system tells it. */
export type ToldStep = {
    readonly step: string;
    readonly at: Instant;
    /** Whether the hour was told, too. */
    readonly hasTime: boolean;
    readonly paper: ImportedPaper | null;
    readonly data: StepData;
};

/** A step of the replay: where it led, what speaks against it, and what the other system did not say. */
export type ReplayedStep = ToldStep & {
    readonly record: StepRecord;
    readonly refusals: readonly Refusal[];
    readonly unstated: readonly StepField[];
};

export type Replay = { readonly state: string; readonly steps: readonly ReplayedStep[] };

/** Not a step of any procedure: the state that another system stated, taken over unchecked with a reason. */
export const STATED_STEP = 'stated';

/** From these a term of hours runs or is met (强制法 19): a day alone does not say whether it was kept. */
const HOUR_STEPS = ['executeUrgently', 'regularise', 'refuseUrgent'];

/** What a list cannot answer and what is no fault of it: no figure was set here to compare with. */
const NOT_COMPARED = ['case.fieldMissing', 'case.defenceTermUnset'];

/**
 * Takes the steps of an imported case through its procedure, one after the other, by what was told of them. A document that a step
 * needs is answered by its number or day, never by nothing. What the procedure does not allow is said; the replay goes on behind it,
 * so that everything is said at once.
 */
export function replay(start: CaseFacts, told: readonly ToldStep[]): Replay {
    let facts = start;
    const steps = told.map((each): ReplayedStep => {
        const step = replayStep(facts, each);
        facts = { ...facts, state: step.record.to, steps: [...facts.steps, step.record] };
        return step;
    });
    return { state: facts.state, steps };
}

function replayStep(facts: CaseFacts, told: ToldStep): ReplayedStep {
    const definition = PROCEDURE_TABLES[facts.procedure].steps[told.step];
    const documents = importedDocuments(facts, told);
    const unstated = (definition?.asks ?? []).filter((field) => told.data[field] === undefined || told.data[field] === '');
    const to = definition?.to ?? facts.state;
    const refusals = [
        ...refusalsTold({ ...facts, documents: [...documents, ...facts.documents] }, told, unstated),
        ...untimed(told),
    ];
    const imported = { checked: refusals.length === 0, paper: told.paper, documents };
    const as = definition?.by ?? 'handler';
    const record = { step: told.step, at: told.at, actor: null, as, data: told.data, from: facts.state, to, imported };
    return { ...told, record, refusals, unstated };
}

function refusalsTold(facts: CaseFacts, { step, at, data }: ToldStep, unstated: readonly StepField[]): Refusal[] {
    const by = PROCEDURE_TABLES[facts.procedure].steps[step]?.by ?? 'handler';
    // Who it was in the other system nobody here can tell; that is what the mark says.
    const personId = by === 'handler' ? (facts.people[0] ?? '') : '';
    const open = [...NOT_COMPARED, ...(unstated.includes('people') ? ['case.panelTooSmall', 'case.panelEven'] : [])];
    return refusalsOf(facts, { step, at, data }, { personId, as: [by], isInstituteHead: false })
        .filter(({ code }) => !open.includes(code))
        .map((each) => (each.code === 'case.documentMissing' ? paperMissing(each) : each));
}

const paperMissing = ({ params }: Refusal): Refusal => ({
    code: 'case.importPaperMissing',
    ...(params?.document === undefined ? {} : { params: { document: params.document } }),
});

const untimed = ({ step, hasTime }: ToldStep): Refusal[] =>
    HOUR_STEPS.includes(step) && !hasTime ? [{ code: 'case.importTimeMissing' }] : [];

/** What a step needs on paper, answered by the number or the day that was told; of the day of the step where only a number was. */
export function importedDocuments(
    facts: CaseFacts,
    { step, at, paper, data }: Pick<ToldStep, 'step' | 'at' | 'paper' | 'data'>,
): CaseDocument[] {
    if (paper === null || (paper.number === null && paper.date === null)) return [];
    const needs = (PROCEDURE_TABLES[facts.procedure].steps[step]?.documents ?? []).filter(
        ({ when }) => when === undefined || when(facts, data),
    );
    const datedOn: Day = paper.date ?? dayOf(at);
    return needs.flatMap(({ types: [type] }) => (type === undefined ? [] : [importedDocument(type, datedOn)]));
}

const importedDocument = (type: CaseDocument['type'], datedOn: Day): CaseDocument => ({
    id: '',
    type,
    state: 'imported',
    approvedAs: null,
    madeAt: null,
    approvedAt: null,
    signedAt: null,
    issuedAt: null,
    servedAt: null,
    servedMode: null,
    datedOn,
});

/** A case as it begins, before any of its steps. */
export const startOf = (procedure: ProcedureId): string => PROCEDURE_TABLES[procedure].initial;
