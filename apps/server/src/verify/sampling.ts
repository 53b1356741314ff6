/**
 * Says of one file after another whether it is in the sample: every nth from a random start, so that the part is exact
 * and nobody can tell beforehand which. `part` from 0 to 1; `random` gives a number in [0, 1).
 */
export function sampler(part: number, random: () => number): () => boolean {
    if (part >= 1) return () => true;
    let sum = random();
    return () => {
        sum += part;
        if (sum < 1) return false;
        sum -= 1;
        return true;
    };
}
