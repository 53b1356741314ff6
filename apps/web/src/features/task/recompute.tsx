import { fill } from '@liuhen/contract';
import type { DrawFault } from '@liuhen/domain';
import { Button } from 'antd';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { downloadText } from '../../app/csv.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { asRequestError } from '../../app/error-words.ts';
import { useFormat, useText } from '../../app/language.tsx';
import { Dot } from '../../app/page.tsx';
import { recheck } from './draw-digest.ts';

/** Says whether drawing again gave the same. */
export function Verdict({ faults }: { faults: readonly DrawFault[] }) {
    const text = useText();
    const format = useFormat();
    const words = format.list(faults.map((each) => text.draw.faults[each]));
    return (
        <p role="status" className="verdict">
            <Dot status={faults.length === 0 ? 'held' : 'broken'} />
            {faults.length === 0 ? text.draw.equal : fill(text.draw.differs, { faults: words })}
        </p>
    );
}

/** Fetches the published record, hands it out, and works it out again on this machine. */
export function Recompute({ id, number }: { id: string; number: string }) {
    const text = useText();
    const [faults, setFaults] = useState<readonly DrawFault[]>();
    const [error, setError] = useState<unknown>();
    const record = async (use: (text: string) => void) => {
        try {
            setError(undefined);
            use((await client.call('draw.record', { params: { id } })).record);
        } catch (failure) {
            setError(asRequestError(failure));
        }
    };
    return (
        <>
            <div className="buttons no-print">
                <Button onClick={() => void record((of) => downloadText(`${number}.json`, of, 'application/json'))}>
                    {text.draw.record}
                </Button>
                <Button onClick={() => void record((of) => setFaults(recheck(of)))}>{text.draw.recompute}</Button>
            </div>
            <ErrorNote error={error} of="read" />
            {faults !== undefined && <Verdict faults={faults} />}
        </>
    );
}
