import { fill } from '@liuhen/contract';
import {
    COMPLAINT_STATES,
    DOCUMENT_STATES,
    DOCUMENT_TYPE_IDS,
    documentTypeFacts,
    isScenarioKey,
    PROCEDURE_TABLES,
    PROCEDURES,
    SPECIALITIES,
} from '@liuhen/domain';
import type { ItemOf } from '../../app/query.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import type { Texts } from '../../text/index.ts';

export type Happening = ItemOf<'party.timeline'>;

/** A code of one of our lists in words; what is none stands for itself. */
const inWords = <C extends string>(code: string, codes: readonly C[], words: (known: C) => string): string => {
    const known = codes.find((each) => each === code);
    return known === undefined ? code : words(known);
};

/** What happened, in the words of its noun. */
export function titleWords(text: Texts, { kind, title, state }: Happening, language: 'zh-CN' | 'en'): string {
    switch (kind) {
        case 'act':
            return isScenarioKey(title) ? scenarioWords(text, title) : title;
        case 'document':
            return inWords(title, DOCUMENT_TYPE_IDS, (known) => documentTypeFacts(known)[language === 'en' ? 'en' : 'zh']);
        case 'licence':
            return inWords(title, SPECIALITIES, (known) => text.party.specialities[known]);
        case 'complaint':
            return fill(text.party.complaintWhat, { number: title });
        case 'name':
            return `${state === 'name' ? text.party.subjects.name : text.party.subjects.legalRepresentative} ${title}`;
        case 'merge': {
            const words = state === 'took' ? text.merge.took : state === 'became' ? text.merge.became : text.merge.undoneWords;
            return `${words} ${title}`;
        }
        default:
            return title;
    }
}

export function detailWords(text: Texts, { kind, title, detail }: Happening): string {
    if (detail === null) return '';
    // A document without a number is called by its title, which mostly is its type.
    if (kind === 'document' && inWords(title, DOCUMENT_TYPE_IDS, (known) => documentTypeFacts(known).zh) === detail) return '';
    return kind === 'name' ? fill(text.party.was, { was: detail }) : detail;
}

export function stateWords(text: Texts, { kind, state }: Happening, language: 'zh-CN' | 'en'): string {
    if (state === null) return '';
    switch (kind) {
        case 'act':
            return (text.act.states as Readonly<Record<string, string>>)[state] ?? state;
        case 'recording':
            return (text.recording.states as Readonly<Record<string, string>>)[state] ?? state;
        case 'document':
            return inWords(state, DOCUMENT_STATES, (known) => text.document.states[known]);
        case 'complaint':
            return inWords(state, COMPLAINT_STATES, (known) => text.complaint.states[known]);
        case 'licence':
            return (text.party.licenceStates as Readonly<Record<string, string>>)[state] ?? state;
        case 'case': {
            // A state belongs to its procedure, whose table has the words.
            const [procedure = '', of = ''] = state.split('.');
            const table = PROCEDURES.find((each) => each === procedure);
            const known = table === undefined ? undefined : PROCEDURE_TABLES[table].states[of];
            return known?.[language === 'en' ? 'en' : 'zh'] ?? of;
        }
        case 'name':
        case 'merge':
            return '';
        default:
            return state;
    }
}
