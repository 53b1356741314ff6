import { useEffect, useState } from 'react';
import { useMe } from '../../app/session.ts';
import { type OfflineDraft, offlineDraftsOf } from './offline-draft.ts';
import { onOfflineChange } from './offline-outbox.ts';

/** Documents of whoever is signed in that wait on this device. */
export function useOfflineDrafts(): readonly OfflineDraft[] {
    const me = useMe();
    const [drafts, setDrafts] = useState<readonly OfflineDraft[]>([]);
    useEffect(() => {
        let gone = false;
        const read = () =>
            void offlineDraftsOf(me.person.id)
                .then((found) => {
                    if (!gone) setDrafts(found);
                })
                .catch(() => undefined);
        read();
        const stop = onOfflineChange(read);
        return () => {
            gone = true;
            stop();
        };
    }, [me.person.id]);
    return drafts;
}
