import { pinyinInitials } from '@liuhen/domain';

/** As both sides of a search are compared: full-width forms, case and runs of blanks make no difference. */
export const foldForSearch = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** What a row is found by: its texts, and the pinyin initials of the names among them. */
export function searchTextOf(names: readonly (string | null)[], others: readonly (string | null)[] = []): string {
    const given = (of: readonly (string | null)[]) => of.filter((each) => each !== null && each !== '') as string[];
    const folded = [...given(names), ...given(others)].map(foldForSearch);
    return [...folded, ...given(names).flatMap(pinyinInitials)].join('\n');
}

/** A `like` pattern for any part of a search text; `undefined` when there is nothing to look for. */
export function likePattern(typed: string | undefined): string | undefined {
    const folded = foldForSearch(typed ?? '');
    return folded === '' ? undefined : `%${folded.replace(/[\\%_]/g, '\\$&')}%`;
}
