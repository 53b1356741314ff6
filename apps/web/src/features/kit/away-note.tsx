import { fill } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { lastAnswer, useReached } from '../../app/offline/contact.ts';
import { takeNewVersion, useNewVersion } from '../../app/offline/program.ts';
import { allSaved } from '../document/open-drafts.ts';
import { useUploads } from '../recording/uploads-context.tsx';

/** Under the bar of every page: the server is away, and what that means for the work at hand. */
export function AwayNote() {
    const text = useText();
    const format = useFormat();
    if (useReached()) return <NewVersionNote />;
    return (
        <div className="strip strip-away no-print" role="status">
            <strong>{text.kit.away}</strong> {fill(text.kit.awayWhat, { time: format.dateTime(lastAnswer()) })}{' '}
            <Link to="/on-device">{text.kit.title}</Link>
        </div>
    );
}

/** A later version is offered, never taken by itself: what is being written comes first. */
function NewVersionNote() {
    const text = useText();
    const uploads = useUploads();
    const [held, setHeld] = useState(false);
    if (!useNewVersion()) return null;
    const busy = uploads.tasks.some((task) => task.state !== 'done' && task.state !== 'failed');
    const take = async () => {
        if (busy || !(await allSaved())) return setHeld(true);
        takeNewVersion();
    };
    return (
        <div className="strip strip-new no-print" role="status">
            {text.kit.newVersion}{' '}
            <Button type="link" size="small" onClick={() => void take()}>
                {text.kit.takeNewVersion}
            </Button>
            {held && <span> {busy ? text.kit.newVersionUploads : text.kit.newVersionUnsaved}</span>}
        </div>
    );
}
