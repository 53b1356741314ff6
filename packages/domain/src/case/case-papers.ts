import type { DocumentType } from '../document/document-type.ts';
import type { Id } from '../kernel/ids.ts';
import type { CaseFacts, DocumentLevel, ProcedureId, StepDefinition, StepRecord } from './case.ts';
import { hasLevel, isCurrent, lastStep } from './case-facts.ts';
import { PROCEDURE_TABLES } from './procedure-catalogue.ts';
import { isEnded } from './procedure-states.ts';

/**
 * How a document that a step needs stands. `begun`: there is one, not that far yet. `missing`: the step is possible in the present
 * state and lacks it. `later`: nobody needs it yet. `elsewhere`: the step came from another system, which names the paper.
 */
export const STEP_PAPER_STANDINGS = ['held', 'begun', 'elsewhere', 'missing', 'later'] as const;
export type StepPaperStanding = (typeof STEP_PAPER_STANDINGS)[number];

export type StepPaper = {
    readonly step: string;
    readonly taken: boolean;
    /** Any of these does. */
    readonly types: readonly DocumentType[];
    readonly level: DocumentLevel;
    readonly standing: StepPaperStanding;
    /** Those there are, the one that counts first. */
    readonly documents: readonly Id[];
};

/** Giving up, sending away, beginning anew: possible, but not what comes next. */
export function isAside(procedure: ProcedureId, step: string): boolean {
    const to = PROCEDURE_TABLES[procedure].steps[step]?.to;
    return step === 'reopen' || (to !== undefined && isEnded(procedure, to) && step !== 'close' && step !== 'opinion');
}

/** States that can still come, the present one among them. */
function ahead({ procedure, state }: CaseFacts): ReadonlySet<string> {
    const reached = new Set([state]);
    const steps = Object.entries(PROCEDURE_TABLES[procedure].steps).filter(([id]) => id !== 'reopen');
    // A set that grows while it is walked is walked to its end.
    for (const from of reached)
        for (const [, step] of steps) if (step.to !== undefined && step.from.includes(from)) reached.add(step.to);
    return reached;
}

/** What every step that was taken or can still come needs on paper, in the order of the procedure, and how far each is. */
export function stepPapers(facts: CaseFacts): StepPaper[] {
    const states = ahead(facts);
    return Object.entries(PROCEDURE_TABLES[facts.procedure].steps).flatMap(([id, step]) => {
        const taken = lastStep(facts, id);
        const comes =
            !isEnded(facts.procedure, facts.state) && !isAside(facts.procedure, id) && step.from.some((each) => states.has(each));
        if (taken === undefined && !comes) return [];
        return papersOf(facts, id, step, taken);
    });
}

function papersOf(facts: CaseFacts, id: string, step: StepDefinition, taken: StepRecord | undefined): StepPaper[] {
    const needs = (step.documents ?? []).filter((need) => need.when === undefined || need.when(facts, taken?.data ?? {}));
    const elsewhere = (types: readonly DocumentType[]) =>
        taken?.imported?.documents.some((each) => types.includes(each.type)) === true;
    return needs.map(({ types, level }) => {
        const there = facts.documents.filter((each) => types.includes(each.type) && isCurrent(facts, each));
        const held = there.filter((each) => hasLevel(each, level));
        const open = elsewhere(types) ? 'elsewhere' : step.from.includes(facts.state) ? 'missing' : 'later';
        return {
            step: id,
            taken: taken !== undefined,
            types,
            level,
            standing: held.length > 0 ? 'held' : there.length > 0 ? 'begun' : open,
            documents: [...held, ...there.filter((each) => !held.includes(each))].map((each) => each.id),
        };
    });
}
