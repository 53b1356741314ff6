import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';

const UploadPanel = lazy(async () => ({ default: (await import('./upload-panel.tsx')).UploadPanel }));

export function UploadPanelButton({ actId, label, primary }: { actId?: string; label: string; primary: boolean }) {
    const [open, setOpen] = useState(false);
    return (
        <>
            <Button type={primary ? 'primary' : 'default'} onClick={() => setOpen(true)}>
                {label}
            </Button>
            {open && (
                <Suspense>
                    <UploadPanel files={[]} {...(actId === undefined ? {} : { actId })} onClose={() => setOpen(false)} />
                </Suspense>
            )}
        </>
    );
}
