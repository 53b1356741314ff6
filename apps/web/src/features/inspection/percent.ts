/** Thousandths as points of a hundred with one decimal: 924 → `92.4`; nothing where there is no score. */
export const formatPercent = (score: number | null): string => (score === null ? '—' : (score / 10).toFixed(1));
