/** Containers that are recognised by their first bytes. Names as in the domain's lists. */
const SIGNATURES: readonly { readonly container: string; readonly at: number; readonly bytes: Buffer }[] = [
    { container: 'mpegPs', at: 0, bytes: Buffer.from([0, 0, 1, 0xba]) },
    { container: 'mpegVideo', at: 0, bytes: Buffer.from([0, 0, 1, 0xb3]) },
    { container: 'flv', at: 0, bytes: Buffer.from('FLV\u0001') },
    { container: 'asf', at: 0, bytes: Buffer.from('3026b2758e66cf11', 'hex') },
    // Private containers of two makers of recorders and cameras.
    { container: 'hikvision', at: 0, bytes: Buffer.from('IMKH') },
    { container: 'dahua', at: 0, bytes: Buffer.from('DHAV') },
    { container: 'jpeg', at: 0, bytes: Buffer.from([0xff, 0xd8, 0xff]) },
    { container: 'png', at: 0, bytes: Buffer.from('89504e470d0a1a0a', 'hex') },
];

/** How many bytes `uninspectedContainer` wants to see. */
export const SNIFF_LENGTH = 16;

/** The name of a container by its signature, or `undefined`. */
export function uninspectedContainer(head: Buffer): string | undefined {
    return SIGNATURES.find(({ at, bytes }) => head.subarray(at, at + bytes.length).equals(bytes))?.container;
}

export const isAvi = (head: Buffer): boolean =>
    head.subarray(0, 4).equals(Buffer.from('RIFF')) && head.subarray(8, 12).equals(Buffer.from('AVI '));

/** So much of the beginning shows whether a file holds satellite sentences: they come several times a second. */
export const SENTENCES_LENGTH = 8_192;
const SENTENCE = /\$(?:G[ABILNPQ]|BD)(?:RMC|GGA|GLL|ZDA|GSA|GSV|VTG),[ -~]{0,100}\*[0-9A-Fa-f]{2}/;

export const isSentences = (head: Buffer): boolean => !head.includes(0) && SENTENCE.test(head.toString('latin1'));
