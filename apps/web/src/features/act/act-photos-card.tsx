import { formatTime, type Id, type Instant } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { Modal } from 'antd';
import { Fragment } from 'react';
import { useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { useMay } from '../../app/session.ts';
import { PhotoView } from '../recording/photo-view.tsx';
import type { ActDetail } from './strip-chart-input.ts';
import { photosOf } from './strip-chart-input.ts';

type Props = {
    act: ActDetail;
    /** The photograph that is open, by its id; it may be opened from elsewhere on the page. */
    open: Id | undefined;
    onOpen: (id: Id | undefined) => void;
    onShow: (at: Instant) => void;
};

/** Photographs of the recorders at their time, opened large. */
export function ActPhotos({ act, open: openId, onOpen, onShow }: Props) {
    const text = useText();
    const may = useMay();
    const photos = photosOf(act);
    const open = photos.find((each) => each.id === openId);
    const filed = new Set(act.recordings.map((each) => each.id));
    // A document may name a photograph that has not arrived yet, or lies elsewhere: it is said, not left out.
    const elsewhere = act.attached.filter((each) => each.kind === 'photo' && !filed.has(each.recordingId));
    if (photos.length === 0 && elsewhere.length === 0) return null;
    return (
        <Card title={text.photo.title} small={photos.length} screenOnly>
            <ul className="people">
                {photos.map((photo) => {
                    const at = photo.correctedStart?.at ?? photo.deviceStart;
                    return (
                        <li key={photo.id}>
                            <span className="wrap">
                                {at !== null && (
                                    <button type="button" className="linkish mono" onClick={() => onShow(at)}>
                                        {formatTime(at)}
                                    </button>
                                )}{' '}
                                {photo.name}
                                <NamedIn of={act.attached.filter((each) => each.recordingId === photo.id)} />
                            </span>
                            {may('recording.play') && (
                                <button type="button" className="linkish no-print" onClick={() => onOpen(photo.id)}>
                                    {text.photo.open}
                                </button>
                            )}
                        </li>
                    );
                })}
                {elsewhere.map((each) => (
                    <li key={`${each.documentId} ${each.recordingId}`}>
                        <span className="wrap">
                            {each.title === '' ? text.photo.unnamed : each.title}
                            <span className="second">{text.photo.elsewhere}</span>
                            <NamedIn of={[each]} />
                        </span>
                    </li>
                ))}
            </ul>
            <Modal
                open={open !== undefined}
                width={960}
                footer={null}
                title={open?.name}
                onCancel={() => onOpen(undefined)}
                destroyOnHidden
            >
                {open !== undefined && <PhotoView key={open.id} id={open.id} name={open.name} />}
            </Modal>
        </Card>
    );
}

/** The documents that name a photograph. */
function NamedIn({ of }: { of: ActDetail['attached'] }) {
    const text = useText();
    const may = useMay();
    if (of.length === 0) return null;
    return (
        <span className="second">
            {text.photo.namedIn}{' '}
            {of.map(({ documentId, documentTitle }, index) => (
                <Fragment key={documentId}>
                    {index > 0 && ' · '}
                    {may('document.list') ? (
                        <Link to="/documents/$id" params={{ id: documentId }} lang="zh-CN">
                            {documentTitle}
                        </Link>
                    ) : (
                        documentTitle
                    )}
                </Fragment>
            ))}
        </span>
    );
}
