import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { readPosition } from './media-position.ts';

type Props = {
    recordings: readonly { id: string; fileName: string }[];
    onAdd: (moment: { recordingId: string; mediaMs: number }) => void;
};

/** A recording of the act and a position in it. */
export function MomentField({ recordings, onAdd }: Props) {
    const text = useText();
    const words = text.moment;
    const [open, setOpen] = useState(false);
    const [recordingId, setRecordingId] = useState(recordings[0]?.id ?? '');
    const [typed, setTyped] = useState('');
    const mediaMs = readPosition(typed);
    if (!open)
        return (
            <Button type="text" size="small" onClick={() => setOpen(true)}>
                {words.add}
            </Button>
        );
    return (
        <div className="pick-row">
            <Select
                aria-label={words.recording}
                value={recordingId}
                onChange={setRecordingId}
                options={recordings.map((each) => ({ value: each.id, label: each.fileName }))}
                style={{ minWidth: 160 }}
            />
            <Input
                aria-label={words.at}
                placeholder={words.at}
                value={typed}
                onChange={({ target }) => setTyped(target.value)}
                {...(typed !== '' && mediaMs === undefined ? { status: 'error' as const, title: words.wrong } : {})}
            />
            <Button
                disabled={mediaMs === undefined}
                onClick={() => {
                    if (mediaMs === undefined) return;
                    onAdd({ recordingId, mediaMs });
                    setTyped('');
                    setOpen(false);
                }}
            >
                {words.add}
            </Button>
        </div>
    );
}
