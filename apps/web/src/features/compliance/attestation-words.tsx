import { fill } from '@liuhen/contract';
import { type AttestationState, attestableOf } from '@liuhen/domain';
import { useLanguage, useText } from '../../app/language.tsx';
import { Dot, type Status } from '../../app/page.tsx';
import type { ItemOf } from '../../app/query.ts';
import { dateOf } from '../../app/shanghai.ts';

export type AttestationItem = ItemOf<'attestation.list'>;

export const ATTESTATION_STATUS: Readonly<Record<AttestationState, Status>> = {
    none: 'act',
    expired: 'act',
    confirmed: 'held',
};

/** What is asked about a clause, in the user's language. */
export function useQuestion(): (clause: string) => string {
    const { language } = useLanguage();
    return (clause) => attestableOf(clause)?.question[language === 'en' ? 'en' : 'zh'] ?? clause;
}

/** How a clause stands, in one sentence: by whom, since when, until when. */
export function useAttestationWords(): (item: AttestationItem) => string {
    const text = useText();
    return ({ state, entry }) => {
        if (state === 'none' || entry === null) return text.attestation.noneWords;
        return fill(state === 'expired' ? text.attestation.expiredWords : text.attestation.confirmedWords, {
            name: entry.confirmedBy.name,
            day: dateOf(entry.confirmedAt),
            until: entry.untilDay,
        });
    };
}

export function AttestationStanding({ item }: { item: AttestationItem }) {
    const words = useAttestationWords();
    return (
        <>
            <Dot status={ATTESTATION_STATUS[item.state]} /> {words(item)}
        </>
    );
}
