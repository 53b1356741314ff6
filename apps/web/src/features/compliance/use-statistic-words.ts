import { formatPermille } from '@liuhen/domain';
import { useText } from '../../app/language.tsx';

/** Figures that may have nothing to be divided by. */
export function useStatisticWords() {
    const text = useText();
    const { nothing } = text.statistics;
    return {
        /** ‰ as %. */
        share: (permille: number | null) => (permille === null ? nothing : formatPermille(permille)),
        /** Tenths as one decimal place. */
        tenths: (of: number | null) => (of === null ? nothing : (of / 10).toFixed(1)),
    };
}
