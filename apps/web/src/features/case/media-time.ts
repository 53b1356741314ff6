/** A place in a recording as people type it: `12:40`, `1:02:05`, `12：40.5`; milliseconds, or `undefined` when it is none. */
export function readMediaTime(typed: string): number | undefined {
    const parts = typed.normalize('NFKC').trim().split(':');
    if (parts.length < 2 || parts.length > 3 || !parts.every((part) => /^\d{1,3}(\.\d{1,3})?$/.test(part))) return undefined;
    const [seconds, minutes, hours = 0] = parts.map(Number).reverse();
    if (seconds === undefined || minutes === undefined || seconds >= 60 || (parts.length === 3 && minutes >= 60))
        return undefined;
    return Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000);
}
