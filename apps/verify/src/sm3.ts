/**
 * SM3 as in GB/T 32905-2016, written out after its sections so that it can be read beside them. The pinned libraries have
 * no SM3. Nothing here is secret, so constant time is not asked for.
 */

const BLOCK = 64;
const WORDS = 8;

/** Section 4.1, the initial value. */
const INITIAL = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e] as const;

const rotate = (word: number, bits: number): number => (word << (bits & 31)) | (word >>> ((32 - bits) & 31));

/** Section 4.2, the constants, already rotated as section 5.3.3 uses them. */
const T = Uint32Array.from({ length: 64 }, (_, j) => rotate(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32));

/** Section 4.4, the permutations. */
const p0 = (x: number): number => x ^ rotate(x, 9) ^ rotate(x, 17);
const p1 = (x: number): number => x ^ rotate(x, 15) ^ rotate(x, 23);

/** Digest of 32 bytes. */
export function sm3(message: Uint8Array): Uint8Array {
    const state = Uint32Array.from(INITIAL);
    const whole = message.length - (message.length % BLOCK);
    const blocks = new DataView(message.buffer, message.byteOffset, message.byteLength);
    for (let at = 0; at < whole; at += BLOCK) compress(state, blocks, at);
    const rest = padded(message.subarray(whole), message.length);
    for (let at = 0; at < rest.byteLength; at += BLOCK) compress(state, rest, at);
    const digest = new DataView(new ArrayBuffer(WORDS * 4));
    state.forEach((word, index) => {
        digest.setUint32(index * 4, word);
    });
    return new Uint8Array(digest.buffer);
}

/** Section 5.2: a 1 bit, zero bits, and the length of the whole message in bits as 64 bits. */
function padded(rest: Uint8Array, length: number): DataView {
    const bytes = new Uint8Array(rest.length + 9 > BLOCK ? 2 * BLOCK : BLOCK);
    bytes.set(rest);
    bytes[rest.length] = 0x80;
    const view = new DataView(bytes.buffer);
    view.setBigUint64(bytes.length - 8, BigInt(length) * 8n);
    return view;
}

/** Section 5.3.2: the block's 16 words become 68, and 64 more that are sums of two of them. */
const expanded = new Uint32Array(68);

function expand(block: DataView, at: number): void {
    for (let j = 0; j < 16; j++) expanded[j] = block.getUint32(at + j * 4);
    for (let j = 16; j < 68; j++) {
        const mixed = p1(w(j - 16) ^ w(j - 9) ^ rotate(w(j - 3), 15));
        expanded[j] = mixed ^ rotate(w(j - 13), 7) ^ w(j - 6);
    }
}

const w = (j: number): number => expanded[j] ?? 0;

/** Section 5.3.3, the compression function: FF and GG are those of section 4.3. */
function compress(state: Uint32Array, block: DataView, at: number): void {
    expand(block, at);
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let j = 0; j < 64; j++) {
        const ss1 = rotate((rotate(a, 12) + e + (T[j] ?? 0)) | 0, 7);
        const ss2 = ss1 ^ rotate(a, 12);
        const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
        const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
        const tt1 = (ff + d + ss2 + (w(j) ^ w(j + 4))) | 0;
        const tt2 = (gg + h + ss1 + w(j)) | 0;
        [d, c, b, a] = [c, rotate(b, 9), a, tt1];
        [h, g, f, e] = [g, rotate(f, 19), e, p0(tt2)];
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => {
        state[index] = (state[index] ?? 0) ^ word;
    });
}
