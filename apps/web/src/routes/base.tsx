import { RequestError } from '@liuhen/contract';
import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { isLeaving } from '../app/offline/leaving.ts';
import { queryClient } from '../app/query.ts';
import { sessionQuery } from '../app/session.ts';
import { CrashPage, NotFoundPage } from './fallbacks.tsx';
import { fetched } from './fetched.ts';
import { Shell } from './shell.tsx';

/** A page whose code comes when it is first gone to. */
export const page = <T extends Record<string, unknown>, K extends keyof T & string>(load: () => Promise<T>, name: K) =>
    lazyRouteComponent(fetched(load), name);

export const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: CrashPage });

/** Everything behind the sign-in. A first password is changed before anything else. */
export const signedIn = createRoute({
    getParentRoute: () => root,
    id: 'signed-in',
    beforeLoad: async ({ location }) => {
        // Signed out while the server was away: it has to hear of that before anybody goes on.
        if (await isLeaving()) throw redirect({ to: '/sign-in', search: { why: 'signedOut' }, replace: true });
        const me = await queryClient.ensureQueryData(sessionQuery).catch((error: unknown) => {
            if (!(error instanceof RequestError)) throw error;
            if (error.code === 'setup.needed') throw redirect({ to: '/setup', replace: true });
            if (error.code === 'access.passwordChangeFirst') return undefined;
            if (error.status !== 401 && error.status !== 403) throw error;
            throw redirect({ to: '/sign-in', search: location.pathname === '/' ? {} : { next: location.href }, replace: true });
        });
        if (me?.mustChangePassword !== false && location.pathname !== '/first-password') {
            throw redirect({ to: '/first-password', replace: true });
        }
    },
    component: Outlet,
});

export const shell = createRoute({ getParentRoute: () => signedIn, id: 'shell', component: Shell });
