/** Why a log is not written to the second disk now, or what differs there. Each stands until it is over. */
export const SECOND_DISK_TROUBLES = [
    /** The folder does not say that it is the second disk: not mounted, or never prepared. */
    'disk.notMounted',
    /** It is the second disk of another installation. */
    'disk.otherInstallation',
    'disk.readOnly',
    'disk.full',
    /** It cannot be read or written for another reason. */
    'disk.failed',
    /** It held more of this log before. */
    'disk.lost',
    /** What it holds is not what its checkpoint says. */
    'disk.damaged',
    /** It holds what was signed, and the database has something else. */
    'disk.differs',
    /** The entries of the database are not those of the signed checkpoint. */
    'disk.entriesDiffer',
    /** An entry is longer than the form allows. */
    'disk.entryTooLong',
] as const;
export type SecondDiskTrouble = (typeof SECOND_DISK_TROUBLES)[number];
