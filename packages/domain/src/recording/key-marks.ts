import type { CardReading } from './profile/profile.ts';
import { recogniseCard } from './profile/profile-read.ts';
import { SHIPPED_PROFILES } from './profile/shipped-profiles.ts';

/** 附件2 重点文件标记: what in a file's name says that its officer marked it, by the profiles of recorders. */
export function keyMarksIn(name: string): CardReading['marks'] {
    return recogniseCard([{ path: name, size: 0n, readOnly: false }], SHIPPED_PROFILES)?.readings[0]?.marks ?? [];
}
