import { RequestError } from '@liuhen/contract';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { queryClient } from '../../app/query.ts';
import { forgetSession, sessionQuery } from '../../app/session.ts';

/** Whatever answers "sign in first", the page leads to the sign-in and afterwards back to here. */
export function SessionGuard() {
    const navigate = useNavigate();
    const href = useRouterState({ select: (state) => state.location.href });
    useEffect(() => {
        const onError = (error: unknown) => {
            if (!(error instanceof RequestError)) return;
            if (error.code === 'access.signInFirst') {
                void navigate({ to: '/sign-in', search: { next: href, why: 'ended' } }).finally(forgetSession);
            }
            if (error.code === 'access.passwordChangeFirst') {
                void queryClient
                    .invalidateQueries({ queryKey: sessionQuery.queryKey })
                    .then(() => navigate({ to: '/first-password' }));
            }
        };
        const stopQueries = queryClient.getQueryCache().subscribe((event) => {
            if (event.type === 'updated' && event.action.type === 'error') onError(event.action.error);
        });
        const stopCommands = queryClient.getMutationCache().subscribe((event) => {
            if (event.type === 'updated' && event.action.type === 'error') onError(event.action.error);
        });
        return () => {
            stopQueries();
            stopCommands();
        };
    }, [navigate, href]);
    return null;
}
