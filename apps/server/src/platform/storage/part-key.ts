import { DomainError, type Id } from '@liuhen/domain';

/** Where parts of unfinished uploads lie, apart from objects. */
export const PARTS = 'uploads/';

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const PART = new RegExp(`^${PARTS}(${ID})/(${ID})/\\d+-\\d+-${ID}$`);

export const isPart = (text: string): boolean => PART.test(text);

/** Throws `storage.badKey` for anything that this system has not made itself. */
export function checkedPart(key: string): string {
    if (!isPart(key)) throw new DomainError('storage.badKey');
    return key;
}

/** Whose part it is. */
export function uploadOfPart(key: string): { orgId: Id; uploadId: Id } {
    const [, orgId = '', uploadId = ''] = PART.exec(checkedPart(key)) ?? [];
    return { orgId, uploadId };
}
