import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { DOCUMENT_TYPE_IDS, documentTypeFacts } from '@liuhen/domain';
import { useText } from '../../app/language.tsx';

export type Series = ResponseOf<Endpoints['document.numberSeries']>['items'][number];

/** A register in words: what is numbered in it, and of which year. */
export function useSeriesWords(): (series: Pick<Series, 'numbering' | 'category' | 'nature' | 'year'>) => string {
    const text = useText();
    return ({ numbering, category, nature, year }) => {
        const type = DOCUMENT_TYPE_IDS.find((each) => each === nature);
        const what = numbering === 'serial' && type !== undefined ? documentTypeFacts(type).zh : `${category}${nature}`;
        return `${text.documentRegisters.numberings[numbering]} ${what} ${year}`;
    };
}
