import { useAsk } from './query.ts';
import { useMay } from './session.ts';

/** The departments of the own organisation, for who may see the tree; else none. */
export function useDepartments(): readonly { id: string; name: string }[] {
    const may = useMay();
    const tree = useAsk('organisation.tree', {}, { enabled: may('organisation.view') });
    return tree.data?.organisations.find((each) => each.own)?.departments ?? [];
}
