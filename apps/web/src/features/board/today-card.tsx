import { fill } from '@liuhen/contract';
import { CLOCK_DOUBTED, dayOf } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { Card, Dot, type Status } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import type { FindingSearch } from '../../routes/search.ts';
import { useProposalsToDecide } from '../parameter/proposals-button.tsx';
import { useLeft } from './board-words.tsx';

/** How often the day is looked at again while the page stands open. */
const READ_AGAIN_MS = 5 * 60_000;

/**
 * On top of the first page of whoever it concerns: what is still to be stored and until when, what does not fit, what the rules found
 * that they have to answer, which recorder was not checked; for whoever manages recordings, the same of the institute. Nothing where
 * there is nothing.
 */
export function TodayCard() {
    const may = useMay();
    return may('recording.list') ? <Today /> : null;
}

function Today() {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const left = useLeft();
    const again = { refetchInterval: READ_AGAIN_MS };
    const mine = useAsk('board.list', { query: { mine: 'yes', limit: 1 } }, again).data;
    const night = useAsk('board.sameNight', { query: { mine: 'yes', limit: 1 } }, again).data;
    const asked = useAsk(
        'finding.list',
        { query: { mine: 'yes', state: 'open', limit: 1 } },
        { ...again, enabled: may('finding.list') },
    ).data;
    // Answers that wait for somebody who took no part; confirmed violations that facts have overtaken: told to whoever confirmed them, and to all who may revise.
    const decides = may('finding.decide');
    const answered = { query: { toDecide: 'yes', limit: 1 } } as const;
    const decidable = useAsk('finding.list', answered, { ...again, enabled: decides }).data?.total ?? 0;
    const overtaken = { query: { overtaken: 'yes', limit: 1 } } as const;
    const revisable = useAsk('finding.list', overtaken, { ...again, enabled: decides }).data?.total ?? 0;
    const based = { query: { basis: 'changed', limit: 1 } } as const;
    const rested = useAsk('outcome.list', based, { ...again, enabled: may('outcome.manage') }).data?.total ?? 0;
    const held = useAsk('device.mine', {}, { enabled: may('device.use') }).data;
    const watches = may('recording.confirmLate');
    const all = useAsk('board.list', { query: { limit: 1 } }, { ...again, enabled: watches }).data;
    const proposals = useProposalsToDecide();
    const lines: { key: string; status: Status; what: ReactNode }[] = [];
    const [next] = mine?.items ?? [];
    const now = mine?.now ?? CLOCK_DOUBTED;
    const owed = mine === undefined ? 0 : mine.counts.soon + mine.counts.running + mine.counts[CLOCK_DOUBTED];
    if (mine !== undefined && next !== undefined && owed > 0) {
        const told = now === CLOCK_DOUBTED ? [] : next.reminders.filter(({ at }) => at <= now).map(({ kind }) => kind);
        const until = now === CLOCK_DOUBTED ? text.serverClock.waits : left(next, now);
        const words = fill(text.today.owed, { count: owed, minutes: format.count(mine.minutes), left: until });
        const urged = told.includes('morning')
            ? text.today.reminderMorning
            : told.includes('shiftEnd')
              ? text.today.reminder
              : undefined;
        lines.push({
            key: 'owed',
            status: mine.counts.soon > 0 || urged !== undefined ? 'act' : 'held',
            what: (
                <Link to="/recordings/board" search={{ mine: 'yes' }}>
                    {urged === undefined ? words : `${urged} · ${words}`}
                </Link>
            ),
        });
    }
    if (mine !== undefined && mine.counts.late > 0)
        lines.push({
            key: 'late',
            status: 'broken',
            what: (
                <Link to="/recordings/board" search={{ mine: 'yes', state: 'late' }}>
                    {fill(text.today.lateOwn, { count: mine.counts.late })}
                </Link>
            ),
        });
    if (night !== undefined && night.total > 0)
        lines.push({
            key: 'night',
            status: 'act',
            what: (
                <Link to="/recordings/same-night" search={{ mine: 'yes' }}>
                    {fill(text.today.night, { count: night.total })}
                </Link>
            ),
        });
    const findings = (key: string, count: number, words: string, search: FindingSearch) => {
        if (count === 0) return;
        const said = fill(words, { count: format.count(count) });
        const what = (
            <Link to="/compliance/findings" search={search}>
                {said}
            </Link>
        );
        lines.push({ key, status: 'act', what });
    };
    findings('asked', asked?.total ?? 0, text.today.asked, { mine: 'yes', state: 'open' });
    findings('toDecide', decidable, text.today.toDecide, { toDecide: 'yes' });
    findings('overtaken', revisable, text.today.overtaken, { overtaken: 'yes' });
    if (rested > 0)
        lines.push({
            key: 'rested',
            status: 'act',
            what: (
                <Link to="/compliance/outcomes" search={{ basis: 'changed' }}>
                    {fill(text.today.rested, { count: format.count(rested) })}
                </Link>
            ),
        });
    const today = now === CLOCK_DOUBTED ? undefined : dayOf(now);
    const unchecked = (held?.items ?? []).filter(
        ({ kind, lastCheck }) => kind === 'recorder' && (lastCheck === null || dayOf(lastCheck.checkedAt) !== today),
    );
    if (unchecked.length > 0 && today !== undefined)
        lines.push({
            key: 'check',
            status: 'judge',
            what: (
                <Link to="/devices/check">
                    {fill(text.today.check, { numbers: format.list(unchecked.map((each) => each.number)) })}
                </Link>
            ),
        });
    if (all !== undefined && all.now !== CLOCK_DOUBTED && all.counts.late + all.counts.soon + all.escalated > 0)
        lines.push({
            key: 'all',
            status: all.counts.late > 0 ? 'broken' : 'act',
            what: (
                <Link to="/recordings/board">
                    {fill(text.today.managed, { late: all.counts.late, soon: all.counts.soon, escalated: all.escalated })}
                </Link>
            ),
        });
    if (all !== undefined && all.counts[CLOCK_DOUBTED] > 0)
        lines.push({
            key: 'waits',
            status: 'judge',
            what: <Link to="/recordings/board">{text.serverClock.waits}</Link>,
        });
    if (proposals > 0)
        lines.push({
            key: 'proposals',
            status: 'judge',
            what: <Link to="/parameters">{fill(text.parameter.waiting, { count: format.count(proposals) })}</Link>,
        });
    if (all !== undefined && all.counts.explained > 0)
        lines.push({
            key: 'confirm',
            status: 'judge',
            what: (
                <Link to="/recordings/board" search={{ state: 'explained' }}>
                    {fill(text.today.toConfirm, { count: all.counts.explained })}
                </Link>
            ),
        });
    if (lines.length === 0) return null;
    return (
        <Card
            title={text.today.title}
            screenOnly
            right={unchecked.length > 0 && <LinkButton to="/devices/check">{text.today.checkNow}</LinkButton>}
        >
            <ul className="today body">
                {lines.map(({ key, status, what }) => (
                    <li key={key}>
                        <Dot status={status} />
                        {what}
                    </li>
                ))}
            </ul>
        </Card>
    );
}
