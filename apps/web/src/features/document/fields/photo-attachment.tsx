import { isErrorCode } from '@liuhen/contract';
import type { FieldRow } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ChangeEvent, useEffect, useId, useRef, useState } from 'react';
import { newCommandId } from '../../../app/command-id.ts';
import { useFormat, useText } from '../../../app/language.tsx';
import { Tag } from '../../../app/page.tsx';
import { useMe } from '../../../app/session.ts';
import { offlineChanged } from '../offline-outbox.ts';
import { changePhoto, type KeptPhoto, keepPhoto } from '../photo-store.ts';

type AddProps = { documentId: string; actId: string | null; onAdd: (rows: FieldRow[]) => void };

/** Takes photos with the camera or from the device; each is kept here at once and sent when there is network. */
export function PhotoAdd({ documentId, actId, onAdd }: AddProps) {
    const text = useText();
    const me = useMe();
    const input = useRef<HTMLInputElement>(null);
    const [full, setFull] = useState(false);
    const id = useId();
    const take = async ({ target }: ChangeEvent<HTMLInputElement>) => {
        const files = [...(target.files ?? [])];
        target.value = '';
        const rows: FieldRow[] = [];
        setFull(false);
        for (const [index, file] of files.entries()) {
            const photo = { id: newCommandId(), personId: me.person.id, documentId, actId, name: file.name, bytes: file };
            try {
                await keepPhoto({ ...photo, keptAt: Date.now() + index, uploadUrl: null, refused: null });
                rows.push({ kind: 'photo', ref: photo.id, title: titleOf(file.name), at: 0 });
            } catch {
                setFull(true);
                break;
            }
        }
        if (rows.length > 0) onAdd(rows);
        offlineChanged();
    };
    return (
        <>
            <input
                ref={input}
                id={id}
                type="file"
                accept="image/*"
                multiple
                hidden
                aria-label={text.document.photoAdd}
                onChange={(event) => void take(event)}
            />
            <Button onClick={() => input.current?.click()}>{text.document.photoAdd}</Button>
            {full && (
                <p className="note note-bad" role="alert">
                    {text.kit.full}
                </p>
            )}
        </>
    );
}

const titleOf = (name: string): string =>
    name
        .normalize('NFC')
        .replace(/\.[^.]*$/, '')
        .slice(0, 200);

/** What is known of a photo in a row: on its way with a picture of it, refused with the reason, or a recording. */
export function PhotoState({ recordingId, photo }: { recordingId: string; photo: KeptPhoto | undefined }) {
    const text = useText();
    const format = useFormat();
    if (photo === undefined) {
        return (
            <Link to="/recordings/$id" params={{ id: recordingId }}>
                {text.document.photoOpen}
            </Link>
        );
    }
    const { refused } = photo;
    return (
        <span className="doc-photo">
            <Thumbnail of={photo} />
            {refused === null ? (
                <Tag status="act">{text.document.photoWaits}</Tag>
            ) : (
                <span role="alert">
                    <Tag status="broken">{text.documentOffline.refused}</Tag>{' '}
                    {isErrorCode(refused.code) && format.error(refused.code, { ...refused.params })}{' '}
                    <Button
                        type="link"
                        onClick={() => void changePhoto(photo.id, { refused: null, uploadUrl: null }).then(offlineChanged)}
                    >
                        {text.documentOffline.send}
                    </Button>
                </span>
            )}
        </span>
    );
}

function Thumbnail({ of }: { of: KeptPhoto }) {
    const [url, setUrl] = useState<string>();
    useEffect(() => {
        const made = URL.createObjectURL(of.bytes);
        setUrl(made);
        return () => URL.revokeObjectURL(made);
    }, [of.bytes]);
    return <img src={url} alt={of.name} width={72} height={54} />;
}
