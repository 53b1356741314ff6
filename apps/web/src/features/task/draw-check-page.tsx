import type { DrawFault } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { FilePick } from '../../app/file-pick.tsx';
import { useText } from '../../app/language.tsx';
import { Card, PageHead } from '../../app/page.tsx';
import { recheck } from './draw-digest.ts';
import { Verdict } from './recompute.tsx';

/** Works a record out again that somebody handed over; nothing of it leaves this machine. */
export function DrawCheckPage() {
    const text = useText();
    const [checked, setChecked] = useState<{ name: string; faults: readonly DrawFault[] }>();
    return (
        <>
            <PageHead crumb={<Link to="/draws">{text.draw.title}</Link>} title={text.draw.check} facts={text.draw.checkSub} />
            <Card label={text.draw.check}>
                <div className="body">
                    <FilePick
                        label={text.draw.checkFile}
                        accept=".json,application/json"
                        onFile={async (file) => setChecked({ name: file.name, faults: recheck(await file.text()) })}
                    />
                    {checked !== undefined && (
                        <>
                            <p className="faint">{checked.name}</p>
                            <Verdict faults={checked.faults} />
                        </>
                    )}
                </div>
            </Card>
        </>
    );
}
