import { type Build, buildOf, type CatalogueItem, type Force, lacksOf } from '@liuhen/domain';

export type Wanted = { readonly q?: string | undefined; readonly build?: Build | undefined; readonly force?: Force | undefined };

/** Widths of letters and spaces make no difference; the number of a clause finds it. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');

/** Whether a clause is among those asked for: by its words, by what is done about it in either language, or by where it stands. */
export function isWanted({ clause, treatment }: CatalogueItem, { q, build, force }: Wanted): boolean {
    if (build !== undefined && buildOf(treatment) !== build) return false;
    if (force !== undefined && clause.force !== force) return false;
    if (q === undefined) return true;
    const lacks = lacksOf(treatment);
    const all = [
        clause.id,
        clause.article,
        clause.quote,
        clause.en,
        treatment.zh,
        treatment.en,
        lacks?.zh ?? '',
        lacks?.en ?? '',
    ];
    return all.some((each) => plain(each).includes(plain(q)));
}
