import type { Id } from '../kernel/ids.ts';

export type OrganisationPlace = { readonly id: Id; readonly parentId: Id | null; readonly kind: string };

/**
 * Whose acts an organisation may inspect (正文四(四)): its own and those of all beneath it; the city's institute also those beneath
 * the city's commission, whose institute it is.
 */
export function inspectableBy(tree: readonly OrganisationPlace[], own: Id): Id[] {
    const place = tree.find((each) => each.id === own);
    if (place === undefined) return [];
    const top = place.kind === 'cityInstitute' && place.parentId !== null ? place.parentId : own;
    const reached = new Set<Id>([top]);
    const children = Map.groupBy(tree, (each) => each.parentId);
    for (const id of reached) for (const child of children.get(id) ?? []) reached.add(child.id);
    return tree.map((each) => each.id).filter((id) => reached.has(id));
}

/** Who may inspect an organisation, itself among them: in whose campaigns it can stand. */
export const inspectorsOf = (tree: readonly OrganisationPlace[], own: Id): Id[] =>
    tree.map((each) => each.id).filter((id) => inspectableBy(tree, id).includes(own));
