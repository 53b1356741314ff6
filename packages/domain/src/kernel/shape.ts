import { isPlainObject } from './canonical-json.ts';
import { isHex } from './hex.ts';

/** Throws unless `value` (found at `path`, a JSON path) has the shape. */
export type Shape = (value: unknown, path: string) => void;

export type ShapeBreach = 'missingMember' | 'surplusMember' | 'wrongValue';

/** Builders of shapes of JSON values. `refuse` throws the error that the format has for a breach. */
export function createShapes(refuse: (breach: ShapeBreach, path: string) => never) {
    const such =
        (holds: (value: unknown) => boolean): Shape =>
        (value, path) => {
            if (!holds(value)) refuse('wrongValue', path);
        };

    return {
        such,
        text: (pattern: RegExp): Shape => such((value) => typeof value === 'string' && pattern.test(value)),
        integer: (least: number): Shape => such((value) => Number.isSafeInteger(value) && (value as number) >= least),
        hex: (byteLength: number): Shape => such((value) => isHex(value, byteLength)),
        oneOf: (...values: readonly string[]): Shape => such((value) => typeof value === 'string' && values.includes(value)),

        list:
            (each: Shape, most = Number.POSITIVE_INFINITY): Shape =>
            (value, path) => {
                if (!Array.isArray(value) || value.length > most) return refuse('wrongValue', path);
                value.forEach((element, at) => {
                    each(element, `${path}[${at}]`);
                });
            },

        /** Exactly these members, `optional` ones or not. */
        record: (members: Readonly<Record<string, Shape>>, optional: readonly string[] = []): Shape => {
            const shapes = Object.entries(members);
            return (value, path) => {
                if (!isPlainObject(value)) return refuse('wrongValue', path);
                for (const [member, shape] of shapes) {
                    if (Object.hasOwn(value, member)) shape(value[member], `${path}.${member}`);
                    else if (!optional.includes(member)) refuse('missingMember', `${path}.${member}`);
                }
                const surplus = Object.keys(value).find((member) => !Object.hasOwn(members, member));
                if (surplus !== undefined) refuse('surplusMember', `${path}.${surplus.slice(0, 60)}`);
            };
        },
    };
}
