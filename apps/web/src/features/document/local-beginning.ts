import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { type DocumentContent, type PrefillValues, prefillContent, type Template } from '@liuhen/domain';

type Known = {
    party: ResponseOf<Endpoints['party.get']> | undefined;
    act: ResponseOf<Endpoints['act.get']> | undefined;
};

/**
 * What a document begins with where no server can be asked: what the pages that are open have read already. Never a time from
 * a recording (附件1 第10条).
 */
export function localBeginning(template: Template, { party, act }: Known): DocumentContent {
    const officers = (act?.participants ?? [])
        .filter((each) => each.part === 'officer' && each.person !== null)
        .map(({ person }) => ({
            person: person?.id ?? '',
            name: person?.name ?? '',
            certificate: person?.certificateNumber ?? '',
        }));
    const known = {
        'party.name': party?.name ?? act?.party?.name,
        'party.creditCode': party?.creditCode,
        'party.legalRepresentative': party?.legalRepresentative,
        'party.address': party?.address,
        'party.phone': party?.phone,
        'act.place': act?.place,
        'agency.name': act?.organisation.name,
    };
    const values: PrefillValues = {
        ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined && value !== null && value !== '')),
        ...(officers.length === 0 ? {} : { 'act.officers': officers }),
    };
    return prefillContent(template, values);
}
