const pad = (value: number): string => String(value).padStart(2, '0');

/** `0:02:36` of milliseconds into a recording. */
export function clockOf(milliseconds: number): string {
    const seconds = Math.floor(milliseconds / 1000);
    return `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
}

/** Milliseconds of `1:02:36`, `2:36` or `156`; `undefined` when it is none of these. */
export function millisecondsOf(typed: string): number | undefined {
    const parts = typed.normalize('NFKC').trim().split(':');
    if (parts.length > 3 || !parts.every((part) => /^\d{1,5}$/.test(part))) return undefined;
    const [seconds = 0, minutes = 0, hours = 0] = parts.map(Number).reverse();
    if (parts.length > 1 && seconds > 59) return undefined;
    if (parts.length > 2 && minutes > 59) return undefined;
    return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
