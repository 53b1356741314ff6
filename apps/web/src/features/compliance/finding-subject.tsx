import { Link } from '@tanstack/react-router';
import { useFormat, useText } from '../../app/language.tsx';
import type { FindingItem } from './finding-words.tsx';

type Of = Pick<FindingItem, 'act' | 'device' | 'unit' | 'rule' | 'person'> & { own?: boolean };

/** What a finding is about, by its name, with the page where it can be looked at and put right: that of the own organisation only. */
export function FindingSubject({ finding: { act, device, unit, rule, person, own = true } }: { finding: Of }) {
    const text = useText();
    const format = useFormat();
    if (act !== null)
        return (
            <>
                {own ? (
                    <Link to="/acts/$id" params={{ id: act.id }}>
                        {act.party ?? act.place}
                    </Link>
                ) : (
                    (act.party ?? act.place)
                )}
                <span className="second">
                    {act.number} · {format.dateTime(act.startsAt)}
                </span>
            </>
        );
    if (device !== null)
        return (
            <>
                {own ? (
                    <Link to={rule === 'conforms' ? '/devices/$id/passport' : '/devices/$id'} params={{ id: device.id }}>
                        {device.number}
                    </Link>
                ) : (
                    device.number
                )}
                <span className="second">
                    {[text.ruleFinding.subjects.device, person?.name ?? device.model].filter(Boolean).join(' · ')}
                </span>
            </>
        );
    return (
        <>
            {own ? <Link to={rule === 'ownRecorder' ? '/devices/coverage' : '/persons'}>{unit?.name}</Link> : unit?.name}
            <span className="second">{[text.ruleFinding.subjects.unit, person?.name].filter(Boolean).join(' · ')}</span>
        </>
    );
}

/** The same in one line, for tables that leave the house. */
export function useSubjectWords(): (finding: Of) => string {
    const format = useFormat();
    return ({ act, device, unit, person }) =>
        act === null
            ? [device?.number ?? unit?.name, person?.name].filter(Boolean).join(' ')
            : [act.number, act.party ?? act.place, format.dateTime(act.startsAt)].join(' ');
}
