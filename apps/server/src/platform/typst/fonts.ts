import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A font file and the family name that Typst finds in it. */
export type FontFile = { readonly path: string; readonly family: string };

export type FontSet = {
    /** Loaded at start: all of GB 18030's common characters, and about 2,300 rare ones. */
    readonly base: readonly FontFile[];
    /** Looked into only when a character is missing from the base; none has to be there. */
    readonly further: readonly FontFile[];
};

const HERE = dirname(fileURLToPath(import.meta.url));

/** Fonts of the system that hold more of CJK Extension B and later; Debian's packages fonts-hanazono, -babelstone-han, -noto-cjk. */
const SYSTEM_FONTS: readonly FontFile[] = [
    { path: '/usr/share/fonts/truetype/hanazono/HanaMinA.ttf', family: 'HanaMinA' },
    { path: '/usr/share/fonts/truetype/hanazono/HanaMinB.ttf', family: 'HanaMinB' },
    { path: '/usr/share/fonts/truetype/babelstone-han/BabelStoneHan.ttf', family: 'BabelStone Han' },
    { path: '/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc', family: 'Noto Serif CJK SC' },
];

/** The fonts that npm brings, the rare characters beside this file, and what the system has. */
export function installedFonts(): FontSet {
    const serif = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-serif-sc/package.json'));
    return {
        base: [
            { path: join(serif, '400Regular', 'NotoSerifSC_400Regular.ttf'), family: 'Noto Serif SC' },
            { path: join(serif, '700Bold', 'NotoSerifSC_700Bold.ttf'), family: 'Noto Serif SC' },
            { path: join(HERE, 'fonts', 'liuhen-rare-serif.otf'), family: 'Liuhen Rare Serif' },
        ],
        further: SYSTEM_FONTS.filter((font) => existsSync(font.path)),
    };
}
