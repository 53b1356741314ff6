type Party = { readonly name: string; readonly creditCode: string | null; readonly address: string | null };

/**
 * What stands behind each of two names so that nobody takes one party for the other: nothing where the names differ; else the code if it
 * differs, else the address. Of a party without it nothing can be said; then both are the same to whoever reads a list.
 */
export function toldApart(one: Party, other: Party): readonly [one: string | null, other: string | null] {
    if (one.name !== other.name) return [null, null];
    if (one.creditCode !== other.creditCode) return [one.creditCode ?? one.address, other.creditCode ?? other.address];
    return one.address === other.address ? [one.creditCode, other.creditCode] : [one.address, other.address];
}
