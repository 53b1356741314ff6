/** `1:02:03` or `02:03` as milliseconds of a recording; undefined of anything else. */
export function readPosition(typed: string): number | undefined {
    const found = /^(?:(\d{1,3})[:：])?(\d{1,2})[:：](\d{2})$/.exec(typed.trim());
    if (found === null) return undefined;
    const [hours, minutes, seconds] = [Number(found[1] ?? 0), Number(found[2]), Number(found[3])];
    return minutes > 59 || seconds > 59 ? undefined : ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}
