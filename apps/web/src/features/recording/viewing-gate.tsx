import { fill } from '@liuhen/contract';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';

/** For a review sheet the sheet is the reason, and nothing is left to write. */
export function SheetGate({ reason, onOpen, ended }: { reason: string; onOpen: (purpose: string) => void; ended: boolean }) {
    const text = useText();
    return (
        <div className="gate">
            {ended && <p role="status">{text.recording.viewingEnded}</p>}
            <p>{fill(text.sheet.playFor, { reason })}</p>
            <p>
                <Button type="primary" onClick={() => onOpen(reason)}>
                    {text.recording.openViewing}
                </Button>
            </p>
            <p className="faint">{text.sheet.playWhat}</p>
        </div>
    );
}

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
