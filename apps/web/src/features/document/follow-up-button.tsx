import { addDays, isDay, isFollowedUp } from '@liuhen/domain';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { useMay } from '../../app/session.ts';
import { TaskDrawer } from '../task/task-drawer.tsx';
import type { DocumentDetail } from './document-types.ts';

/** Days after the term to correct within which somebody should have looked. */
const DAYS_TO_LOOK = 7;

/** A 卫生监督意见书 that was handed over is followed up: a task for the same party, after this act and this document. */
export function FollowUpButton({ document }: { document: DocumentDetail }) {
    const text = useText();
    const may = useMay();
    const navigate = useNavigate();
    const [open, setOpen] = useState(false);
    if (!isFollowedUp(document) || !may('task.manage')) return null;
    const { correctBy } = document.content;
    return (
        <>
            <Button onClick={() => setOpen(true)}>{text.document.followUp}</Button>
            {open && (
                <TaskDrawer
                    from={{
                        origin: 'followUp',
                        scenario: 'routineInspection',
                        title: [document.party?.name, text.task.origins.followUp].filter((part) => part !== undefined).join(' '),
                        afterDocumentId: document.id,
                        ...(document.actId === null ? {} : { afterActId: document.actId }),
                        ...(document.party === null ? {} : { partyId: document.party.id }),
                        ...(typeof correctBy === 'string' && isDay(correctBy)
                            ? { dueDay: addDays(correctBy, DAYS_TO_LOOK) }
                            : {}),
                    }}
                    onClose={() => setOpen(false)}
                    onCreated={(id) => void navigate({ to: '/tasks/$id', params: { id } })}
                />
            )}
        </>
    );
}
