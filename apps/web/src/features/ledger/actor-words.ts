import { SYSTEM_ID } from '@liuhen/domain';
import { useFormat, useText } from '../../app/language.tsx';
import type { ItemOf } from '../../app/query.ts';

/** Who made an entry: somebody of the own organisation, of another one, which is named, or the system. */
export function useActorWords(): (actor: ItemOf<'ledger.list'>['actor']) => string {
    const { log } = useText();
    const format = useFormat();
    return ({ id, name, organisation }) => {
        if (name === null) return id === SYSTEM_ID ? log.system : log.unknownActor;
        return organisation === null ? name : `${name}${format.brackets(organisation)}`;
    };
}
