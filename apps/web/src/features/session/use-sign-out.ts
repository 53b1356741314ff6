import { useNavigate } from '@tanstack/react-router';
import { leave } from '../../app/offline/leaving.ts';
import { forgetSession } from '../../app/session.ts';

/** Ends the session; also when the server does not answer, this machine forgets what was read and what was taken along. */
export function useSignOut() {
    const navigate = useNavigate();
    return async () => {
        await leave();
        await navigate({ to: '/sign-in', search: { why: 'signedOut' } }).finally(forgetSession);
    };
}
