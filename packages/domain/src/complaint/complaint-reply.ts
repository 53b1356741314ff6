import type { DocumentContent } from '../document/template.ts';
import { dayOf } from '../kernel/day.ts';
import type { Instant } from '../kernel/instant.ts';

export type RepliedComplaint = {
    readonly number: string;
    readonly receivedAt: Instant;
    readonly subject: string;
    readonly partyName: string | null;
    readonly place: string | null;
};

/** The form holds so much of what it is about. */
const MOST_MATTER = 500;

/**
 * What an answer begins with. It goes to the complaint's number and not to a name: documents are read by more people than may know
 * who complained, who is written on the paper by hand when it is handed over.
 */
export function replyContent({ number, receivedAt, subject, partyName, place }: RepliedComplaint): DocumentContent {
    const about = partyName ?? place;
    return {
        addressee: `投诉举报人（登记编号 ${number}）`,
        receivedOn: dayOf(receivedAt),
        ...(about === null ? {} : { party: about }),
        matter: subject.slice(0, MOST_MATTER),
    };
}
