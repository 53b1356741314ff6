const PREFIX = 'liuhen.blocks.';

/** Where the numbers that a person took along on this device are kept. */
export const takenNumbersKey = (personId: string): string => PREFIX + personId;

/** With the sign-in they leave the device; on the server they stay reserved. */
export const forgetTakenNumbers = (): void => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
};
