import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { type DocumentContent, fieldsOf, type PrefillSource, type Template } from '@liuhen/domain';

type Sources = {
    party: ResponseOf<Endpoints['party.get']> | undefined;
    act: ResponseOf<Endpoints['act.get']> | undefined;
};

/**
 * First values that party and act offer for a form. They are offered, not filled in: whoever writes takes them with one
 * press and answers for them. Nothing is ever offered from a recording (附件1 第10条).
 */
export function offersOf(template: Template, { party, act }: Sources): DocumentContent {
    const from: Partial<Record<PrefillSource, string | null | undefined>> = {
        'party.name': party?.name,
        'party.creditCode': party?.creditCode,
        'party.legalRepresentative': party?.legalRepresentative,
        'party.address': party?.address,
        'party.phone': party?.phone,
        'act.place': act?.place,
        'agency.name': act?.organisation.name,
    };
    return Object.fromEntries(
        fieldsOf(template).flatMap(({ key, prefill }) => {
            const value = prefill === undefined ? undefined : from[prefill];
            return value === undefined || value === null || value === '' ? [] : [[key, value] as const];
        }),
    );
}
