import { expect, it } from 'vitest';
import { asTrouble } from './disk-folder.ts';

it.each([
    ['EROFS', 'disk.readOnly'],
    ['EACCES', 'disk.readOnly'],
    ['ENOSPC', 'disk.full'],
    ['EIO', 'disk.failed'],
])('what the system says of a disk as %s is %s', async (code, trouble) => {
    const work = () => Promise.reject(Object.assign(new Error(code), { code }));
    await expect(asTrouble(work)).rejects.toMatchObject({ code: trouble });
});
