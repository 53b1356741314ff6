import { useNavigate } from '@tanstack/react-router';
import { client } from '../../app/client.ts';
import { forgetSession } from '../../app/session.ts';

/** Ends the session; also when the server does not answer, this machine forgets what was read. */
export function useSignOut() {
    const navigate = useNavigate();
    return async () => {
        await client.call('session.close', {}).catch(() => undefined);
        await navigate({ to: '/sign-in', search: { why: 'signedOut' } }).finally(forgetSession);
    };
}
