import { Button, Input } from 'antd';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';

/** Nobody looks without saying why: the purpose first, then the picture. */
export function ViewingGate({ onOpen, ended }: { onOpen: (purpose: string) => void; ended: boolean }) {
    const text = useText();
    const [typed, setPurpose] = useState<string>();
    const purpose = typed ?? text.recording.purposes[0] ?? '';
    return (
        <form
            className="gate"
            onSubmit={(event) => {
                event.preventDefault();
                if (purpose.trim() !== '') onOpen(purpose.trim());
            }}
        >
            {ended && <p role="status">{text.recording.viewingEnded}</p>}
            <div className="chips">
                {text.recording.purposes.map((each) => (
                    <button
                        key={each}
                        type="button"
                        className="chip"
                        aria-pressed={purpose === each}
                        onClick={() => setPurpose(each)}
                    >
                        {each}
                    </button>
                ))}
            </div>
            <div className="gate-line">
                <Input
                    value={purpose}
                    required
                    aria-label={text.recording.purpose}
                    placeholder={text.recording.purpose}
                    onChange={({ target }) => setPurpose(target.value)}
                />
                <Button type="primary" htmlType="submit" disabled={purpose.trim() === ''}>
                    {text.recording.openViewing}
                </Button>
            </div>
            <p className="faint">{text.recording.purposeHint}</p>
        </form>
    );
}
