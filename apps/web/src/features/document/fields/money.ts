/** Whole fen of an amount of yuan as people type it (`1,500`, `１５００.5`, `1500元`); `undefined` when it is none. */
export function fenOf(typed: string): number | undefined {
    const clean = typed.normalize('NFKC').replace(/[,\s，元¥]/g, '');
    const found = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(clean);
    if (found === null) return undefined;
    return Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
}

/** `1500` or `1500.50`. */
export const yuanOf = (fen: number): string =>
    fen % 100 === 0 ? String(fen / 100) : `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
