import { useEffect, useState } from 'react';
import { useMe } from '../../app/session.ts';
import { onOfflineChange } from './offline-outbox.ts';
import { type KeptPhoto, photosOf } from './photo-store.ts';

/** Photos of whoever is signed in that wait on this device. */
export function usePhotos(): readonly KeptPhoto[] {
    const me = useMe();
    const [photos, setPhotos] = useState<readonly KeptPhoto[]>([]);
    useEffect(() => {
        let gone = false;
        const read = () =>
            void photosOf(me.person.id)
                .then((found) => {
                    if (!gone) setPhotos(found);
                })
                .catch(() => undefined);
        read();
        const stop = onOfflineChange(read);
        return () => {
            gone = true;
            stop();
        };
    }, [me.person.id]);
    return photos;
}
