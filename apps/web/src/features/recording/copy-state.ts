import type { Endpoints, ResponseOf } from '@liuhen/contract';
import type { DerivedKind } from '@liuhen/domain';

type Recording = Pick<ResponseOf<Endpoints['recording.get']>, 'derivedItems' | 'making'>;
type Item = Recording['derivedItems'][number];

/** What was asked for, and what stood in its place then: by it one knows the new one, whatever any clock says. */
export type Asked = { readonly kind: DerivedKind; readonly before: string };

/** Two makings of one item differ in this, also those that failed. */
const nameOf = (item: Item | undefined): string =>
    item === undefined ? '' : [item.state, item.madeAt, item.reason ?? '', item.sha256 ?? ''].join(' ');

const itemOf = (of: Recording, kind: DerivedKind): Item | undefined => of.derivedItems.find((each) => each.kind === kind);

export const askedNow = (of: Recording, kind: DerivedKind): Asked => ({ kind, before: nameOf(itemOf(of, kind)) });

/** What came of it; `undefined`: it is not there yet. */
export function cameOf(of: Recording, { kind, before }: Asked): Item | undefined {
    const now = itemOf(of, kind);
    return nameOf(now) === before ? undefined : now;
}

/** How far it is, in thousandths; `undefined`: it waits, or another server makes it. */
export const partOf = (of: Recording, kind: DerivedKind): number | undefined =>
    of.making.find((each) => each.kind === kind)?.partMilli;
