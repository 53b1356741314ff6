import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { formatPermille, formatTime } from '@liuhen/domain';
import { useText } from '../../app/language.tsx';
import { scenarioWords } from '../../app/scenario-words.ts';

type Item = ResponseOf<Endpoints['act.list']>['items'][number];
type Act = Pick<Item, 'party' | 'place' | 'scenario' | 'standing' | 'state'>;

/** How acts are called and how they stand, in words. */
export function useActWords() {
    const text = useText();
    return {
        /** Party and scenario, as people speak of an act. */
        title: (act: Pick<Act, 'party' | 'place' | 'scenario'>) =>
            [act.party?.name ?? act.place, scenarioWords(text, act.scenario)].filter((each) => each !== '').join(' · '),
        /** The standing in a few words: what was confirmed, else what is open, else the state. */
        standing: ({ standing, state }: Pick<Act, 'standing' | 'state'>) => {
            // Nothing is required yet of what has only been announced.
            if (state === 'planned') return text.act.states.planned;
            const { confirmed, open, waiting } = standing.found;
            if (confirmed > 0) return fill(text.act.found.confirmed, { count: confirmed });
            if (standing.missingOfficers > 0) return fill(text.act.missingOfficers, { count: standing.missingOfficers });
            // Open gaps that only a person can judge (no clock check yet) are not yet somebody's duty.
            if (standing.openGaps > 0 && (standing.record === 'act' || standing.record === 'broken'))
                return fill(text.act.openGaps, { count: standing.openGaps });
            if (open > 0) return fill(text.act.found.open, { count: open });
            if (waiting > 0) return fill(text.act.found.waiting, { count: waiting });
            return text.act.status[standing.status];
        },
        coverage: ({ standing }: Pick<Act, 'standing'>) =>
            standing.coveragePermille === null ? text.common.none : formatPermille(standing.coveragePermille),
    };
}

/** What is known of the time of a recording that cannot be placed on the axis: its start at most. */
export function useUnplacedWords() {
    const text = useText();
    return ({ deviceStart }: { deviceStart: number | null }): string =>
        deviceStart === null ? text.act.noTime : fill(text.act.fromOnly, { time: formatTime(deviceStart) });
}
