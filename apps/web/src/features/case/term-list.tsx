import { fill } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { Dot } from '../../app/page.tsx';
import { useParameterWords } from '../parameter/parameter-words.ts';
import { type CountdownItem, TERM_STATUS, useCaseWords } from './case-words.ts';

/** Terms with how long is left, where they come from, and what is not sure about them. */
export const TermList = ({ of }: { of: readonly { countdown: CountdownItem; about?: ReactNode; id: string }[] }) => (
    <ul className="terms">
        {of.map(({ countdown, about, id }) => (
            <Term key={id} countdown={countdown} about={about} />
        ))}
    </ul>
);

function Term({ countdown, about }: { countdown: CountdownItem; about: ReactNode }) {
    const text = useText();
    const format = useFormat();
    const words = useCaseWords();
    const parameter = useParameterWords();
    const doubts = words.doubts(countdown);
    return (
        <li data-state={countdown.state}>
            <div className="what">
                <span className="status">
                    <Dot status={TERM_STATUS[countdown.state]} />
                    <strong>{words.term(countdown.key)}</strong>
                </span>
                {about !== undefined && <span className="second">{about}</span>}
            </div>
            <div className="left">
                <strong>{words.termLine(countdown)}</strong>
                <span className="second">{words.until(countdown)}</span>
                {countdown.metAt !== null && <span className="second">{format.dateTime(countdown.metAt)}</span>}
            </div>
            <div className="basis">
                {countdown.period === null ? (
                    <Link to="/parameters" search={{ standing: 'unsure' }}>
                        {text.case.unsetWhat}
                    </Link>
                ) : (
                    <span>
                        {parameter.period(countdown.period)} · {fill(text.case.from, { at: format.dateTime(countdown.from) })}
                        {countdown.extended && ` · ${text.case.extended}`}
                    </span>
                )}
                <span className="second">
                    {text.case.kinds[countdown.kind]} · <span lang="zh-CN">{countdown.basis}</span>
                </span>
                {doubts.map((doubt) => (
                    <span key={doubt} className="second doubt">
                        {doubt}
                    </span>
                ))}
            </div>
        </li>
    );
}
