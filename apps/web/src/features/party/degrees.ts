/**
 * Degrees as typed (`31.2304`, full-width digits allowed) in ten-millionths of a degree; `undefined` when it is not a
 * number, has more than seven decimals or lies beyond `limit` degrees. Computed on text, so nothing is rounded.
 */
export function degreesE7(typed: string, limit: 90 | 180): number | undefined {
    const match = /^([-+]?)(\d{1,3})(?:\.(\d{1,7}))?$/.exec(typed.normalize('NFKC').trim());
    if (match === null) return undefined;
    const [, sign, whole = '0', fraction = ''] = match;
    const value = Number(whole) * 10_000_000 + Number(fraction.padEnd(7, '0'));
    if (value > limit * 10_000_000) return undefined;
    return sign === '-' && value !== 0 ? -value : value;
}

/** `31.2304000` as people read it: no trailing zeros beyond five decimals. */
export function degreesText(e7: number): string {
    const digits = String(Math.abs(e7)).padStart(8, '0');
    const fraction = digits.slice(-7).replace(/0{1,2}$/, '');
    return `${e7 < 0 ? '−' : ''}${digits.slice(0, -7)}.${fraction}`;
}

/** The same as it is typed: with the hyphen of the keyboard, and nothing left out that was given. */
export const degreesInput = (e7: number): string => degreesText(e7).replace('−', '-');
