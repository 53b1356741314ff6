/** What is equal of two spellings of a name: width, case, blanks and punctuation do not count. */
export const nameKey = (name: string): string =>
    name
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s\p{P}]/gu, '');
