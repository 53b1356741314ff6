import { fill } from '@liuhen/contract';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { client, partingClient } from '../../app/client.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { useMe } from '../../app/session.ts';
import { ViewingGate } from './viewing-gate.tsx';

type Shown = { readonly viewingId: string; readonly contentUrl: string };

/** A photograph, large, behind the registration of its viewing (附件1 第19条) and under the viewer's name. */
export function PhotoView({ id, name }: { id: string; name: string }) {
    const text = useText();
    const { person } = useMe();
    const [shown, setShown] = useState<Shown & { purpose: string }>();
    const [error, setError] = useState<unknown>(null);
    const viewingId = shown?.viewingId;
    useEffect(() => {
        if (viewingId === undefined) return;
        // Nothing of a photograph is played: that it was shown is the viewing itself.
        return () =>
            void partingClient
                .call('recording.closeViewing', { params: { id: viewingId }, body: { played: [] } })
                .catch(() => undefined);
    }, [viewingId]);
    const [unseen, setUnseen] = useState(false);
    const open = (purpose: string) => {
        setError(null);
        setUnseen(false);
        client.call('recording.openViewing', { params: { id }, body: { purpose } }).then(
            (opened) => setShown({ ...opened, purpose }),
            (cause: unknown) => setError(cause),
        );
    };
    if (shown === undefined)
        return (
            <>
                <ErrorNote error={error} of="command" />
                <ViewingGate ended={false} onOpen={open} />
            </>
        );
    if (unseen)
        return (
            <div className="empty-small" role="alert">
                <p>{text.photo.unseen}</p>
                <ErrorNote error={error} of="command" />
                <Button onClick={() => open(shown.purpose)}>{text.common.retry}</Button>
            </div>
        );
    return (
        <figure className="photo-large">
            <img onError={() => setUnseen(true)} src={shown.contentUrl} alt={fill(text.photo.of, { name })} />
            <div className="cam-mark" aria-hidden="true">
                {`${person.name} ${shown.purpose}`}
            </div>
        </figure>
    );
}
