import { pinyinInitials } from '@liuhen/domain';

/** What a row is found by: its names, which also have initials, and whatever else it says. */
export type Findable = { readonly names: readonly string[]; readonly others: readonly string[] };

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** All that can be looked for in a row, in one text. */
export const findableText = ({ names, others }: Findable): string =>
    [...names, ...others].map(folded).concat(names.flatMap(pinyinInitials)).join('\n');

/** Every word stands somewhere in it, in any order. */
export const isFound = (text: string, typed: string | undefined): boolean =>
    folded(typed ?? '')
        .split(/\s+/)
        .every((word) => text.includes(word));
