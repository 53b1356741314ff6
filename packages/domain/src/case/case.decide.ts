import { DomainError } from '../kernel/domain-error.ts';
import type { Instant } from '../kernel/instant.ts';
import type { CaseActor, CaseFacts, Procedure, ProcedureId, Refusal, StepContext, StepData, StepDefinition } from './case.ts';
import { inOrder, lacks } from './guards.ts';
import { PROCEDURE_TABLES } from './procedure-catalogue.ts';
import { isEnded } from './procedure-states.ts';

export type WantedStep = { readonly step: string; readonly at: Instant; readonly data: StepData };

/** What speaks against a step; empty: it is possible. State and actor come first: without them the rest says little. */
export function refusalsOf(facts: CaseFacts, { step: id, at, data }: WantedStep, actor: CaseActor): Refusal[] {
    const step = PROCEDURE_TABLES[facts.procedure].steps[id];
    if (step === undefined) return [{ code: 'case.unknownStep' }];
    if (!step.from.includes(facts.state))
        return [{ code: 'case.wrongState', params: { procedure: facts.procedure, state: facts.state } }];
    const context: StepContext = { facts, id, step, at, data, actor };
    return [...refusedActor(context), ...missingFields(context), ...grounds(context)];
}

/** Guards and documents of a step, apart from who asks and what was filled in. */
function grounds(context: StepContext): Refusal[] {
    const { facts, step, data, at } = context;
    const guards = [...(step.guards ?? []), inOrder];
    const documents = (step.documents ?? []).filter((need) => need.when === undefined || need.when(facts, data));
    return [...guards.map((guard) => guard(context)), ...documents.map((need) => lacks(facts, need, at))].filter(
        (each) => each !== undefined,
    );
}

function refusedActor({ facts, step, actor }: StepContext): Refusal[] {
    if (!actor.as.includes(step.by)) return [{ code: 'case.notYourStep', params: { by: step.by } }];
    // 承办: who has no part in a case takes no step of its investigation.
    return step.by === 'handler' && !facts.people.includes(actor.personId) ? [{ code: 'case.notInvolved' }] : [];
}

function missingFields({ step, data }: StepContext): Refusal[] {
    const missing = (step.asks ?? []).filter((field) => data[field] === undefined || data[field] === '');
    if (missing[0] !== undefined) return [{ code: 'case.fieldMissing', params: { field: missing[0] } }];
    const { outcome } = data;
    if (outcome !== undefined && step.outcomes !== undefined && !step.outcomes.includes(outcome))
        return [{ code: 'case.fieldMissing', params: { field: 'outcome' } }];
    return [];
}

/** Where a step leads; refuses with the first thing that speaks against it. */
export function decideStep(
    facts: CaseFacts,
    wanted: WantedStep,
    actor: CaseActor,
): { readonly to: string; readonly step: StepDefinition } {
    const [refusal] = refusalsOf(facts, wanted, actor);
    const step = PROCEDURE_TABLES[facts.procedure].steps[wanted.step];
    if (refusal !== undefined || step === undefined)
        throw new DomainError(refusal?.code ?? 'case.unknownStep', refusal?.params ?? {});
    return { to: step.to ?? facts.state, step };
}

export type PossibleStep = { readonly step: string; readonly refusals: readonly Refusal[] };

/**
 * Steps of the present state with what speaks against each now, as far as it can be said before anything is filled in.
 * What a step asks for is not missing yet.
 */
export function nextSteps(facts: CaseFacts): PossibleStep[] {
    const { steps } = PROCEDURE_TABLES[facts.procedure];
    const nobody: CaseActor = { personId: '', as: [], isInstituteHead: false };
    return Object.entries(steps)
        .filter(([, step]) => step.from.includes(facts.state))
        .map(([id, step]) => {
            const context: StepContext = { facts, id, step, at: facts.now, data: {}, actor: nobody };
            return { step: id, refusals: grounds(context).filter((each) => !OPEN_YET.includes(each.code)) };
        });
}

/** Too late by now, or another day: whoever enters it says when it was done, and that may have been in time. */
const LATE_NOW = ['case.otherHearingDay', 'case.termOver', 'case.hearingRequestLate', 'case.courtWindowOver', 'case.lapsed'];

/** Refusals that hang on what the step says. */
const FILLED_IN = ['case.panelTooSmall', 'case.panelEven', 'case.noticeTooLate', 'case.fineTooHigh', 'case.cashTooHigh'];
const OPEN_YET: readonly string[] = [...LATE_NOW, ...FILLED_IN];

/** A hearing, a measure or a preservation serves a case of another procedure that still runs. */
export function decideParent(procedure: ProcedureId, parent: { procedure: ProcedureId; state: string } | undefined): void {
    const table: Procedure = PROCEDURE_TABLES[procedure];
    if (parent === undefined) {
        if (procedure === 'hearing') throw new DomainError('case.parentMissing');
        return;
    }
    if (!(table.serves ?? []).includes(parent.procedure)) throw new DomainError('case.parentWrong');
    if (isEnded(parent.procedure, parent.state)) throw new DomainError('case.ended');
}

/** Whether a case may still be changed in what belongs to it. */
export function decideOpenCase(facts: { procedure: ProcedureId; state: string }): void {
    if (isEnded(facts.procedure, facts.state)) throw new DomainError('case.ended');
}

/** 处罚法 42: whoever handles a case is an officer with a certificate who is still there. */
export function decideHandler(person: {
    name: string;
    kind: string;
    certificateNumber: string | null;
    leftAt: Instant | null;
}): void {
    if (person.leftAt !== null) throw new DomainError('person.hasLeft');
    if (person.kind !== 'officer' || person.certificateNumber === null)
        throw new DomainError('case.handlerNeedsCertificate', { name: person.name });
}

const CASE_NUMBER = /\{(code|kind|year|number)\}/g;

/** 案件编号 by the organisation's pattern; the running number has at least four digits. */
export const caseNumber = (pattern: string, of: { code: string; procedure: ProcedureId; year: number; place: number }): string =>
    pattern.replace(CASE_NUMBER, (_, part: string) => {
        if (part === 'code') return of.code;
        if (part === 'kind') return PROCEDURE_TABLES[of.procedure].letter;
        return part === 'year' ? String(of.year) : String(of.place).padStart(4, '0');
    });
