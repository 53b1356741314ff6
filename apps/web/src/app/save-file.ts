import { RequestError, requestErrorOf } from '@liuhen/contract';
import { useMutation } from '@tanstack/react-query';
import { downloadBlob } from './csv.ts';

/** Fetches a file that is handed on byte by byte, and saves it under this name. A refusal is shown as one, not saved. */
export const useSaveFile = () =>
    useMutation<void, unknown, { readonly path: string; readonly name: string }>({
        mutationFn: async ({ path, name }) => {
            const response = await fetch(path).catch((cause: unknown) => {
                throw new RequestError(0, { code: 'server.unavailable', params: {}, requestId: '' }, { cause });
            });
            if (!response.ok) throw await requestErrorOf(response);
            downloadBlob(name, await response.blob());
        },
    });
