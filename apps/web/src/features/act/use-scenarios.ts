import { type Modal, modalOf, SCENARIOS, type ScenarioKey } from '@liuhen/domain';
import { useText } from '../../app/language.tsx';
import { useAsk } from '../../app/query.ts';
import { scenarioWords } from '../../app/scenario-words.ts';

export type ScenarioOption = { value: ScenarioKey; label: string; recording: Modal };

/** Scenarios to choose from: the fixed ones, then those the organisation has added, each with whether recording is a must. */
export function useScenarios(): readonly ScenarioOption[] {
    const text = useText();
    const added = useAsk('act.settings', {}).data?.scenarios ?? [];
    const modals = Object.fromEntries(added.map((each) => [each.scenario, each.recording]));
    const own = added.map((each) => each.scenario).filter((key) => !(SCENARIOS as readonly string[]).includes(key));
    return [...SCENARIOS, ...own].map((value) => ({
        value,
        label: scenarioWords(text, value),
        recording: modalOf(value, modals),
    }));
}

/** What a visit most often turns into while it goes on, for the thumb. */
export const ESCALATIONS: readonly ScenarioKey[] = [
    'evidencePreservation',
    'simpleProcedurePenalty',
    'coerciveMeasure',
    'samplingForEvidence',
    'lienService',
];
