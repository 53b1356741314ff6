import { DOCUMENT_TYPE_IDS, type DocumentType } from '../document/document-type.ts';
import { BUILT_IN_YEARS, calendarOf } from '../kernel/holiday-year.ts';
import type { Instant } from '../kernel/instant.ts';
import { inForceAt } from '../parameter/parameter.decide.ts';
import type { ParameterRow } from '../parameter/parameter.ts';
import { parameterDefinition } from '../parameter/parameter-catalogue.ts';
import { decideStep, refusalsOf } from './case.decide.ts';
import type { CaseActor, CaseDocument, CaseFacts, CasePost, StepData } from './case.ts';
import { PROCEDURE_TABLES } from './procedure-catalogue.ts';

/** `2026-11-18 09:31` in Shanghai. */
export const at = (text: string): Instant => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);

export const OFFICERS = ['officer-1', 'officer-2'];

/** A defence term has no figure of its own; tests set one as an organisation would. */
const SET: Readonly<Record<string, ParameterRow>> = {
    'deadline.defence': {
        id: 'defence-term',
        value: { length: 3, unit: 'workday' },
        standing: 'verified',
        basis: '告知书',
        from: 0,
        decidedAt: 0,
    },
};

export const facts = (given: Partial<CaseFacts> & Pick<CaseFacts, 'procedure'>, unset: readonly string[] = []): CaseFacts => ({
    state: PROCEDURE_TABLES[given.procedure].initial,
    openedAt: at('2026-09-01 09:00'),
    breachAt: null,
    graveHarm: false,
    partyIsPerson: false,
    steps: [],
    people: [...OFFICERS, ...(given.handlers ?? [])],
    handlers: OFFICERS,
    parentProcedure: null,
    parentHandlers: [],
    documents: [],
    children: [],
    exclusions: [],
    remedies: [],
    calendar: calendarOf(BUILT_IN_YEARS),
    parameters: (key, when) => {
        const row = SET[key];
        return inForceAt(parameterDefinition(key), row === undefined || unset.includes(key) ? [] : [row], when) as never;
    },
    now: at('2026-12-31 12:00'),
    ...given,
});

export const document = (
    type: DocumentType,
    state: CaseDocument['state'] = 'served',
    servedAt: Instant | null = null,
): CaseDocument => ({
    id: `document-${type}`,
    type,
    state,
    approvedAs: 'agencyHead',
    // Of an unknown day, so that guards about dates are silent.
    madeAt: null,
    approvedAt: null,
    signedAt: null,
    issuedAt: null,
    datedOn: null,
    servedAt: state === 'served' ? servedAt : null,
    servedMode: state === 'served' ? 'direct' : null,
});

export const actor = (as: CasePost, personId = as === 'handler' ? 'officer-1' : `person-${as}`): CaseActor => ({
    personId,
    as: [as],
    isInstituteHead: false,
});

export type Move = readonly [step: string, when: string, data?: StepData];

/** Takes the steps one after the other, each by whom it belongs to; throws the refusal of the first that is not possible. */
export function walk(start: CaseFacts, moves: readonly Move[]): CaseFacts {
    let now = start;
    for (const [step, when, data = {}] of moves) {
        const as = PROCEDURE_TABLES[now.procedure].steps[step]?.by ?? 'handler';
        const who = actor(as);
        const { to } = decideStep(now, { step, at: at(when), data }, who);
        const record = { step, at: at(when), actor: who.personId, as, data, from: now.state, to };
        now = { ...now, state: to, steps: [...now.steps, record] };
    }
    return now;
}

/** Every document there is, served on the first day: guards about documents are silent. */
export const ALL = DOCUMENT_TYPE_IDS.map((type) => document(type));
export const without = (...types: DocumentType[]) => ALL.filter((each) => !types.includes(each.type));
export const given = (procedure: CaseFacts['procedure'], more: Partial<CaseFacts> = {}, unset: string[] = []) =>
    facts({ procedure, documents: ALL, ...more }, unset);

export const codes = (
    of: CaseFacts,
    step: string,
    when: string,
    data = {},
    who = actor(PROCEDURE_TABLES[of.procedure].steps[step]?.by ?? 'handler'),
) => refusalsOf(of, { step, at: at(when), data }, who).map((each) => each.code);

export const PANEL = { people: 3, grave: false, hearingDue: false, legalReviewDue: false };
export const NOTICED: Move[] = [
    ['file', '2026-09-02 09:00'],
    ['investigate', '2026-10-09 09:00'],
    ['deliberate', '2026-10-12 09:00', PANEL],
    ['notify', '2026-10-13 09:00', { proposedFine: 500_000 }],
];
export const served = (type: DocumentType, when: string) => [...without(type), document(type, 'served', at(when))];
/** The notice handed over on 13 October, a Tuesday: three working days end on the 16th. */
export const noticed = (panel = {}, more: Partial<CaseFacts> = {}) =>
    walk(
        given('penalty', {
            documents: served('priorNotice', '2026-10-13 09:00').map((each) =>
                each.type === 'hearingRightNotice' ? document(each.type, 'served', at('2026-10-13 09:00')) : each,
            ),
            ...more,
        }),
        NOTICED.map(
            ([step, when, data]): Move =>
                step === 'deliberate' ? [step, when, { ...PANEL, ...panel }] : [step, when, data ?? {}],
        ),
    );
