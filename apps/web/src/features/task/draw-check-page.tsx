import type { CampaignFault, DrawFault } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { FilePick } from '../../app/file-pick.tsx';
import { useText } from '../../app/language.tsx';
import { Card, PageHead } from '../../app/page.tsx';
import { SampleVerdict } from '../inspection/recompute-sample.tsx';
import { isSampleRecord, recheckSample } from '../inspection/sample-digest.ts';
import { recheck } from './draw-digest.ts';
import { Verdict } from './recompute.tsx';

type Checked = { name: string } & ({ draw: readonly DrawFault[] } | { sample: readonly CampaignFault[] });

/** The record of a draw or of an inspection's sample, whichever it is. */
const checkedOf = (name: string, text: string): Checked =>
    isSampleRecord(text) ? { name, sample: recheckSample(text) } : { name, draw: recheck(text) };

/** Works a record out again that somebody handed over; nothing of it leaves this machine. */
export function DrawCheckPage() {
    const text = useText();
    const [checked, setChecked] = useState<Checked>();
    return (
        <>
            <PageHead crumb={<Link to="/draws">{text.draw.title}</Link>} title={text.draw.check} facts={text.draw.checkSub} />
            <Card label={text.draw.check}>
                <div className="body">
                    <FilePick
                        label={text.draw.checkFile}
                        accept=".json,application/json"
                        onFile={async (file) => setChecked(checkedOf(file.name, await file.text()))}
                    />
                    {checked !== undefined && (
                        <>
                            <p className="faint">{checked.name}</p>
                            {'sample' in checked ? <SampleVerdict faults={checked.sample} /> : <Verdict faults={checked.draw} />}
                        </>
                    )}
                </div>
            </Card>
        </>
    );
}
