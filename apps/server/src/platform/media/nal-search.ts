/**
 * Supplemental enhancement information (H.264, 7.3.2.3 and D.1.7; H.265, 7.3.2.4) in coded pictures: `user_data_unregistered`
 * messages name their author by a UUID. Only UUIDs that were read in their authors' published source are known here; GB 35114
 * is not among them, since the numbers of its units in H.264 and H.265 were not to be had.
 */
export const KNOWN_SEI: Readonly<Record<string, 'axisSignedVideo' | 'onvifMediaSigning' | 'x264'>> = {
    // AxisCommunications/signed-video-framework, lib/src: kUuidSignedVideo, the ASCII of `Signed Video...0`.
    '5369676e656420566964656f2e2e2e30': 'axisSignedVideo',
    // onvif/media-signing-framework, lib/src/oms_common.c: kUuidMediaSigning.
    '005bc93f2d715e95ada4796f90877a6f': 'onvifMediaSigning',
    // x264, encoder/set.c, x264_sei_version_write: the encoder's own name and settings follow.
    dc45e9bde6d948b7962cd820d923eeef: 'x264',
};

export type SeiFound = { readonly known: (typeof KNOWN_SEI)[string]; readonly text: string };

/** So much of a unit is looked at: the messages sought come with their UUID first. */
const LONGEST_UNIT = 4_096;
const MOST_UNITS = 64;
const USER_DATA_UNREGISTERED = 5;

/** `lengthSize`: bytes of the length before each unit (ISO/IEC 14496-15); `undefined`: start codes (Annex B). */
export function seiIn(packet: Uint8Array, codec: 'avc' | 'hevc', lengthSize: number | undefined): SeiFound[] {
    const found: SeiFound[] = [];
    let count = 0;
    for (const unit of lengthSize === undefined ? byStartCode(packet) : byLength(packet, lengthSize)) {
        if (count++ >= MOST_UNITS) break;
        const body = seiBody(unit, codec);
        if (body !== undefined) found.push(...messagesIn(withoutEmulation(body)));
    }
    return found;
}

function seiBody(unit: Uint8Array, codec: 'avc' | 'hevc'): Uint8Array | undefined {
    const header = unit[0] ?? 0;
    if (codec === 'avc') return (header & 0x1f) === 6 ? unit.subarray(1, LONGEST_UNIT) : undefined;
    const type = (header >> 1) & 0x3f;
    return type === 39 || type === 40 ? unit.subarray(2, LONGEST_UNIT) : undefined;
}

function* byLength(bytes: Uint8Array, size: number): Generator<Uint8Array> {
    for (let at = 0; at + size <= bytes.length; ) {
        let length = 0;
        for (let index = 0; index < size; index++) length = length * 256 + (bytes[at + index] ?? 0);
        yield bytes.subarray(at + size, Math.min(bytes.length, at + size + length));
        at += size + length;
    }
}

function* byStartCode(bytes: Uint8Array): Generator<Uint8Array> {
    let begun: number | undefined;
    for (let at = 0; at + 2 < bytes.length; at++) {
        if (bytes[at] !== 0 || bytes[at + 1] !== 0 || bytes[at + 2] !== 1) continue;
        if (begun !== undefined) yield bytes.subarray(begun, at);
        begun = at + 3;
        at += 2;
    }
    if (begun !== undefined) yield bytes.subarray(begun);
}

/** H.264, 7.3.1: 0x000003 stands for 0x0000. */
function withoutEmulation(bytes: Uint8Array): Uint8Array {
    const plain = new Uint8Array(bytes.length);
    let length = 0;
    for (let at = 0; at < bytes.length; at++) {
        if (at >= 2 && bytes[at] === 3 && bytes[at - 1] === 0 && bytes[at - 2] === 0) continue;
        plain[length++] = bytes[at] ?? 0;
    }
    return plain.subarray(0, length);
}

function messagesIn(bytes: Uint8Array): SeiFound[] {
    const found: SeiFound[] = [];
    let at = 0;
    const number = (): number => {
        let value = 0;
        while (bytes[at] === 0xff) {
            value += 255;
            at++;
        }
        return value + (bytes[at++] ?? 0);
    };
    // 0x80 alone is the trailing bit.
    while (at + 2 < bytes.length && found.length < 16) {
        const [type, size] = [number(), number()];
        if (type === USER_DATA_UNREGISTERED && size >= 16 && at + 16 <= bytes.length) {
            const known = KNOWN_SEI[Buffer.from(bytes.subarray(at, at + 16)).toString('hex')];
            const text = Buffer.from(bytes.subarray(at + 16, Math.min(bytes.length, at + size))).toString('latin1');
            if (known !== undefined) found.push({ known, text: text.slice(0, 80) });
        }
        at += size;
    }
    return found;
}
