/** Reads bit by bit, with the bytes removed that keep start codes out of the data (ISO/IEC 14496-10, 7.4.1). */
export class Bits {
    readonly #bytes: number[] = [];
    #at = 0;

    constructor(payload: Buffer) {
        for (let at = 0; at < payload.length; at += 1)
            if (!(at >= 2 && payload[at] === 3 && payload[at - 1] === 0 && payload[at - 2] === 0))
                this.#bytes.push(payload[at] ?? 0);
    }

    /** `RangeError` behind the end: a header that is cut off says nothing. */
    u(count: number): number {
        let value = 0;
        for (let each = 0; each < count; each += 1, this.#at += 1) {
            const byte = this.#bytes[this.#at >> 3];
            if (byte === undefined) throw new RangeError('behind the end');
            value = value * 2 + ((byte >> (7 - (this.#at & 7))) & 1);
        }
        return value;
    }

    ue(): number {
        let zeros = 0;
        while (this.u(1) === 0) if (++zeros > 31) throw new RangeError('no such number');
        return 2 ** zeros - 1 + this.u(zeros);
    }

    se(): number {
        const coded = this.ue();
        return coded % 2 === 0 ? -coded / 2 : (coded + 1) / 2;
    }
}

/** What is cut off at the left, right, top and bottom; in H.264 and H.265 alike. */
export const cropping = (bits: Bits): [number, number, number, number] =>
    bits.u(1) === 0 ? [0, 0, 0, 0] : [bits.ue(), bits.ue(), bits.ue(), bits.ue()];
