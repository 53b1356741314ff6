import type { Endpoints, ResponseOf } from '@liuhen/contract';
import type { Permission } from '@liuhen/domain';
import { useQuery } from '@tanstack/react-query';
import { forgetKept } from './offline/kept-answers.ts';
import { forgetTakenNumbers } from './offline/taken-numbers.ts';
import { ask, queryClient } from './query.ts';

export const sessionQuery = { ...ask('session.get', {}), staleTime: Number.POSITIVE_INFINITY, retry: false };

/** Who is signed in; only used on pages that are behind the sign-in. */
export function useMe() {
    const { data } = useQuery(sessionQuery);
    if (data === undefined) throw new Error('used outside of a session');
    return data;
}

export function useMay(): (permission: Permission) => boolean {
    const { permissions } = useMe();
    return (permission) => permissions.includes(permission);
}

/** What whoever is signed in may do; `undefined` in the moment between the end of a session and the sign-in page. */
export const permissionsNow = (): readonly Permission[] | undefined =>
    queryClient.getQueryData<ResponseOf<Endpoints['session.get']>>(sessionQuery.queryKey)?.permissions;

/**
 * Forgets everything that was read or taken along: the next person at this machine must not see it. To be called when the
 * pages behind the sign-in have been left; they cannot be drawn without knowing whose they are. What somebody wrote and the
 * server does not have stays, for them alone.
 */
export const forgetSession = async (): Promise<void> => {
    queryClient.clear();
    forgetTakenNumbers();
    await forgetKept().catch(() => undefined);
};
