import type { ScenarioKey } from '@liuhen/domain';
import { scenarioWords } from '../../app/scenario-words.ts';
import type { Texts } from '../../text/index.ts';

/** `310115/hearing` in the words of the reader; `*` stands for all. */
export function stratumWords(text: Texts, organisations: readonly { code: string; name: string }[], stratum: string): string {
    const cut = stratum.indexOf('/');
    const [code, kind] = [stratum.slice(0, cut), stratum.slice(cut + 1)];
    const parts = [
        ...(code === '*' ? [] : [organisations.find((each) => each.code === code)?.name ?? code]),
        ...(kind === '*' ? [] : [scenarioWords(text, kind as ScenarioKey)]),
    ];
    return parts.length === 0 ? text.inspection.allScenarios : parts.join(' · ');
}
