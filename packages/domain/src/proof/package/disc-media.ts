/** Discs that a package is written on: one layer each. */
export const DISC_MEDIA = ['dvd', 'bd'] as const;
export type DiscMedium = (typeof DISC_MEDIA)[number];

/** Bytes of a sector of every disc and of a block of ISO 9660. */
export const DISC_SECTOR = 2048;

/**
 * Bytes that every disc of a kind takes, of the figures in use the smallest one, so that an image fits whatever is bought.
 * - `dvd`, sold as 4.7 GB: DVD+R and DVD+RW of one layer have 2,295,104 sectors (ECMA-349, ECMA-337; 4,700,372,992 bytes), DVD-R 2,298,496
 *   (ECMA-359; 4,707,319,808 bytes).
 * - `bd`, sold as 25 GB: 12,219,392 sectors unformatted (25,025,314,816 bytes). What is left after formatting is told by the drive (MMC, READ
 *   FORMAT CAPACITIES): 11,826,176 sectors with the usual spare areas, the default of BD-RE and of a formatted BD-R; 12,088,320 with the
 *   small one that growisofs asks for.
 */
export const DISC_BYTES: Readonly<Record<DiscMedium, number>> = {
    dvd: 2_295_104 * DISC_SECTOR,
    bd: 11_826_176 * DISC_SECTOR,
};

/** What the descriptors, path tables and the beginning of an image take at most, whatever is in it. */
const IMAGE_BYTES = 128 * 1024;
/** Directory and path table of a folder, as ISO 9660 and as Joliet, with what is left empty in their last sectors. */
const FOLDER_BYTES = 6 * 1024;
/**
 * Records of a file: of ISO 9660 up to 255 bytes and 250 of Rock Ridge beside them, of Joliet up to 240, and an eighth more because no record
 * crosses a sector. A test compares with images.
 */
const RECORD_BYTES = 1024;
/** Largest part of a file that one record describes; a longer file has several (ISO 9660 level 3). */
const EXTENT_BYTES = 2 ** 32 - DISC_SECTOR;

/** What a file of `size` bytes takes of an image at most. */
export const discBytesOf = (size: number): number =>
    Math.max(1, Math.ceil(size / DISC_SECTOR)) * DISC_SECTOR + Math.max(1, Math.ceil(size / EXTENT_BYTES)) * RECORD_BYTES;

/** What an image takes beside its files, at most; `folders` is how many it has. */
export const imageBytesOf = (folders: number): number => IMAGE_BYTES + folders * FOLDER_BYTES;

/** Largest file that takes at most `room` bytes of an image. */
export function largestFileIn(room: number): number {
    let size = Math.max(0, Math.floor((room - RECORD_BYTES) / DISC_SECTOR) * DISC_SECTOR);
    while (size > 0 && discBytesOf(size) > room) size -= DISC_SECTOR;
    return size;
}

/** Name of a disc in its own file system: letters, digits and `_`, at most 16, which is what Joliet takes. */
export const discLabel = (number: string, volume: number, volumes: number): string => {
    const tail = `_${volume}_${volumes}`;
    const digits = number.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
    return `${digits.slice(-(16 - tail.length))}${tail}`;
};
