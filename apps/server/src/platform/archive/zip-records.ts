/**
 * Records of a ZIP archive as APPNOTE 6.3.10 lays them out: names in UTF-8, content stored as it is, sizes always in the ZIP64 field, so
 * that a file of many GB needs no other form than a small one.
 */
export type ZipMember = {
    readonly name: string;
    /** Where its local header begins, bytes from the start of the archive. */
    readonly offset: bigint;
    readonly size: bigint;
    readonly crc: number;
};

const UTF8_NAMES = 0x0800;
const NEEDED = 45;
const MADE_ON_UNIX = (3 << 8) | NEEDED;
/** A date must stand there; the same for all, so that the same content makes the same archive. 1980-01-01. */
const DATE = 0x21;
const IN_ZIP64 = 0xffffffff;
const REGULAR_FILE = 0o100444;

/** Before the content of a member. It is as long whatever size and sum are, so that it can be written again once they are known. */
export function localHeader({ name, size, crc }: Omit<ZipMember, 'offset'>): Buffer {
    const bytes = Buffer.from(name, 'utf8');
    const head = Buffer.alloc(30 + bytes.length + 20);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(NEEDED, 4);
    head.writeUInt16LE(UTF8_NAMES, 6);
    head.writeUInt16LE(DATE, 12);
    head.writeUInt32LE(crc, 14);
    head.writeUInt32LE(IN_ZIP64, 18);
    head.writeUInt32LE(IN_ZIP64, 22);
    head.writeUInt16LE(bytes.length, 26);
    head.writeUInt16LE(20, 28);
    bytes.copy(head, 30);
    zip64Field(head, 30 + bytes.length, [size, size]);
    return head;
}

/** The directory at the end of an archive, which begins at `at`. */
export function directory(members: readonly ZipMember[], at: bigint): Buffer {
    const lines = members.map(line);
    const length = BigInt(lines.reduce((sum, each) => sum + each.length, 0));
    const end = Buffer.alloc(56 + 20 + 22);
    end.writeUInt32LE(0x06064b50, 0);
    end.writeBigUInt64LE(44n, 4);
    end.writeUInt16LE(MADE_ON_UNIX, 12);
    end.writeUInt16LE(NEEDED, 14);
    end.writeBigUInt64LE(BigInt(members.length), 24);
    end.writeBigUInt64LE(BigInt(members.length), 32);
    end.writeBigUInt64LE(length, 40);
    end.writeBigUInt64LE(at, 48);
    end.writeUInt32LE(0x07064b50, 56);
    end.writeBigUInt64LE(at + length, 64);
    end.writeUInt32LE(1, 72);
    end.writeUInt32LE(0x06054b50, 76);
    end.writeUInt16LE(0xffff, 84);
    end.writeUInt16LE(0xffff, 86);
    end.writeUInt32LE(IN_ZIP64, 88);
    end.writeUInt32LE(IN_ZIP64, 92);
    return Buffer.concat([...lines, end]);
}

function line({ name, offset, size, crc }: ZipMember): Buffer {
    const bytes = Buffer.from(name, 'utf8');
    const head = Buffer.alloc(46 + bytes.length + 28);
    head.writeUInt32LE(0x02014b50, 0);
    head.writeUInt16LE(MADE_ON_UNIX, 4);
    head.writeUInt16LE(NEEDED, 6);
    head.writeUInt16LE(UTF8_NAMES, 8);
    head.writeUInt16LE(DATE, 14);
    head.writeUInt32LE(crc, 16);
    head.writeUInt32LE(IN_ZIP64, 20);
    head.writeUInt32LE(IN_ZIP64, 24);
    head.writeUInt16LE(bytes.length, 28);
    head.writeUInt16LE(28, 30);
    head.writeUInt32LE((REGULAR_FILE << 16) >>> 0, 38);
    head.writeUInt32LE(IN_ZIP64, 42);
    bytes.copy(head, 46);
    zip64Field(head, 46 + bytes.length, [size, size, offset]);
    return head;
}

function zip64Field(into: Buffer, at: number, values: readonly bigint[]): void {
    into.writeUInt16LE(0x0001, at);
    into.writeUInt16LE(values.length * 8, at + 2);
    for (const [place, value] of values.entries()) into.writeBigUInt64LE(value, at + 4 + place * 8);
}
