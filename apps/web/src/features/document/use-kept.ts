import { useEffect, useState } from 'react';
import { useMe } from '../../app/session.ts';
import { onOfflineChange } from './offline-outbox.ts';

/** What waits on this device for whoever is signed in, as it is now. `read` is one function for as long as the page lives. */
export function useKept<T>(read: (personId: string) => Promise<readonly T[]>): readonly T[] {
    const me = useMe();
    const [kept, setKept] = useState<readonly T[]>([]);
    useEffect(() => {
        let gone = false;
        const readAgain = () =>
            void read(me.person.id)
                .then((found) => {
                    if (!gone) setKept(found);
                })
                .catch(() => undefined);
        readAgain();
        const stop = onOfflineChange(readAgain);
        return () => {
            gone = true;
            stop();
        };
    }, [me.person.id, read]);
    return kept;
}
