import { formatTime, type Instant } from '@liuhen/domain';
import { Modal } from 'antd';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { useMay } from '../../app/session.ts';
import { PhotoView } from '../recording/photo-view.tsx';
import type { ActDetail } from './strip-chart-input.ts';
import { photosOf } from './strip-chart-input.ts';

/** Photographs of the recorders at their time, opened large. */
export function ActPhotos({ act, onShow }: { act: ActDetail; onShow: (at: Instant) => void }) {
    const text = useText();
    const may = useMay();
    const [open, setOpen] = useState<ActDetail['recordings'][number]>();
    const photos = photosOf(act);
    if (photos.length === 0) return null;
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
                            </span>
                            {may('recording.play') && (
                                <button type="button" className="linkish no-print" onClick={() => setOpen(photo)}>
                                    {text.photo.open}
                                </button>
                            )}
                        </li>
                    );
                })}
            </ul>
            <Modal
                open={open !== undefined}
                width={960}
                footer={null}
                title={open?.name}
                onCancel={() => setOpen(undefined)}
                destroyOnHidden
            >
                {open !== undefined && <PhotoView key={open.id} id={open.id} name={open.name} />}
            </Modal>
        </Card>
    );
}
