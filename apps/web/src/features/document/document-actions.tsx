import { documentTypeFacts, lacksNumber } from '@liuhen/domain';
import { Button } from 'antd';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { useMay } from '../../app/session.ts';
import type { DocumentDetail } from './document-types.ts';
import { StepDialogue } from './step-dialogue.tsx';
import { type StepName, stepsFor } from './step-table.ts';
import { useStep } from './use-step.ts';

/** The next sensible step as the one filled button; the others beside it. */
export function DocumentActions({ document }: { document: DocumentDetail }) {
    const text = useText();
    const may = useMay();
    const [open, setOpen] = useState<StepName>();
    const { flow } = documentTypeFacts(document.type);
    const lacksNumberAtTheScene = flow === 'scene' && document.state === 'draft' && lacksNumber(document);
    const { next, others } = stepsFor({ ...document, flow, lacksNumberAtTheScene }, may);
    if (next === undefined && others.length === 0) return null;
    return (
        <>
            {next !== undefined && (
                <Button type="primary" onClick={() => setOpen(next)}>
                    {text.documentStep[next].title}
                </Button>
            )}
            {others.map((step) => (
                <Button key={step} onClick={() => setOpen(step)}>
                    {text.documentStep[step].title}
                </Button>
            ))}
            {open !== undefined && <OpenStep step={open} document={document} onClose={() => setOpen(undefined)} />}
        </>
    );
}

function OpenStep({ step, document, onClose }: { step: StepName; document: DocumentDetail; onClose: () => void }) {
    const { take, error, busy } = useStep(step, document, onClose);
    return <StepDialogue step={step} document={document} error={error} busy={busy} onClose={onClose} onSubmit={take} />;
}
