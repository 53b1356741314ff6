import { DOCUMENT_TYPE_IDS } from '../document/document-type.ts';
import { refusalsOf } from './case.decide.ts';
import type { CaseDocument, CaseFacts, ProcedureId, Refusal, StepData, StepDefinition, StepRecord } from './case.ts';
import { at, document, facts } from './case-testing.ts';
import { PROCEDURE_TABLES } from './procedure-catalogue.ts';

/** What every step of a case says at once, so that nothing is missing. */
const SAID: StepData = {
    proposedFine: 100,
    fine: 100,
    grave: true,
    hearingDue: true,
    legalReviewDue: true,
    people: 3,
    passed: true,
    day: '2026-09-30',
    presiderId: 'officer-1',
    measure: 'seizure',
    outcome: 'confiscated',
    reason: 'reason',
    cash: true,
    hardToCollect: false,
};

const record = (step: string, when: string, data: StepData = {}): StepRecord => ({
    step,
    at: at(when),
    actor: 'officer-1',
    as: 'handler',
    data,
    // It led nowhere, so that the order of dates is silent.
    from: 'somewhere',
    to: 'somewhere',
});

const dated = (datedOn: CaseDocument['datedOn']): CaseDocument[] =>
    DOCUMENT_TYPE_IDS.map((type) => ({ ...document(type), state: 'served', datedOn }));

const TOLD = [
    record('deliberate', '2026-09-02 09:00', { grave: true, hearingDue: true, legalReviewDue: true, proposedFine: 10 }),
    ...['file', 'investigate', 'approve', 'accept', 'notify', 'tell', 'demand', 'serve'].map((step) =>
        record(step, '2026-09-02 10:00'),
    ),
    record('decide', '2026-09-02 10:00', { fine: 100 }),
    record('execute', '2026-09-02 10:00', { measure: 'seizure' }),
];

/**
 * Situations in which as much as possible speaks against a step. `bare`: nothing was done, nobody has written anything, one person
 * is everybody, and what serves the case is open. `told`: everything was done a moment ago on papers from before, so that every term
 * still runs. `asked`: the party has asked for everything, and nobody has answered. `late`: nothing more has happened for two years.
 */
export const WORLDS: Readonly<Record<'bare' | 'told' | 'asked' | 'late', { when: string; facts: Partial<CaseFacts> }>> = {
    bare: {
        when: '2026-09-02 11:00',
        facts: {
            handlers: ['officer-1'],
            children: [{ procedure: 'coercion', state: 'held', number: 'QZ-1', openedAt: at('2026-09-01 09:00'), heldAt: null }],
        },
    },
    told: { when: '2026-09-02 11:00', facts: { steps: TOLD, documents: dated('2026-08-01') } },
    asked: {
        when: '2026-12-01 11:00',
        facts: {
            steps: [
                ...TOLD,
                ...['hearDefence', 'requestHearing', 'extend', 'supplement', 'executeUrgently'].map((step) =>
                    record(step, '2026-09-03 10:00'),
                ),
            ],
            documents: dated('2026-12-02'),
        },
    },
    late: { when: '2028-09-02 11:00', facts: { steps: TOLD, documents: dated('2026-09-02'), now: at('2029-01-01 09:00') } },
};
export type World = keyof typeof WORLDS;

const said = ({ asks = [], may = [], outcomes }: StepDefinition): StepData => {
    const filled = Object.fromEntries([...asks, ...may].map((field) => [field, SAID[field]]));
    return outcomes === undefined ? filled : { ...filled, outcome: outcomes.at(-1) ?? '' };
};

/** Code by code, documents with what is asked of them: `case.documentMissing itemList issued`. */
const word = ({ code, params = {} }: Refusal): string =>
    [code.replace('case.', ''), params.document, params.level].filter((each) => each !== undefined).join(' ');

/** What speaks against a step in one of the situations, by one person who holds every post there is. */
export function inTheWay(procedure: ProcedureId, id: string, world: World): string[] {
    const step = PROCEDURE_TABLES[procedure].steps[id];
    if (step === undefined) throw new Error(`${procedure} has no step ${id}`);
    const { when, facts: given } = WORLDS[world];
    const state = step.from[0] ?? '';
    const who = { personId: 'officer-1', as: [step.by], isInstituteHead: true };
    const of = facts({ procedure, state, ...given });
    return refusalsOf(of, { step: id, at: at(when), data: said(step) }, who).map(word);
}
