import { useEffect, useState } from 'react';
import { useReached } from '../../app/offline/contact.ts';
import { refreshAll } from '../../app/query.ts';
import { useMay, useMe } from '../../app/session.ts';
import { checksOf, type KeptCheck, onChecksChange, sendChecks } from './check-outbox.ts';

const RETRY_MS = 10_000;

/** Beside every page of whoever carries a recorder: sends checks that were made without network. */
export function CheckOutbox() {
    const may = useMay();
    return may('device.use') ? <Runner /> : null;
}

function Runner() {
    const me = useMe();
    const reached = useReached();
    const waiting = useKeptChecks().filter((each) => each.refused === null).length;
    useEffect(() => {
        if (waiting === 0) return;
        const send = () =>
            void sendChecks(me.person.id)
                .then((arrived) => (arrived > 0 ? refreshAll() : undefined))
                .catch(() => undefined);
        if (reached) send();
        const timer = setInterval(send, RETRY_MS);
        return () => clearInterval(timer);
    }, [waiting, reached, me.person.id]);
    return null;
}

/** Checks of whoever is signed in that wait on this device. */
export function useKeptChecks(): readonly KeptCheck[] {
    const me = useMe();
    const [kept, setKept] = useState<readonly KeptCheck[]>([]);
    useEffect(() => {
        let gone = false;
        const read = () =>
            void checksOf(me.person.id)
                .then((found) => {
                    if (!gone) setKept(found);
                })
                .catch(() => undefined);
        read();
        const stop = onChecksChange(read);
        return () => {
            gone = true;
            stop();
        };
    }, [me.person.id]);
    return kept;
}
