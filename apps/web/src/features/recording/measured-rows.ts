import { fill } from '@liuhen/contract';
import { useFormat, useText } from '../../app/language.tsx';
import type { InspectionFacts } from './inspection-facts.ts';

/** Faster than this nobody inspects: a receiver that says so is wrong. Metres a second. */
const FASTEST = 60;

/** What was measured in a file beside codec and rate, in words; what was not measured says so. */
export function useMeasuredRows() {
    const text = useText();
    const format = useFormat();
    const { measured } = text;
    const skew = ({ skew: of }: InspectionFacts): string | undefined =>
        of === undefined
            ? undefined
            : fill(measured.skewWhat, {
                  start: format.duration(of.startMs),
                  end: format.duration(of.endMs),
                  drift: format.duration(of.driftMs),
              });
    const positions = ({ positions: of }: InspectionFacts): string => {
        if (of === undefined) return measured.positionsNone;
        const speed = of.fastestMmPerS / 1_000;
        const sources = { udta: measured.positionsUdta, nmea: measured.positionsNmea, gpmf: measured.positionsGpmf };
        const where = (sources as Readonly<Record<string, string>>)[of.source] ?? measured.positionsGpmf;
        const words = fill(where, { place: of.place, fixes: format.count(of.fixes), noFix: format.count(of.noFix) });
        return speed <= FASTEST ? words : format.list([words, fill(measured.tooFast, { speed: Math.round(speed) })]);
    };
    const photo = ({ photo: of }: InspectionFacts): string | undefined =>
        of === undefined
            ? undefined
            : fill(of.taken === undefined ? measured.photoNoTime : measured.photoWhat, { ...of, taken: of.taken ?? '' });
    const whole = { true: measured.wholeYes, stated: measured.wholeStated, undefined: measured.wholeUnknown } as const;
    const signature = ({ signatures: of }: InspectionFacts): string => {
        if (of === undefined) return measured.signatureUnsearched;
        const names = of.found.map((each) => (text.signatures as Readonly<Record<string, string>>)[each] ?? each);
        return names.length === 0
            ? fill(measured.signatureNone, { bytes: format.bytes(of.searchedBytes) })
            : fill(measured.signatureFound, { list: format.list(names) });
    };
    return (facts: InspectionFacts, marks: readonly (keyof typeof text.keyMarks)[]): [string, string | undefined][] => [
        [measured.skew, skew(facts)],
        ...(facts.whole === false ? [] : [[measured.whole, whole[`${facts.whole}`]] as [string, string]]),
        [measured.photo, photo(facts)],
        [measured.positions, positions(facts)],
        [measured.signature, signature(facts)],
        [measured.keyFile, marks.length === 0 ? measured.keyFileNone : format.list(marks.map((each) => text.keyMarks[each]))],
    ];
}
