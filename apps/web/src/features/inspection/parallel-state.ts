import type { ParallelState } from '@liuhen/domain';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';

/** What became of an inspection, in a word; a period that is over with nothing drawn is said. */
export function useParallelState(): (of: { readonly state: ParallelState; readonly to: number }) => string {
    const words = useText().inspection;
    const [now] = useState(() => Date.now());
    return ({ state, to }) => (state === 'committed' && to <= now ? words.neverDrawn : words.states[state]);
}
