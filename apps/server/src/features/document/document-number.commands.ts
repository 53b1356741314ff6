import type { BodyOf, Endpoints, ResponseOf } from '@liuhen/contract';
import {
    bodyOf,
    type DocumentType,
    DomainError,
    decideDocumentNumber,
    type Id,
    type Instant,
    isUsablePattern,
    type NumberRules,
    type SeriesKey,
    SHANGHAI_OFFSET,
    seriesOf,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { parametersOf } from '../parameter/parameter.queries.ts';
import { type DocumentRow, factsOf } from './document.store.ts';
import {
    bindReserved,
    giveNumber,
    lockBlock,
    lockReserved,
    lockReservedById,
    reserveBlock,
    returnBlock,
    voidNumber,
} from './document-number.store.ts';
import { takeStep } from './document-step.ts';

type Wish = Pick<BodyOf<Endpoints['document.number']>, 'category' | 'reserved'>;

/** The register is that of the year in which the number is given, by Shanghai's calendar. */
const yearOf = (at: Instant): number => new Date(at + SHANGHAI_OFFSET).getUTCFullYear();

async function numberRules(tx: Tx): Promise<NumberRules> {
    const of = await parametersOf(tx.read, tx.orgId);
    const rules = {
        region: of('document.numberRegion', tx.now).value,
        docNumberPattern: of('document.numberPattern', tx.now).value ?? '',
        serialPattern: of('document.serialPattern', tx.now).value ?? '',
        categories: of('document.numberCategories', tx.now).value ?? [],
        natures: of('document.natureCodes', tx.now).value ?? [],
    };
    if (!isUsablePattern('docNumber', rules.docNumberPattern) || !isUsablePattern('serial', rules.serialPattern))
        throw new DomainError('document.patternUnusable');
    return rules;
}

async function seriesFor(tx: Tx, type: DocumentType, category: string | undefined): Promise<[SeriesKey, NumberRules]> {
    const rules = await numberRules(tx);
    return [seriesOf(type, category, yearOf(tx.now), rules), rules];
}

/** The number of a document: the next of its register, or the one its terminal took along. */
export async function numberFor(
    tx: Tx,
    document: Pick<DocumentRow, 'id' | 'type'>,
    { category, reserved }: Wish,
): Promise<string> {
    if (reserved === undefined) {
        const [key, rules] = await seriesFor(tx, document.type, category);
        return giveNumber(tx, key, rules, document.id);
    }
    const number = await lockReserved(tx, reserved.blockId, reserved.place);
    if (number === undefined) throw new DomainError('document.numberNotReserved');
    const [key] = await seriesFor(tx, document.type, number.category === '' ? undefined : number.category);
    // The year may have turned since the block was taken along; the register is that of the block.
    if (key.numbering !== number.numbering || key.nature !== number.nature) throw new DomainError('document.numberNotReserved');
    await bindReserved(tx, number, document.id, tx.now);
    return number.text;
}

export const numberDocument = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version, ...wish }: BodyOf<Endpoints['document.number']>,
): Promise<ResponseOf<Endpoints['document.number']>> =>
    takeStep(services, context, 'document.number', { id, version }, async (tx, row) => {
        decideDocumentNumber(factsOf(row));
        const number = await numberFor(tx, row, wish);
        return {
            step: 'numbered',
            patch: { number, numbered_at: tx.now },
            note: number,
            kind: 'document.numbered',
            body: bodyOf({ number, blockId: wish.reserved?.blockId }),
            answer: { number },
        };
    });

export const reserveNumbers = (
    services: Services,
    context: CommandContext,
    { type, category, ...wish }: BodyOf<Endpoints['document.reserveNumbers']>,
): Promise<ResponseOf<Endpoints['document.reserveNumbers']>> =>
    runCommand(services.commands, context, 'document.reserveNumbers', async (tx) => {
        const [key, rules] = await seriesFor(tx, type, category);
        const { id, numbers } = await reserveBlock(tx, key, rules, wish);
        return {
            result: { id, numbers },
            events: [
                {
                    kind: 'document.blockReserved',
                    creates: [id],
                    body: {
                        type,
                        terminal: wish.terminal,
                        first: numbers[0]?.text ?? '',
                        last: numbers.at(-1)?.text ?? '',
                        count: numbers.length,
                    },
                },
            ],
        };
    });

export const returnNumbers = (
    services: Services,
    context: CommandContext,
    id: Id,
    { reason }: BodyOf<Endpoints['document.returnNumbers']>,
): Promise<{ returned: number }> =>
    runCommand(services.commands, context, 'document.returnNumbers', async (tx) => {
        const block = await lockBlock(tx, id);
        if (block === undefined) throw new DomainError('document.blockNotFound');
        if (block.state === 'returned') throw new DomainError('document.blockReturned');
        const numbers = await returnBlock(tx, block, reason);
        return {
            result: { returned: numbers.length },
            events: [{ kind: 'document.blockReturned', objects: [id], body: { reason, numbers } }],
        };
    });

export const spoilNumber = (
    services: Services,
    context: CommandContext,
    id: Id,
    { reason }: BodyOf<Endpoints['document.spoilNumber']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'document.spoilNumber', async (tx) => {
        const number = await lockReservedById(tx, id);
        if (number === undefined) throw new DomainError('document.numberNotReserved');
        await voidNumber(tx, number, reason);
        const objects = number.block_id === null ? [] : [number.block_id];
        return {
            result: {},
            events: [{ kind: 'document.numberVoided', objects, body: { number: number.text, reason } }],
        };
    });
