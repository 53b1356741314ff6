import { useEffect } from 'react';
import { useMe } from '../../app/session.ts';
import { sendUnclosed } from './unclosed-viewings.ts';

const AGAIN_MS = 60_000;

/** Sends what was played of viewings whose end never reached the server: when somebody comes, and when the network comes back. */
export function UnclosedRunner() {
    const { person } = useMe();
    useEffect(() => {
        const send = () => void sendUnclosed(person.id);
        send();
        const timer = setInterval(send, AGAIN_MS);
        addEventListener('online', send);
        return () => {
            clearInterval(timer);
            removeEventListener('online', send);
        };
    }, [person.id]);
    return null;
}
