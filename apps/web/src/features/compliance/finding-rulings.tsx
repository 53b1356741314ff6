import { type Endpoints, fill, type ResponseOf } from '@liuhen/contract';
import { useFormat, useText } from '../../app/language.tsx';
import { Dot } from '../../app/page.tsx';

type Finding = ResponseOf<Endpoints['finding.get']>;

/** Who confirmed it as a violation, and who revised that after facts came, each with the reason; and that it waits for it. */
export function FindingRulings({ finding }: { finding: Finding }) {
    const text = useText();
    const format = useFormat();
    const { rulings, goneSince, from, to } = finding;
    if (rulings.length === 0 && goneSince === null) return null;
    return (
        <ul className="people">
            {rulings.map((each) => (
                <li key={each.id}>
                    <span className="wrap">
                        <Dot status={each.kind === 'confirmed' ? 'broken' : 'held'} />
                        <strong>{text.ruleFinding.rulings[each.kind]}</strong> {each.by.name}{' '}
                        <span className="faint">{format.dateTime(each.at)}</span>
                        <span className="second">{each.words}</span>
                        {each.from !== null && each.to !== null && (each.from !== from || each.to !== to) && (
                            <span className="second">
                                {fill(text.ruleFinding.ruledOn, { period: format.period(each.from, each.to, 'second') })}
                            </span>
                        )}
                    </span>
                </li>
            ))}
            {goneSince !== null && (
                <li>
                    <span className="wrap">
                        <Dot status="act" />
                        <strong>{text.ruleFinding.overtaken}</strong>
                        <span className="second">
                            {fill(text.ruleFinding.overtakenWhat, { time: format.dateTime(goneSince) })}
                        </span>
                    </span>
                </li>
            )}
        </ul>
    );
}
