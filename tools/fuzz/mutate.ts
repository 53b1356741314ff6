/** Chance that can be had again: mulberry32. */
export function chance(seed: number): (below: number) => number {
    let state = seed >>> 0;
    return (below) => {
        state = (state + 0x6d2b79f5) >>> 0;
        let t = state;
        t = Math.imul(t ^ (t >>> 15), t | 1);
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
        return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
    };
}

const BYTES = [0, 1, 0x0a, 0x20, 0x2d, 0x30, 0x3d, 0x7f, 0x80, 0x81, 0x82, 0xa0, 0xfe, 0xff];
/** An input may grow to this; parsers are asked about longer ones in tests of their own. */
const MOST_BYTES = 8_192;

/** Another input from these, by one to five changes of the kinds that parsers stumble over. */
export function mutated(corpus: readonly Uint8Array[], random: (below: number) => number): Uint8Array {
    let bytes = Uint8Array.from(corpus[random(corpus.length)] ?? []);
    for (let change = random(5); change >= 0; change--) bytes = changed(bytes, corpus, random);
    return bytes.length > MOST_BYTES ? bytes.slice(0, MOST_BYTES) : bytes;
}

function changed(
    bytes: Uint8Array<ArrayBuffer>,
    corpus: readonly Uint8Array[],
    random: (below: number) => number,
): Uint8Array<ArrayBuffer> {
    const at = random(bytes.length + 1);
    const length = 1 + random(random(4) === 0 ? 64 : 4);
    const join = (from: number, middle: Uint8Array | number[], to: number) =>
        Uint8Array.from([...bytes.subarray(0, from), ...middle, ...bytes.subarray(to)]);
    switch (random(9)) {
        case 0:
            return join(at, [(bytes[at] ?? 0) ^ (1 << random(8))], at + 1);
        case 1:
            return join(at, [BYTES[random(BYTES.length)] ?? 0], at + 1);
        case 2:
            return join(at, [random(256)], at + 1);
        case 3:
            return join(at, [], at + length);
        case 4:
            return join(at, bytes.subarray(at, at + length), at);
        case 5:
            return join(
                at,
                Array.from({ length }, () => BYTES[random(BYTES.length)] ?? 0),
                at,
            );
        case 6: {
            const other = corpus[random(corpus.length)] ?? bytes;
            const from = random(other.length + 1);
            return join(at, other.subarray(from, from + length * 4), at + random(length * 4 + 1));
        }
        case 7:
            // One more, one less, at the edge of a byte.
            return join(at, [((bytes[at] ?? 0) + (random(2) === 0 ? 1 : 255)) & 0xff], at + 1);
        default: {
            const [from, to] = [at, random(bytes.length + 1)].sort((a, b) => a - b) as [number, number];
            return random(3) === 0
                ? bytes.slice(0, at)
                : join(random(bytes.length + 1), bytes.subarray(from, Math.min(to, from + 200)), bytes.length);
        }
    }
}
