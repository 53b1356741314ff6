import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { createContext, type ReactNode, use, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { queryClient, refreshAll } from '../../app/query.ts';
import { sessionQuery } from '../../app/session.ts';
import { UploadQueue, type UploadTask } from './uploads.ts';

type Uploads = {
    queue: UploadQueue;
    tasks: readonly UploadTask[];
    open: boolean;
    setOpen: (open: boolean) => void;
};
const UploadsContext = createContext<Uploads | undefined>(undefined);

const owner = (): string =>
    queryClient.getQueryData<ResponseOf<Endpoints['session.get']>>(sessionQuery.queryKey)?.person.id ?? '';

/** Keeps uploads running whatever page is shown. */
export function UploadsProvider({ children }: { children: ReactNode }) {
    const [queue] = useState(() => new UploadQueue(owner, () => void refreshAll()));
    const [open, setOpen] = useState(false);
    const tasks = useSyncExternalStore(queue.subscribe, queue.snapshot);
    const busy = tasks.some((task) => task.state === 'sending' || task.state === 'hashing' || task.state === 'waiting');
    useEffect(() => {
        if (!busy) return;
        const ask = (event: BeforeUnloadEvent) => event.preventDefault();
        addEventListener('beforeunload', ask);
        return () => removeEventListener('beforeunload', ask);
    }, [busy]);
    const value = useMemo(() => ({ queue, tasks, open, setOpen }), [queue, tasks, open]);
    return <UploadsContext value={value}>{children}</UploadsContext>;
}

export function useUploads(): Uploads {
    const uploads = use(UploadsContext);
    if (uploads === undefined) throw new Error('used outside of UploadsProvider');
    return uploads;
}
