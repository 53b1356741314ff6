import { useEffect } from 'react';
import { useReached } from '../../app/offline/contact.ts';
import { useAsk } from '../../app/query.ts';
import { useMay, useMe } from '../../app/session.ts';
import { sendOffline } from './offline-outbox.ts';
import { keepBlocks } from './reserved-numbers.ts';
import { terminalName } from './terminal.ts';
import { useOfflineDrafts } from './use-offline-drafts.ts';
import { usePhotos } from './use-photos.ts';

const RETRY_MS = 10_000;

/** Runs beside every page of whoever writes documents: sends what waits, and keeps this terminal's numbers at hand. */
export function OfflineOutbox() {
    const may = useMay();
    return may('document.write') ? <Runner /> : null;
}

function Runner() {
    const me = useMe();
    const personId = me.person.id;
    const drafts = useOfflineDrafts();
    const photos = usePhotos();
    const waiting = [...drafts, ...photos].filter((each) => each.refused === null).length;
    const reached = useReached();
    const terminal = terminalName();
    const blocks = useAsk('document.numberBlocks', { query: { state: 'open', personId } }, { enabled: terminal !== '' });
    useEffect(() => {
        if (blocks.data !== undefined) keepBlocks(personId, terminal, blocks.data.items);
    }, [blocks.data, personId, terminal]);
    useEffect(() => {
        const send = () => void sendOffline(personId).catch(() => undefined);
        if (reached) send();
        window.addEventListener('online', send);
        return () => window.removeEventListener('online', send);
    }, [personId, reached]);
    useEffect(() => {
        if (waiting === 0) return;
        const timer = setInterval(() => void sendOffline(personId).catch(() => undefined), RETRY_MS);
        return () => clearInterval(timer);
    }, [personId, waiting]);
    return null;
}
