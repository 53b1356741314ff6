import type { Statement } from '@liuhen/domain';
import type { ReactNode } from 'react';
import { type AnswerTexts, statementWords } from './answer-texts.ts';
import { StatusDot } from './status-dot.tsx';

/** The few statements a reviewer came for, each as a sentence with a dot. */
export function AnswerRow({
    statements,
    texts,
}: {
    readonly statements: readonly Statement[];
    readonly texts: AnswerTexts;
}): ReactNode {
    return (
        <ul className="lh-answer">
            {statements.map((statement) => {
                const { title, detail } = statementWords(statement, texts);
                return (
                    <li key={statement.id}>
                        <StatusDot status={statement.status} label={texts.status[statement.status]} />
                        <strong data-status={texts.status[statement.status]}>{title}</strong>
                        <p>{detail}</p>
                    </li>
                );
            })}
        </ul>
    );
}
