/** Code points that a TrueType, OpenType or collection file can show (its `cmap` table, formats 4 and 12). */
export function codePointsOf(font: Buffer): Set<number> {
    const found = new Set<number>();
    const collection = font.toString('latin1', 0, 4) === 'ttcf';
    const start = collection ? font.readUInt32BE(12) : 0;
    const cmap = tableOffset(font, start, 'cmap');
    if (cmap === undefined) return found;
    const tables = font.readUInt16BE(cmap + 2);
    for (let at = 0; at < tables; at++) {
        const offset = cmap + font.readUInt32BE(cmap + 4 + at * 8 + 4);
        const format = font.readUInt16BE(offset);
        if (format === 12) readSegmented(font, offset, found);
        if (format === 4) readRanges(font, offset, found);
    }
    return found;
}

function tableOffset(font: Buffer, start: number, tag: string): number | undefined {
    const tables = font.readUInt16BE(start + 4);
    for (let at = 0; at < tables; at++) {
        const record = start + 12 + at * 16;
        if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8);
    }
    return undefined;
}

function readSegmented(font: Buffer, offset: number, found: Set<number>): void {
    const groups = font.readUInt32BE(offset + 12);
    for (let at = 0; at < groups; at++) {
        const group = offset + 16 + at * 12;
        const last = font.readUInt32BE(group + 4);
        for (let point = font.readUInt32BE(group); point <= last; point++) found.add(point);
    }
}

function readRanges(font: Buffer, offset: number, found: Set<number>): void {
    const doubled = font.readUInt16BE(offset + 6);
    for (let at = 0; at < doubled; at += 2) {
        const last = font.readUInt16BE(offset + 14 + at);
        const first = font.readUInt16BE(offset + 16 + doubled + at);
        const delta = font.readUInt16BE(offset + 16 + doubled * 2 + at);
        const rangeAt = offset + 16 + doubled * 3 + at;
        const range = font.readUInt16BE(rangeAt);
        for (let point = first; point <= last && point !== 0xffff; point++) {
            const glyph = range === 0 ? (point + delta) & 0xffff : font.readUInt16BE(rangeAt + range + (point - first) * 2);
            if (glyph !== 0) found.add(point);
        }
    }
}

/** What has no shape of its own: control and format characters, and selectors of a variant that fonts here do not hold. */
const SHAPELESS = /(?!\n)(?:\p{Cc}|\p{Cf}|\p{Variation_Selector})/gu;

/** The text as it can be drawn. */
export const drawable = (text: string): string => text.replace(/\t/g, ' ').replace(SHAPELESS, '');

/** Spaces and line feeds are laid out, not drawn. */
const DRAWN = /[^\n\p{Zs}\p{Zl}\p{Zp}]/u;

/** Characters of `text` that none of the sets holds, once each, in order. */
export function missingFrom(text: string, sets: readonly ReadonlySet<number>[]): string[] {
    return [...new Set(text)].filter((character) => {
        const point = character.codePointAt(0) ?? 0;
        return !sets.some((set) => set.has(point)) && DRAWN.test(character);
    });
}
