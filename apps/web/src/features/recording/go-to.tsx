import { fill } from '@liuhen/contract';
import { formatMediaTime, formatTime, type Instant, type Interval } from '@liuhen/domain';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { overlayParent } from '../../app/overlay-parent.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { typedMoment } from './typed-moment.ts';

type Props = { extent: Interval; clock: boolean; onGo: (at: Instant) => void; onClose: () => void };

/** Goes to a moment that is typed. */
export function GoTo({ extent, clock, onGo, onClose }: Props) {
    useReturnFocus();
    const text = useText();
    const [words, setWords] = useState('');
    const [wrong, setWrong] = useState(false);
    const say = (at: Instant) => (clock ? formatTime(at) : formatMediaTime(at - extent.start));
    const between = fill(text.playback.goToBetween, { from: say(extent.start), to: say(extent.end) });
    return (
        <Modal open getContainer={overlayParent} title={text.playback.goTo} footer={null} onCancel={onClose} width={360}>
            <form
                onSubmit={(event) => {
                    event.preventDefault();
                    const at = typedMoment(words, extent, clock);
                    setWrong(at === undefined);
                    if (at === undefined) return;
                    onGo(at);
                    onClose();
                }}
            >
                <div className="gate-line">
                    <Input
                        autoFocus
                        value={words}
                        maxLength={12}
                        status={wrong ? 'error' : ''}
                        aria-label={text.playback.goToTime}
                        aria-invalid={wrong}
                        placeholder={say(extent.start)}
                        onChange={({ target }) => setWords(target.value)}
                    />
                    <Button type="primary" htmlType="submit">
                        {text.playback.go}
                    </Button>
                </div>
                <p className="second" role={wrong ? 'alert' : undefined}>
                    {wrong ? fill(text.playback.goToWrong, { between }) : between}
                </p>
            </form>
        </Modal>
    );
}
