import { useFormat, useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import type { DocumentDetail } from './document-types.ts';

/** Every step so far: what, who, when, and what was said. */
export function DocumentWay({ document }: { document: DocumentDetail }) {
    const text = useText();
    const format = useFormat();
    return (
        <Card title={text.document.way}>
            {document.steps.length === 0 && <p className="empty-small">{text.document.wayEmpty}</p>}
            <ol className="doc-way">
                {document.steps.map((step) => (
                    <li key={`${step.at} ${step.step}`}>
                        <time className="mono soft" dateTime={new Date(step.at).toISOString()}>
                            {format.dateTime(step.at)}
                        </time>
                        <span>
                            <strong>{text.document.steps[step.step]}</strong> {step.person.name}
                            {step.note !== null && <span className="soft"> {step.note}</span>}
                        </span>
                    </li>
                ))}
            </ol>
        </Card>
    );
}
