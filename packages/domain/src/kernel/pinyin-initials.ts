/**
 * First letters of the pinyin of Chinese text, for search only (`sh` finds 上海). No table of readings: ICU's collation
 * for zh-Hans-CN sorts by pinyin, so a character's letter follows from where it stands between the first characters of
 * each letter. ICU knows one reading per character; for those common in names, the others are listed by hand. Beyond
 * that it is approximate for characters with several readings, and empty for rare ones that ICU sorts by stroke.
 */

/** First character of each letter in the order of ICU's pinyin collation; no syllable begins with I, U or V. */
const FIRST: readonly (readonly [letter: string, character: string])[] = [
    ['a', '吖'],
    ['b', '丷'],
    ['c', '嚓'],
    ['d', '咑'],
    ['e', '妸'],
    ['f', '发'],
    ['g', '旮'],
    ['h', '哈'],
    ['j', '丌'],
    ['k', '咔'],
    ['l', '垃'],
    ['m', '呣'],
    ['n', '拏'],
    ['o', '喔'],
    ['p', '妑'],
    ['q', '七'],
    ['r', '呥'],
    ['s', '仨'],
    ['t', '他'],
    ['w', '屲'],
    ['x', '夕'],
    ['y', '丫'],
    ['z', '帀'],
];

/** The last characters sorted by pinyin; what comes after has no reading. */
const LAST = '咗';

/** Second readings of characters common in names of people, places and businesses. */
const ALSO: Readonly<Record<string, string>> = {
    曾: 'z',
    单: 's',
    仇: 'q',
    解: 'x',
    区: 'o',
    查: 'z',
    尉: 'y',
    乐: 'y',
    覃: 'q',
    翟: 'z',
    种: 'c',
    重: 'c',
    行: 'h',
    厦: 'x',
    长: 'c',
    朝: 'z',
    会: 'k',
    藏: 'z',
    宿: 'x',
    调: 't',
    堡: 'p',
    番: 'p',
    校: 'j',
    车: 'j',
};

/** Bounds the readings of a long name with many such characters. */
const MOST_READINGS = 8;

const collator = new Intl.Collator('zh-Hans-CN-u-co-pinyin');
const HAN = /\p{Script=Han}/u;

/**
 * The initials of `text` in lower case, one string for each combination of readings: 曾医生 gives `cys` and `zys`.
 * Latin letters and figures stand for themselves; all else is left out.
 */
export function pinyinInitials(text: string): string[] {
    let found = [''];
    for (const character of text.normalize('NFKC').toLowerCase()) {
        const letters = readings(character);
        if (letters.length === 0) continue;
        const longer = found.flatMap((start) => letters.map((letter) => start + letter));
        found = longer.length <= MOST_READINGS ? longer : found.map((start) => start + letters[0]);
    }
    return found[0] === '' ? [] : [...new Set(found)];
}

function readings(character: string): string[] {
    if (/[a-z0-9]/.test(character)) return [character];
    if (!HAN.test(character)) return [];
    const known = letterOf(character);
    const other = ALSO[character];
    return [...new Set([known, other])].filter((letter) => letter !== undefined);
}

function letterOf(character: string): string | undefined {
    if (collator.compare(character, LAST) > 0) return undefined;
    return FIRST.findLast(([, first]) => collator.compare(first, character) <= 0)?.[0];
}
