import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { useFormat, useText } from '../../app/language.tsx';
import type { Status } from '../../app/page.tsx';

export type Clock = ResponseOf<Endpoints['device.clock']>;
type Bounds = { readonly lower: number; readonly upper: number };

/** Errors and findings of a clock in words. `offset` is what has to be added: positive where the clock is behind. */
export function useClockWords() {
    const text = useText();
    const format = useFormat();
    const seconds = (ms: number) => String(Math.round(ms / 100) / 10);
    const time = (ms: number) => format.duration(Math.max(1_000, Math.round(Math.abs(ms) / 1_000) * 1_000));

    /** How wrong it is, with how sure that is. */
    const error = ({ lower, upper }: Bounds): string => {
        const middle = (lower + upper) / 2;
        const slack = fill(text.clock.plusMinus, { time: time((upper - lower) / 2) });
        // Less than what the readings can tell is no error.
        if (lower <= 0 && upper >= 0) return `${text.clock.exact} ${slack}`;
        return `${fill(middle > 0 ? text.clock.slow : text.clock.fast, { time: time(middle) })} ${slack}`;
    };

    const rate = ({ lower, upper }: Bounds): string => {
        if (lower >= 0) return fill(text.clock.rate, { lower: seconds(lower), upper: seconds(upper) });
        if (upper <= 0) return fill(text.clock.rateFast, { lower: seconds(-upper), upper: seconds(-lower) });
        return fill(text.clock.rateAbout, { lower: seconds(lower), upper: seconds(upper) });
    };

    const finding = ({ code, params }: Clock['findings'][number]): string => {
        const sentence = (text.clock.findings as Readonly<Record<string, string>>)[code];
        if (sentence === undefined) return code;
        const filled: Record<string, string> = {};
        for (const [name, value] of Object.entries(params)) filled[name] = String(value);
        for (const name of ['from', 'to', 'shown'] as const) {
            const at = params[name];
            if (at !== undefined) filled[name] = format.dateTime(at, 'minute');
        }
        if (params.byMs !== undefined) {
            filled.by = format.duration(Math.abs(params.byMs), 2);
            filled.direction = params.byMs > 0 ? text.clock.forward : text.clock.back;
        }
        if (params.lowerMs !== undefined && params.upperMs !== undefined)
            filled.rate = rate({ lower: params.lowerMs, upper: params.upperMs });
        return fill(sentence, filled);
    };
    return { error, rate, finding };
}

/** A clock that restarts or jumps loses recordings their time; one that strays is only below what 附件2 refers to. */
export const clockStatus = (code: string): Status => (code === 'clock.drift' ? 'judge' : 'act');
