import { Modal } from 'antd';
import { useText } from '../../app/language.tsx';
import { overlayParent } from '../../app/overlay-parent.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { PLAYER_KEYS } from './player-keys.ts';

/** Every key of the players and what it does. */
export function PlayerHelp({ onClose }: { onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    return (
        <Modal open getContainer={overlayParent} title={text.playback.keysTitle} footer={null} onCancel={onClose} width={460}>
            <dl className="player-keys">
                {PLAYER_KEYS.map(([keys, what]) => (
                    <div key={what}>
                        <dt>
                            {keys.map((key) => (
                                <kbd key={key}>{key === 'Space' ? text.playback.space : key}</kbd>
                            ))}
                        </dt>
                        <dd>{text.playback.keyOf[what]}</dd>
                    </div>
                ))}
            </dl>
            <p className="second">{text.playback.backwardsWhat}</p>
        </Modal>
    );
}
