import { type DocumentType, documentTypeFacts, natureOf } from '@liuhen/domain';
import { takenNumbersKey } from '../../app/offline/taken-numbers.ts';
import type { Block } from './document-types.ts';

/** One number of a block, with what binds it to a document on the server. */
export type ReservedNumber = { readonly blockId: string; readonly place: number; readonly text: string };
export type KeptBlock = Pick<Block, 'id' | 'terminal'> & {
    readonly series: Pick<Block['series'], 'numbering' | 'category' | 'nature' | 'year'>;
    readonly numbers: readonly ReservedNumber[];
};

/** Keeps what is left of the blocks of this terminal on the device, for when there is no network. */
export function keepBlocks(personId: string, terminal: string, blocks: readonly Block[]): void {
    const kept: KeptBlock[] = blocks
        .filter((block) => block.state === 'open' && block.terminal === terminal && block.person.id === personId)
        .map(({ id, terminal: of, series: { numbering, category, nature, year }, numbers }) => ({
            id,
            terminal: of,
            series: { numbering, category, nature, year },
            numbers: numbers.filter((each) => each.state === 'reserved').map(({ place, text }) => ({ blockId: id, place, text })),
        }));
    localStorage.setItem(takenNumbersKey(personId), JSON.stringify(kept));
}

export function keptBlocks(personId: string): readonly KeptBlock[] {
    try {
        return JSON.parse(localStorage.getItem(takenNumbersKey(personId)) ?? '[]') as KeptBlock[];
    } catch {
        return [];
    }
}

/** Whether numbers of a register are for documents of a type. */
export const fitsSeries = (type: DocumentType, { numbering, nature }: Pick<Block['series'], 'numbering' | 'nature'>): boolean => {
    const facts = documentTypeFacts(type);
    if (facts.numbering !== numbering) return false;
    return numbering === 'serial' ? nature === type : nature === natureOf(type, [])?.code;
};

/** The first number that fits and that no other unsent document has taken. */
export const nextReserved = (
    type: DocumentType,
    blocks: readonly KeptBlock[],
    taken: readonly (ReservedNumber | null)[],
): ReservedNumber | null =>
    blocks
        .filter((block) => fitsSeries(type, block.series))
        .flatMap((block) => block.numbers)
        .find(({ blockId, place }) => !taken.some((each) => each?.blockId === blockId && each.place === place)) ?? null;
