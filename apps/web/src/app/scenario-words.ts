import { ownScenarioName, type Scenario, type ScenarioKey } from '@liuhen/domain';
import type { Texts } from '../text/index.ts';

/** What a scenario is called: an added one bears its own name. */
export const scenarioWords = (text: Texts, key: ScenarioKey): string =>
    ownScenarioName(key) ?? text.act.scenarios[key as Scenario];
