import { fill } from '@liuhen/contract';
import { Button, Form, Modal } from 'antd';
import { useRef, useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { ActPick, DevicePick, PersonPick } from '../../app/pick-remote.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay } from '../../app/session.ts';
import { useUploads } from './uploads-context.tsx';

type Props = { files: readonly File[]; actId?: string; onClose: () => void };

/** Chooses files and says, where somebody knows, whose they are; the sending itself runs under "tasks". */
export function UploadPanel({ files: given, actId: givenAct, onClose }: Props) {
    useReturnFocus();
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const { queue, setOpen } = useUploads();
    const [files, setFiles] = useState<readonly File[]>(given);
    const [over, setOver] = useState(false);
    const [deviceId, setDeviceId] = useState<string>();
    const [personId, setPersonId] = useState<string>();
    const [actId, setActId] = useState(givenAct);
    const picker = useRef<HTMLInputElement>(null);
    const add = (more: FileList | null) => setFiles((before) => [...before, ...(more ?? [])]);
    const start = () => {
        queue.add(files, { deviceId, personId, actId });
        setOpen(true);
        onClose();
    };
    return (
        <Modal
            open
            title={text.recording.upload}
            onCancel={onClose}
            width={560}
            okText={fill(text.upload.start, { count: files.length })}
            okButtonProps={{ disabled: files.length === 0 }}
            onOk={start}
        >
            <button
                type="button"
                className={`drop${over ? ' over' : ''}`}
                onClick={() => picker.current?.click()}
                onDragOver={(event) => {
                    event.preventDefault();
                    setOver(true);
                }}
                onDragLeave={() => setOver(false)}
                onDrop={(event) => {
                    event.preventDefault();
                    event.stopPropagation();
                    setOver(false);
                    add(event.dataTransfer.files);
                }}
            >
                <strong>{text.upload.pick}</strong>
                <span>{text.upload.drop}</span>
                <span className="faint">{text.upload.hint}</span>
            </button>
            <input
                ref={picker}
                type="file"
                multiple
                hidden
                aria-label={text.upload.pick}
                onChange={({ target }) => add(target.files)}
            />
            {files.length > 0 && (
                <ul className="people picked">
                    {files.map((file, index) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: the same file may be chosen twice
                        <li key={index}>
                            <span className="wrap">
                                {file.name}
                                <span className="faint">
                                    {' '}
                                    · {file.size === 0 ? text.upload.emptyFile : format.bytes(file.size)}
                                </span>
                            </span>
                            <Button
                                size="small"
                                type="text"
                                aria-label={`${text.upload.remove} ${file.name}`}
                                onClick={() => setFiles(files.filter((_, at) => at !== index))}
                            >
                                {text.upload.remove}
                            </Button>
                        </li>
                    ))}
                </ul>
            )}
            <Form layout="vertical" style={{ marginTop: 12 }}>
                <div className="fields">
                    <Form.Item label={`${text.upload.device}${text.common.optional}`} extra={text.upload.deviceHint}>
                        <DevicePick label={text.upload.device} className="whole" value={deviceId} onChange={setDeviceId} />
                    </Form.Item>
                    <Form.Item label={`${text.upload.person}${text.common.optional}`}>
                        <PersonPick label={text.upload.person} className="whole" value={personId} onChange={setPersonId} />
                    </Form.Item>
                    {may('recording.file') && (
                        <Form.Item className="wide" label={`${text.upload.act}${text.common.optional}`}>
                            <ActPick label={text.upload.act} className="whole" value={actId} onChange={setActId} />
                        </Form.Item>
                    )}
                </div>
            </Form>
        </Modal>
    );
}
