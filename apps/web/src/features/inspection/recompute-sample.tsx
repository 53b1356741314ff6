import { fill } from '@liuhen/contract';
import type { CampaignFault } from '@liuhen/domain';
import { Button } from 'antd';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { downloadText } from '../../app/csv.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { asRequestError } from '../../app/error-words.ts';
import { useFormat, useText } from '../../app/language.tsx';
import { Dot } from '../../app/page.tsx';
import { recheckSample } from './sample-digest.ts';

/** Says whether drawing the sample again gave the same. */
export function SampleVerdict({ faults }: { faults: readonly CampaignFault[] }) {
    const text = useText();
    const format = useFormat();
    const words = format.list(faults.map((each) => text.inspection.faults[each]));
    return (
        <p role="status" className="verdict">
            <Dot status={faults.length === 0 ? 'held' : 'broken'} />
            {faults.length === 0 ? text.draw.equal : fill(text.draw.differs, { faults: words })}
        </p>
    );
}

/** Fetches the published record, hands it out, and works it out again on this machine. */
export function RecomputeSample({ id, number }: { id: string; number: string }) {
    const text = useText();
    const [faults, setFaults] = useState<readonly CampaignFault[]>();
    const [error, setError] = useState<unknown>();
    const record = async (use: (text: string) => void) => {
        try {
            setError(undefined);
            use((await client.call('inspection.record', { params: { id } })).record);
        } catch (failure) {
            setError(asRequestError(failure));
        }
    };
    return (
        <div className="no-print">
            <div className="buttons">
                <Button onClick={() => void record((of) => downloadText(`${number}.json`, of, 'application/json'))}>
                    {text.inspection.record}
                </Button>
                <Button onClick={() => void record((of) => setFaults(recheckSample(of)))}>{text.inspection.recompute}</Button>
            </div>
            <p className="faint">{text.inspection.recomputeWhat}</p>
            <ErrorNote error={error} of="read" />
            {faults !== undefined && <SampleVerdict faults={faults} />}
        </div>
    );
}
