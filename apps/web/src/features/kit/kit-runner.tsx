import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { knock } from '../../app/client.ts';
import { isReached, useReached } from '../../app/offline/contact.ts';
import { keepSession } from '../../app/offline/kept-answers.ts';
import { keepProgram } from '../../app/offline/program.ts';
import { refreshAll } from '../../app/query.ts';
import { useMay, useMe } from '../../app/session.ts';
import { fetchAllPages } from '../../routes/fetched.ts';
import { takeMineAlong } from './take-along.ts';

const OLD_MS = 10 * 60_000;
const ASK_AGAIN_MS = 10_000;

/** Whoever writes documents has on the device what is needed at the scene; everybody has the program of the pages. */
export function KitRunner() {
    const me = useMe();
    const may = useMay();
    const reached = useReached();
    const { pathname } = useLocation();
    const ready = useRef(false);
    const takenAt = useRef(0);
    const writes = may('document.write') && may('act.list');
    useEffect(() => {
        if (!reached) return;
        let gone = false;
        void fetchAllPages().then(async () => {
            ready.current = true;
            // The network may have gone since: then it is done when it is back.
            await knock();
            if (!gone && isReached()) await keepProgram().catch(() => undefined);
        });
        return () => {
            gone = true;
        };
    }, [reached]);
    useEffect(() => {
        if (reached) void keepSession(me).catch(() => undefined);
    }, [me, reached]);
    // With a step of the person, never by a clock: asking moves the idle limit of the session.
    // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the page is the step
    useEffect(() => {
        if (!writes || !reached || Date.now() - takenAt.current < OLD_MS) return;
        const timer = setTimeout(
            () => {
                takenAt.current = Date.now();
                void takeMineAlong(me).catch(() => {
                    takenAt.current = 0;
                });
            },
            ready.current ? 500 : 2_000,
        );
        return () => clearTimeout(timer);
    }, [writes, reached, me, pathname]);
    useAskAgain(reached);
    return null;
}

/** While the server is away it is asked now and then; when it is back, everything on the screen is read again. */
function useAskAgain(reached: boolean): void {
    const wasAway = useRef(!reached);
    useEffect(() => {
        if (reached) {
            if (wasAway.current) void refreshAll();
            wasAway.current = false;
            return;
        }
        wasAway.current = true;
        const look = () => void knock();
        const timer = setInterval(look, ASK_AGAIN_MS);
        window.addEventListener('online', look);
        return () => {
            clearInterval(timer);
            window.removeEventListener('online', look);
        };
    }, [reached]);
}
