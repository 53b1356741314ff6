import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { CLOCK_DOUBTED, type LicenceStanding } from '@liuhen/domain';
import { useFormat, useText } from '../../app/language.tsx';
import { Dot, type Status } from '../../app/page.tsx';
import { specialityWords, standingWords } from './licence-words.ts';

type Party = ResponseOf<Endpoints['party.get']>;
type Statement = { status: Status; what: string; why: string };

/** What one comes to the page for: when it was last visited, whether its licences hold, whether its places are known. */
export function PartyAnswer({ party }: { party: Party }) {
    const statements = [useLastAct(party), useLicences(party), usePlaces(party)];
    return (
        <section className="card answer">
            {statements.map(({ status, what, why }) => (
                <div key={what}>
                    <b>
                        <Dot status={status} />
                        {what}
                    </b>
                    <span className="why">{why}</span>
                </div>
            ))}
        </section>
    );
}

function useLastAct({ lastActAt, actCount, recordingCount }: Party): Statement {
    const text = useText();
    const format = useFormat();
    if (lastActAt === null)
        return { status: 'judge', what: text.party.answerActNone, why: fill(text.party.actsCount, { count: 0 }) };
    const counts = [
        fill(text.party.actsCount, { count: format.count(actCount) }),
        fill(text.party.recordings, { count: format.count(recordingCount) }),
    ];
    return { status: 'held', what: `${text.party.answerAct} ${format.dateTime(lastActAt)}`, why: format.list(counts) };
}

function useLicences({ licences }: Party): Statement {
    const text = useText();
    const format = useFormat();
    const of = (standing: LicenceStanding) => licences.filter((each) => each.standing === standing);
    const words = (some: typeof licences) =>
        format.list(
            some.map((each) => `${specialityWords(text, each.speciality, each.specialityOther)} ${standingWords(text, each)}`),
        );
    const [expired, due, doubted] = [of('expired'), of('due'), of(CLOCK_DOUBTED)];
    if (doubted.length > 0) return { status: 'judge', what: text.serverClock.waits, why: '' };
    const count = (some: typeof licences) => ({ count: format.count(some.length) });
    if (expired.length > 0)
        return {
            status: 'broken',
            what: fill(text.party.answerLicencesExpired, count(expired)),
            why: words([...expired, ...due]),
        };
    if (due.length > 0) return { status: 'act', what: fill(text.party.answerLicencesDue, count(due)), why: words(due) };
    const held = licences.filter((each) => each.standing === 'ok' || each.standing === 'longTerm');
    if (held.length === 0) return { status: 'judge', what: text.party.answerLicencesNone, why: words(licences) };
    return { status: 'held', what: fill(text.party.answerLicencesOk, count(held)), why: words(held) };
}

function usePlaces({ premises }: Party): Statement {
    const text = useText();
    const open = premises.filter((each) => each.closedDay === null);
    if (open.length === 0) return { status: 'judge', what: text.party.answerPlacesNone, why: '' };
    const sites = open.flatMap((each) => each.sites.filter((site) => site.closedDay === null)).length;
    const unplaced = open.filter((each) => each.latitudeE7 === null).length;
    const what = fill(text.party.answerPlaces, { premises: open.length, sites });
    if (unplaced > 0) return { status: 'judge', what, why: fill(text.party.answerPlacesPosition, { count: unplaced }) };
    return { status: 'held', what, why: text.party.answerPlacesHeld };
}
