/** Width of a letter at the head of a printed column, points: of 7.5 pt letters the wide ones. */
const LETTER = 4.6;
/** What stands left and right of a head, points. */
const BESIDE = 6;
/** What the first and the last column have more of it, points. */
const EDGE = 10;

/** The least width of a column on screen, pixels, by its track of the grid. */
export const leastWidth = (track: string): number => Number(/(\d+)px/.exec(track)?.[1] ?? 80);

/** Letters of the longest piece of a head that cannot be broken; Chinese is broken after every character. */
const longestWord = (title: string): number => Math.max(...title.split(/[\s\p{Script=Han}]+/u).map((word) => word.length), 2);

/**
 * Tracks of a printed list: columns share the width of the sheet as they do on screen, but none is narrower than the
 * longest word of its head. Where these words together are wider than the sheet, each gets its share of it.
 */
export function sheetColumns(columns: readonly { title: string; width: string }[]): string {
    const beside = (index: number) => (index === 0 || index === columns.length - 1 ? BESIDE + EDGE : BESIDE);
    const words = columns.map(({ title }, index) => longestWord(title) * LETTER + beside(index));
    const all = words.reduce((sum, each) => sum + each, 0);
    return columns
        .map(({ width }, index) => {
            const word = words[index] ?? 0;
            const share = ((word / all) * 100).toFixed(2);
            return `minmax(min(${word.toFixed(1)}pt, ${share}%), ${leastWidth(width)}fr)`;
        })
        .join(' ');
}
