/** Thousandths as points of a hundred with one decimal: 924 → `92.4`; nothing where there is no score. */
export const formatPercent = (score: number | null): string => (score === null ? '—' : (score / 10).toFixed(1));

/** The same for a difference, with its sign: `+8.4`, `−8.4`, `0.0`. */
export const formatDifference = (by: number | null): string =>
    by === null ? '—' : `${by > 0 ? '+' : by < 0 ? '−' : ''}${formatPercent(Math.abs(by))}`;
