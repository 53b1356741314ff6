import { fill } from '@liuhen/contract';
import { Link, useLocation } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { clockAhead, lastAnswer, useReached } from '../../app/offline/contact.ts';
import { takeNewVersion, useNewVersion } from '../../app/offline/program.ts';
import { allSaved } from '../document/open-drafts.ts';
import { useUploads } from '../recording/uploads-context.tsx';

/** Under the bar of every page: the server is away, and what that means for the work at hand. */
export function AwayNote() {
    const text = useText();
    const format = useFormat();
    if (useReached())
        return (
            <>
                <ClockNote />
                <NewVersionNote />
            </>
        );
    return (
        <div className="strip strip-away no-print" role="status">
            <strong>{text.kit.away}</strong> {fill(text.kit.awayWhat, { time: format.dateTime(lastAnswer()) })}{' '}
            <Link to="/on-device">{text.kit.title}</Link>
        </div>
    );
}

const CLOCK_TOLERANCE_MS = 2 * 60_000;

/** A wrong clock ends up in what is stated at the scene; the server corrects nothing by itself. */
function ClockNote() {
    const text = useText();
    const format = useFormat();
    // As of the last answer; read whenever a page is drawn.
    useLocation();
    const ahead = clockAhead();
    if (Math.abs(ahead) < CLOCK_TOLERANCE_MS) return null;
    return (
        <div className="strip no-print" role="status">
            {fill(text.kit.clockWrong, { difference: format.duration(Math.abs(ahead)) })}
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
