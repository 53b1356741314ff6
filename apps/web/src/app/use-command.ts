import type { EndpointId, Endpoints, RequestOf, ResponseOf } from '@liuhen/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from './client.ts';
import { Intent } from './command-id.ts';
import { refreshAll } from './query.ts';

type Options<R> = {
    /** Runs after the pages have been told to read again. */
    onDone?: (result: R) => void;
    /** `false` where the command changes nothing that is on screen. */
    refresh?: boolean;
};

/** A command of the user. Pressing again after an unclear failure sends the same command id, so nothing happens twice. */
export function useCommand<K extends EndpointId>(endpointId: K, options: Options<ResponseOf<Endpoints[K]>> = {}) {
    const [intent] = useState(() => new Intent());
    return useMutation<ResponseOf<Endpoints[K]>, unknown, RequestOf<Endpoints[K]>>({
        mutationFn: (request) => client.call(endpointId, request, { commandId: intent.idFor(request) }),
        onSettled: (_, error) => intent.settled(error ?? undefined),
        onSuccess: (result) => {
            if (options.refresh !== false) void refreshAll();
            options.onDone?.(result);
        },
    });
}
