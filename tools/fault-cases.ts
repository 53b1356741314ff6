/** A test that shows a case: its file, and what it is called there (a part of its title that stands in the file). */
type Shown = readonly [file: string, title: string];

/** A fault or an abuse, what has to come of it, and the tests that show it. What is not shown is said. */
export type FaultCase = {
    readonly number: number;
    readonly fault: string;
    readonly expected: string;
    readonly shown: readonly Shown[];
    /** What of it no test shows, or why none can yet. */
    readonly missing?: string;
};

const SERVER = 'apps/server/src';
const FAULTS = `${SERVER}/faults`;
const UPLOADS = `${SERVER}/platform/uploads`;
const RECORDING = `${SERVER}/features/recording`;
const LEDGER = `${SERVER}/features/ledger`;
const CHECKPOINT = `${LEDGER}/checkpoint`;
const WITNESS = 'apps/witness/src/witness.test.ts';
const MEDIA = `${SERVER}/platform/media`;
const VERIFY_LOG = `${LEDGER}/verify-ledger.test.ts`;

const NOT_BUILT = {
    encryption: 'Not built: content is not encrypted by the server.',
    approvals: 'Not built: playing asks for no approval that could be taken back.',
    destruction: 'Not built: nothing is destroyed yet.',
} as const;

/** The forty cases that the house holds itself to; `npm run test:faults` runs every test that is named here. */
export const FAULT_CASES: readonly FaultCase[] = [
    {
        number: 1,
        fault: 'Server killed while a part of a file comes in',
        expected: 'the client goes on behind the last acknowledged byte; one item, the same digest',
        shown: [
            [`${UPLOADS}/crash.test.ts`, 'every acknowledged byte is there and one item comes of it'],
            [`${FAULTS}/upload.test.ts`, 'keeps every acknowledged byte; the upload goes on at the new server'],
        ],
    },
    {
        number: 2,
        fault: 'Server killed between the rename of an object and the commit',
        expected: 'the object is registered or swept, never listed twice; the retry succeeds',
        shown: [
            [`${UPLOADS}/crash.test.ts`, "'upload.afterRename:kill'"],
            [`${SERVER}/platform/storage/disk-store.test.ts`, 'finishes a put that was cut off after the object had its name'],
        ],
    },
    {
        number: 3,
        fault: 'Server killed between the commit and the answer',
        expected: 'a retry of the same command gets the same answer',
        shown: [
            [`${FAULTS}/commit.test.ts`, "['command.afterCommit', true]"],
            [`${UPLOADS}/crash.test.ts`, 'an upload whose last answer was lost is sealed'],
        ],
    },
    {
        number: 4,
        fault: 'Server killed inside the transaction that appends',
        expected: 'no entry, no change of state, no gap',
        shown: [
            [`${FAULTS}/commit.test.ts`, "['command.beforeCommit', false]"],
            [`${FAULTS}/kill-loop.heavy.test.ts`, 'kills of the server under eight writers'],
        ],
    },
    {
        number: 5,
        fault: 'Signer killed after signing and before publishing',
        expected: 'the same checkpoint again; never two roots of one size',
        shown: [
            [`${FAULTS}/checkpoint.test.ts`, 'killed between signing and publishing publishes the same checkpoint afterwards'],
            [`${CHECKPOINT}/checkpoint.test.ts`, 'is the same one again when the signer fell'],
        ],
    },
    {
        number: 6,
        fault: 'Witness killed after it kept a checkpoint and before its answer',
        expected: 'it has not forgotten, and cosigns when asked again',
        shown: [[WITNESS, 'after it kept a checkpoint and before it answered has not forgotten it']],
    },
    {
        number: 7,
        fault: 'Database stopped at once under 32 writers',
        expected: 'what was acknowledged is there, the log verifies',
        shown: [[`${FAULTS}/database.test.ts`, "['SIGQUIT', 32"]],
    },
    {
        number: 8,
        fault: 'Database restarted while requests run',
        expected: 'they are told to come again; nothing is confirmed that was not committed',
        shown: [
            [`${FAULTS}/database.test.ts`, 'is answered for with "unavailable", comes back by itself and has kept everything'],
            [`${FAULTS}/upload.test.ts`, 'lets nothing acknowledged be lost; the client goes on where it was'],
        ],
    },
    {
        number: 9,
        fault: 'Disk of contents full during an upload',
        expected: 'refused before a byte comes where it can be known; goes on when there is room',
        shown: [
            [`${UPLOADS}/full.test.ts`, 'refuses an upload for which there is no room before a byte comes'],
            [`${UPLOADS}/full.test.ts`, 'resumes an upload that met a full disk, when there is room again'],
        ],
    },
    {
        number: 10,
        fault: 'Disk of the journal of the database full',
        expected: 'no write and no viewing without its entry; goes on without repair by hand',
        shown: [[`${FAULTS}/full-journal.test.ts`, 'refuses what it cannot enter, and goes on by itself when there is room']],
    },
    {
        number: 11,
        fault: 'Volume of contents not mounted or read-only',
        expected: 'nothing comes in, nothing is written to the empty mount point',
        shown: [
            [`${UPLOADS}/full.test.ts`, 'writes nothing where the volume is not mounted'],
            [`${SERVER}/platform/storage/disk-store.test.ts`, 'knows another store and one it cannot write'],
        ],
    },
    {
        number: 12,
        fault: 'Last block of a stored file torn',
        expected: 'found when it is read and when everything is read once more; put right from a second copy',
        shown: [
            [`${SERVER}/platform/storage/disk-store.test.ts`, 'finds a cut-off object and digests that are not those of the log'],
            [`${RECORDING}/scrub.test.ts`, 'damage is put right from the second copy'],
        ],
    },
    {
        number: 13,
        fault: 'One bit of a stored recording flipped',
        expected: 'the same; the part of 4 MiB is named, none of it is played',
        shown: [
            [`${SERVER}/platform/storage/disk-store.test.ts`, 'serves no byte of a damaged chunk, names it'],
            [`${RECORDING}/recording.test.ts`, 'never shows damaged bytes: the viewer is told'],
        ],
    },
    {
        number: 14,
        fault: 'Both copies damaged',
        expected: 'said to be damaged, nothing is erased, no proof of what is whole is lost',
        shown: [
            [`${RECORDING}/scrub.test.ts`, 'both copies damaged in one place'],
            [`${RECORDING}/scrub.test.ts`, 'damage without another copy is found'],
        ],
    },
    {
        number: 15,
        fault: 'One bit of an entry flipped',
        expected: 'log and index are named; what it would prove is not handed out',
        shown: [
            [`${FAULTS}/tampering.test.ts`, "it('one byte of an entry'"],
            [VERIFY_LOG, "it('one changed byte of an entry'"],
            [`${CHECKPOINT}/proof.test.ts`, 'is refused for an entry with a flipped bit'],
        ],
    },
    {
        number: 16,
        fault: 'Head of a log changed',
        expected: 'named; nothing is entered on top of it',
        shown: [
            [`${FAULTS}/tampering.test.ts`, "it('the head of a log'"],
            [VERIFY_LOG, "it('a changed head'"],
            [`${FAULTS}/tampering.test.ts`, 'nothing is entered on top of it until it is right again'],
        ],
    },
    {
        number: 17,
        fault: 'Administrator of the database changes one entry',
        expected: 'named with its index; no checkpoint over it',
        shown: [
            [VERIFY_LOG, 'changed bytes anywhere in an entry, its leaf and its chain'],
            [`${LEDGER}/check/checking.test.ts`, 'an entry forged with leaf, chain and head'],
        ],
    },
    {
        number: 18,
        fault: 'Administrator deletes an entry in the middle and renumbers',
        expected: 'named by the signed checkpoints, and by whoever keeps a mirror',
        shown: [
            [`${CHECKPOINT}/checkpoint.test.ts`, 'an entry taken out of the middle, with everything after it renumbered'],
            [`${CHECKPOINT}/mirroring.test.ts`, 'proves which entry the database lost or changed'],
        ],
    },
    {
        number: 19,
        fault: 'Administrator appends a forged entry',
        expected: 'nothing is signed over it; it is named',
        shown: [
            [`${CHECKPOINT}/checkpoint.test.ts`, 'over an entry that no known key signed'],
            [VERIFY_LOG, 'with a key put into the table is betrayed by the key'],
        ],
    },
    {
        number: 20,
        fault: 'Administrator switches triggers off and changes a row of state only',
        expected: 'state and log differ: the row is named',
        shown: [
            [`${FAULTS}/tampering.test.ts`, "it('a row of a table'"],
            [VERIFY_LOG, "it('a deleted row and a row slipped in'"],
            [`${LEDGER}/check/checking.test.ts`, 'a row of state, one deleted, one added: by table and row'],
            [`${FAULTS}/nightly-check.test.ts`, 'names the rows and the entry that a superuser edits while it works'],
        ],
    },
    {
        number: 21,
        fault: "Yesterday's database put back and started",
        expected: 'it does not start; it goes on only with a reason, under a new name, and the log says so',
        shown: [
            [`${FAULTS}/checkpoint.test.ts`, 'keeps a server from starting on an older copy of the database'],
            [`${CHECKPOINT}/continue-log.test.ts`, 'goes on under a new name, and the log says what was signed before and why'],
            [`${CHECKPOINT}/witnessing.test.ts`, 'keeps the server from starting and the log from being signed'],
        ],
    },
    {
        number: 22,
        fault: 'Clock of the server jumps by a day',
        expected: 'entries keep the order of the log; an alarm; no rule fires by the jump',
        shown: [
            [`${SERVER}/platform/clock.test.ts`, 'also when time stands or goes back'],
            [`${SERVER}/features/clock/clock.test.ts`, 'by a day raises an alarm, is no reason to judge anything'],
            [`${LEDGER}/check/checking.test.ts`, 'is not checked for ever when the clock of the server is put back'],
            [`${SERVER}/features/clock/terms-in-doubt.test.ts`, 'nothing that is shown says that anything is late or in time'],
            ['e2e/clock.test.ts', 'keeps every page from saying that something is late'],
        ],
    },
    {
        number: 23,
        fault: 'Clock of a recorder wrong by hours, restarted, or never read',
        expected: "the corrected time beside the device's; without a reading nothing is judged by it",
        shown: [
            [`${RECORDING}/recording-times.test.ts`, 'until somebody read its clock, then corrected with its bounds'],
            [`${RECORDING}/recording-times.test.ts`, 'is found for a clock that restarted in 2000'],
        ],
    },
    {
        number: 24,
        fault: 'The same file twice by the same person',
        expected: 'one item; the second time is an entry',
        shown: [[`${RECORDING}/recording.test.ts`, 'is one item when the same person hands it in again']],
    },
    {
        number: 25,
        fault: 'The same bytes by two officers',
        expected: 'two items, one content',
        shown: [[`${RECORDING}/recording.test.ts`, 'is a second item on the same bytes when another officer hands it in']],
        missing: 'Destroying one of them: not built.',
    },
    {
        number: 26,
        fault: 'Two clients on one upload',
        expected: 'one writes, the other waits; no bytes mix',
        shown: [[`${UPLOADS}/locking.test.ts`, 'of which one still sends: the other is told to wait and no bytes mix']],
    },
    {
        number: 27,
        fault: 'Parts repeated, overlapping, of a wrong length',
        expected: 'refused without change, with where to go on',
        shown: [[`${UPLOADS}/uploads.test.ts`, 'at a wrong offset, repeated or overlapping, changes nothing']],
    },
    {
        number: 28,
        fault: 'Declared digest is not that of the bytes',
        expected: 'kept apart, entered, nobody registers it',
        shown: [[`${UPLOADS}/uploads.test.ts`, 'whose digest is not the declared one is kept apart']],
    },
    {
        number: 29,
        fault: 'A recording cut off in the middle (battery pulled)',
        expected: 'kept bit by bit and marked; a repaired picture is derived',
        shown: [
            [`${RECORDING}/recording.test.ts`, 'that was cut off keeps its beginning by the device clock'],
            [`${MEDIA}/rebuild-file.test.ts`, 'pictures without an index'],
        ],
    },
    {
        number: 30,
        fault: 'Files of no bytes, thousands of them, hostile names',
        expected: 'bounded memory, safe names, clear words',
        shown: [
            [`${RECORDING}/recording.test.ts`, "['a file of no bytes'"],
            [`${SERVER}/cli/dock/hostile-media.test.ts`, 'takes names of any bytes and of 255 of them'],
            [`${UPLOADS}/parallel.heavy.test.ts`, 'at once stay under 300 MiB of server memory'],
            [`${FAULTS}/large-file.heavy.test.ts`, 'is read back and plays from its end in less than 512 MiB of memory'],
            [`${UPLOADS}/large-sizes.test.ts`, 'bytes: its row is exact to the last byte'],
            [`${SERVER}/platform/archive/zip-records.test.ts`, 'a member of 100 GB, and others behind 2^32 and 2^37 bytes'],
        ],
        missing:
            'The file that is sent has 24 GB; one of 100 GB needs a disk for it (LIUHEN_LARGE_FILE_GB=100), elsewhere sizes of 100 GB are declared only. 200,000 tiny files are not sent.',
    },
    {
        number: 31,
        fault: 'A file made to harm whoever inspects it',
        expected: 'inspected by a process that may nothing and has limits; the original is kept all the same',
        shown: [
            [`${MEDIA}/limited-process.test.ts`, 'it may not %s'],
            [`${MEDIA}/inspect-file.test.ts`, 'hostile structure'],
        ],
    },
    {
        number: 32,
        fault: 'A bad network: 30 % loss, 2 s each way, cut every 10 s',
        expected: 'the upload ends whole; on average no byte is sent more than twice',
        shown: [
            [`${UPLOADS}/tus-client.test.ts`, 'the usual client goes on by itself after a pause in the middle'],
            [`${SERVER}/cli/dock/bad-line.test.ts`, 'a line with delay and losses that is cut again and again'],
            [`${SERVER}/cli/dock/bad-line.heavy.test.ts`, 'with a standstill for every third packet'],
            [`${SERVER}/cli/dock/bad-line.heavy.test.ts`, 'with 30 % of all packets really lost'],
            [`${UPLOADS}/locking.test.ts`, 'where the first is silent: the client that comes back takes over'],
            ['e2e/bad-line.test.ts', 'over a line with delay and losses that is cut again and again comes in whole'],
        ],
        missing:
            'What TCP itself sends again for a lost packet is not counted. The page in a browser is tried with shorter delays and cuts than these.',
    },
    {
        number: 33,
        fault: 'Keys of contents lost',
        expected: 'refused with the reason; intake goes on',
        shown: [],
        missing: NOT_BUILT.encryption,
    },
    {
        number: 34,
        fault: 'Key of a log away for days',
        expected: 'commands go on, checkpoints wait and that is shown; they catch up',
        shown: [[`${CHECKPOINT}/key-away.test.ts`, 'while its key is away; commands go on, and it catches up when it is back']],
    },
    {
        number: 35,
        fault: 'Witness away for days, then back',
        expected: 'proofs say who is missing; one proof catches up',
        shown: [[`${CHECKPOINT}/witnessing.test.ts`, 'wait for a witness that is away, which catches up by one proof']],
    },
    {
        number: 36,
        fault: 'Approval taken back while something is played',
        expected: 'it ends within a minute',
        shown: [],
        missing: NOT_BUILT.approvals,
    },
    {
        number: 37,
        fault: 'Hold set while contents are destroyed',
        expected: 'what is held is never destroyed',
        shown: [],
        missing: NOT_BUILT.destruction,
    },
    {
        number: 38,
        fault: 'Crash in the middle of destroying',
        expected: 'goes on; each item once',
        shown: [],
        missing: NOT_BUILT.destruction,
    },
    {
        number: 39,
        fault: 'A package killed while it is made',
        expected: 'it goes on and verifies; it is entered once',
        shown: [
            [`${SERVER}/features/access/package-verified.test.ts`, 'is valid, killed at %s in between'],
            [`${SERVER}/features/access/discs.test.ts`, 'is the same, killed at %s in between, and every disc is entered once'],
            [
                `${SERVER}/platform/archive/resumable-zip.test.ts`,
                'is the same, whatever a crash left behind its last whole member',
            ],
        ],
    },
    {
        number: 40,
        fault: 'Restored on a machine that has nothing but the backup',
        expected: 'everything acknowledged is there and verified; the log goes on under a new name',
        shown: [[`${FAULTS}/backup.test.ts`, 'made while people work is an installation again']],
    },
];
