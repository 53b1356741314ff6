import { fill } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { Button, Drawer, Progress } from 'antd';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import type { UploadTask } from './uploads.ts';
import { useUploads } from './uploads-context.tsx';

/** Long work that can be left and is found again here. */
export function TasksDrawer() {
    const text = useText();
    const { tasks, open, setOpen, queue } = useUploads();
    const done = tasks.filter((task) => task.state === 'done').length;
    return (
        <Drawer
            open={open}
            onClose={() => setOpen(false)}
            size={420}
            title={text.upload.title}
            extra={
                done > 0 && (
                    <Button size="small" onClick={() => queue.clearDone()}>
                        {text.upload.clearDone}
                    </Button>
                )
            }
        >
            {tasks.length === 0 ? (
                <p className="soft">{text.upload.empty}</p>
            ) : (
                <>
                    <p className="soft" aria-live="polite">
                        {fill(text.upload.overall, { done, all: tasks.length })}
                    </p>
                    <ul className="tasks">
                        {tasks.map((task) => (
                            <Task key={task.id} task={task} />
                        ))}
                    </ul>
                </>
            )}
        </Drawer>
    );
}

function Task({ task }: { task: UploadTask }) {
    const text = useText();
    const format = useFormat();
    const { queue, setOpen } = useUploads();
    const percent = task.size === 0 ? (task.state === 'done' ? 100 : 0) : Math.floor((task.sent / task.size) * 100);
    const facts = [
        text.upload[task.state],
        fill(text.upload.progress, { sent: format.bytes(task.sent), size: format.bytes(task.size) }),
        task.bytesPerSecond === undefined
            ? ''
            : fill(text.upload.speed, { speed: format.bytes(Math.round(task.bytesPerSecond)) }),
        task.remainingMs === undefined ? '' : fill(text.upload.remaining, { duration: format.duration(task.remainingMs, 2) }),
        task.resumedFrom > 0 && task.state === 'sending'
            ? fill(text.upload.resumed, { sent: format.bytes(task.resumedFrom) })
            : '',
    ].filter((each) => each !== '');
    return (
        <li aria-label={task.name}>
            <div className="wrap">
                <strong>{task.name}</strong>
            </div>
            <Progress
                percent={percent}
                size="small"
                showInfo={false}
                aria-label={task.name}
                status={task.state === 'failed' ? 'exception' : task.state === 'done' ? 'success' : 'normal'}
            />
            <div className="faint">{facts.join(' · ')}</div>
            {task.size === 0 && <div className="faint">{text.upload.emptyFile}</div>}
            {task.error !== undefined && (
                <ErrorNote
                    error={task.error}
                    of="command"
                    safe={task.sent > 0 ? text.upload.safeKept : text.upload.safeNothing}
                />
            )}
            <div className="form-foot" style={{ marginTop: 4 }}>
                {(task.state === 'sending' || task.state === 'waiting') && (
                    <Button size="small" onClick={() => queue.pause(task.id)}>
                        {text.upload.pause}
                    </Button>
                )}
                {task.state === 'paused' && (
                    <Button size="small" onClick={() => queue.resume(task.id)}>
                        {text.upload.resume}
                    </Button>
                )}
                {task.state === 'failed' && (
                    <Button size="small" type="primary" onClick={() => queue.resume(task.id)}>
                        {text.upload.retry}
                    </Button>
                )}
                {task.recordingId !== undefined && (
                    <Link to="/recordings/$id" params={{ id: task.recordingId }} onClick={() => setOpen(false)}>
                        {text.upload.open}
                    </Link>
                )}
                <Button size="small" type="text" onClick={() => queue.remove(task.id)}>
                    {task.state === 'done' ? text.upload.remove : text.upload.stop}
                </Button>
            </div>
        </li>
    );
}
