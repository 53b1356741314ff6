/** A name may hold anything, also what moves the cursor of a terminal or turns the direction of what follows. */
export const printable = (name: string): string => name.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd');
