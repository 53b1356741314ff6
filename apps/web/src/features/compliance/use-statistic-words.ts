import { type ComplianceRates, formatPermille, isShare, RATE_OF, type StatisticMeasure } from '@liuhen/domain';
import { useText } from '../../app/language.tsx';

/** Figures that may have nothing to be divided by. */
export function useStatisticWords() {
    const text = useText();
    const { nothing } = text.statistics;
    const share = (permille: number | null) => (permille === null ? nothing : formatPermille(permille));
    const tenths = (of: number | null) => (of === null ? nothing : (of / 10).toFixed(1));
    return {
        /** ‰ as %. */
        share,
        /** Tenths as one decimal place. */
        tenths,
        /** The rate of a measure, in whichever of the two it is. */
        rate: (measure: StatisticMeasure, of: ComplianceRates) => (isShare(measure) ? share : tenths)(of[RATE_OF[measure]]),
    };
}
