import { documentTypeFacts } from '@liuhen/domain';
import { Button } from 'antd';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import type { DocumentDetail } from './document-types.ts';
import { StepDialogue } from './step-dialogue.tsx';
import { type StepName, stepsFor } from './step-table.ts';

/** The next sensible step as the one filled button; the others beside it. */
export function DocumentActions({ document }: { document: DocumentDetail }) {
    const text = useText();
    const may = useMay();
    const [open, setOpen] = useState<StepName>();
    const { next, others } = stepsFor({ ...document, flow: documentTypeFacts(document.type).flow }, may);
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

type OpenProps = { step: StepName; document: DocumentDetail; onClose: () => void };

/** Each step sends its own command; what is asked for stands in the table of steps. */
function OpenStep({ step, document, onClose }: OpenProps) {
    const done = { onDone: onClose };
    const commands = {
        submit: useCommand('document.submit', done),
        review: useCommand('document.review', done),
        legalReview: useCommand('document.legalReview', done),
        sign: useCommand('document.sign', done),
        reopen: useCommand('document.reopen', done),
        number: useCommand('document.number', done),
        issue: useCommand('document.issue', done),
        issueUrgently: useCommand('document.issueUrgently', done),
        regularise: useCommand('document.regularise', done),
        check: useCommand('document.check', done),
        file: useCommand('document.file', done),
        void: useCommand('document.void', done),
    };
    const command = commands[step];
    return (
        <StepDialogue
            step={step}
            document={document}
            error={command.error}
            busy={command.isPending}
            onClose={onClose}
            onSubmit={(body) =>
                // The table gives each step the fields of its own body; the server parses them once more.
                command.mutate({ params: { id: document.id }, body: { ...body, version: document.version } } as never)
            }
        />
    );
}
