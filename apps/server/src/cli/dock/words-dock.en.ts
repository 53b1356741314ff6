import type { DockWords } from './words-dock.zh-CN.ts';

export const dockEn: DockWords = {
    help: `Usage: npm run liuhen -- dock [command] [options] [FOLDER…]

Docks recorders: whatever appears in mount points or folders - recorders, exports of docking stations and of rooms - is
checked and handed in file by file. Works without the server; may be interrupted at any moment and goes on; no file twice.

Commands (none: dock):
  status   this computer's docking: files on their way, the spool, what is still to be reported
  enrol    sets a password for the docking computer's account and writes the credentials file (nobody else knows it)
  key      shows the public key the server signs receipts with, to be compared and put into the configuration

  --config FILE        JSON, see docs/dock.md
  --server URL         http://127.0.0.1:8042 by default
  --credentials FILE   of mode 0600
  --state FOLDER       journal and unfinished uploads (below $XDG_STATE_HOME/liuhen/dock by default)
  --parent FOLDER      each folder in it is a recorder, as in /media/user; may be repeated
  --profiles FOLDER    the organisation's own profiles (*.json)
  --source SOURCE      recorder, stationCopy, room, phone or upload
  --once               ends when what is there has been dealt with
  --dry-run            says what would be taken and how each name was read, and does nothing
  --json               JSON from status and --dry-run

Exit code: 0 all in, 1 some not, 2 usage or configuration, 3 server not reachable`,
    configUnreadable: 'The configuration {file} cannot be read ({reason})',
    configNotJson: 'The configuration {file} is not JSON: {reason}',
    configUnknown: 'Configuration {file}: {path} is not known',
    configWrong: 'Configuration {file}: {path} is wrong, expected {expected}',
    expected: {
        text: 'text',
        number: 'a number',
        positive: 'an integer above 0',
        list: 'a list',
        object: 'an object',
        yesNo: 'true or false',
        source: 'one of recorder, stationCopy, room, phone, upload',
        watch: 'an object with either folder or parent',
        key: 'a public key of 64 hex digits, or a file that holds it',
        other: 'another value',
    },
    profileUnreadable: 'The profile {file} cannot be read ({reason})',
    profileWrong: 'Profile {file}, rule {rule}: {fault}',
    profileSame: 'Profile {file}: the id "{id}" exists already',
    profileMissing: 'There is no profile "{id}"',
    faults: {
        'profile.shape': 'members or types are not right',
        'profile.noRules': 'it has no rules',
        'profile.tooManyRules': 'it has too many rules',
        'profile.expression': 'the expression is not well formed',
        'profile.tooLong': 'the expression is too long',
        'profile.slow': 'the expression may repeat without end, so that a hostile name keeps it busy for ever',
        'profile.group': 'it names a group that is not known',
    },
    nothingToWatch: 'Name the folders to dock, or give `watch` in the configuration',
    needCredentials: 'Give the credentials file by --credentials or in the configuration (see dock enrol)',
    credentialsMissing: 'There is no credentials file {file}; run dock enrol first',
    credentialsMode: 'Others can read the credentials file {file} (mode {mode}); make it 0600',
    credentialsOwner: 'The credentials file {file} does not belong to the user who runs this',
    credentialsWrong: 'The credentials file {file} is not right; run dock enrol again',
    keyWrong: 'The public key {file} is not 64 hex digits',
    stateBusy: 'Another docking program is using {folder}',
    stateUnusable: '{folder} cannot be written ({reason})',
    journalTorn:
        '{bytes} bytes at the end of the journal were not finished (power cut) and are taken off; nothing depends on them',
    journalBad: '{count} lines of the journal are damaged; their files are checked again, and nothing is erased because of them',
    unreachable: '{server} cannot be reached; working here meanwhile',
    reachable: '{server} is reached',
    refused: 'The server refuses: {reason}',
    wrongKey: 'The server’s key is not the one configured (it is {key} now): no receipt is accepted and nothing is erased',
    volumeFound: '{volume}: {profile}, {count} files to take, {known} taken before{serial}',
    volumeUnknown: '{volume}: no profile fits; {count} files are taken as of unknown origin, a manager has to say{serial}',
    seen: '  it holds {names}',
    noSerial: ' (serial of the volume not known)',
    secret: '{volume}: {count} files are marked as state secrets; none was opened or copied. Stop using this medium and hand it to the office in charge of secrets (Annex 1 art. 12)',
    clockRead: '{volume}: the device’s clock shows {shown}',
    clockSet: '{volume}: the device’s clock was set',
    clockUnread: '{volume}: the device’s clock cannot be read ({reason}); it is known only to be past its newest file',
    clockBounded: '{volume}: there is no driver; the device’s clock is known only to be past its newest file',
    taken: '{recording}\t{volume}\t{name}',
    progress: '{volumes} volumes · {done}/{all} · {name}',
    leftChanging: '{volume}: {name} is still being written and is taken next time',
    leftUnreadable: '{volume}: {name} cannot be read ({reason}) and stays',
    leftRefused: '{volume}: {name} did not come in: {reason}',
    leftVanished: '{volume}: {name} is on the medium no more and was not taken',
    leftSpoolFailed: '{volume}: {name} cannot be spooled ({reason}) and stays',
    leftOffline: '{volume}: the server cannot be reached; {count} files stay and are taken once it is',
    spooled: '{volume}: the server cannot be reached; {count} files are spooled here',
    spoolFull: '{volume}: the spool is full (or the disk here); {count} files stay',
    spoolDamaged: 'The spooled copy of {name} is damaged; it is taken from the recorder again',
    spoolForeign: 'The spool {folder} holds something that is not ours; it was left alone',
    erased: '{volume}: {count} files erased (the server has them and gave receipts)',
    halfErased:
        '{volume}: {count} files whose erasing was interrupted are gone; they count as erased, and their receipts are kept',
    keptSummary: '{volume}: {count} files not erased: {why}',
    keep: {
        switchedOff: 'the organisation has not switched erasing on',
        switchUnknown: 'whether the organisation has switched erasing on is not known',
        notARecorder: 'not a recorder, never erased',
        noKey: 'the server’s key is not in the configuration',
        noReceipt: 'there is no receipt yet',
        receiptForged: 'the receipt’s signature is wrong',
        receiptOfOther: 'the receipt is of another file',
        gone: 'the file is gone',
        changed: 'the file is not what came in',
        moved: 'the name leads to another file',
        readOnly: 'the medium is read-only (its lock, or mounted without the right to write)',
        failed: 'the system refused to erase',
    },
    eraseFailed: '{volume}: {name} cannot be erased ({reason}) and stays; tried again when it is put in anew',
    deviceUnknown:
        '{device} is not in the register of devices: its files wait to be settled, and its clock readings are kept until it is',
    unread: '{volume}: {count} folders or files cannot be read (the medium may be damaged); the rest is taken. Stop using it and have it looked at',
    odd: '{volume}: {count} links, pipes or device files are no recordings and were left alone',
    twin: '{volume}: has the same serial as {other} ({serial}); both are taken, told apart by content',
    unnameable: '{folder}: the name of the folder is no text, so it cannot be docked; mount it by another name',
    volumeFailed: '{volume}: cannot be read ({reason}), tried again later; the others go on',
    journalFull:
        'The journal in {folder} cannot be written ({reason}): docking pauses, all files stay on their recorders. It goes on by itself once there is room',
    journalAgain: 'The journal can be written again; docking goes on',
    removed: '{volume}: taken out while docking; goes on when it is back',
    tooMany: '{volume}: too many files or folders; only the first {count} were looked at',
    summary: '{taken} in, {known} taken before, {spooled} spooled, {left} left, {erased} erased',
    dryHead: '{volume}: {profile} (score {score}){serial}',
    dryNone: '{volume}: no profile fits{serial}',
    dryScore: '  {profile}: score {score}',
    dryFile: '  takes  {path}  {kind}{reading}',
    dryKnown: '  taken before  {path}',
    dryIgnored: '  leaves  {path} (file of a system)',
    drySecret: '  neither opens nor copies {count} files marked as state secrets',
    kinds: {
        video: 'video',
        audio: 'audio',
        photo: 'photo',
        log: 'log',
        position: 'positions',
        ignored: 'file of a system',
        secret: 'secret',
        unknown: 'unknown',
    },
    readDevice: 'device {text}',
    readOfficer: 'officer {text}',
    readStart: 'time {text}',
    readSegment: 'segment {text}',
    readKey: 'key file ({text})',
    readBeside: 'beside {text}',
    marks: { name: 'name', folder: 'folder', readOnly: 'read-only' },
    statusState: 'State folder {folder}',
    statusCounts:
        'read {read} · spooled {spooled} · in, waiting for the receipt {sent} · receipt {receipted} · being erased {erasing} · erased {erased}',
    statusSpool: 'Spool {size}, {count} files',
    statusDockings: 'Dockings to be reported {count}',
    statusOdd: 'Lines of the journal that fit no state {count}',
    enrolDone: 'The password of {login} was changed and written to {file}; nobody else knows it',
    enrolNeedFile: 'Give the credentials file to write by --credentials',
    enrolExists: '{file} exists; move it away first',
    enrolRefused: 'The password of {login} was not changed; {file} was taken away again',
    enrolUnsure:
        'Whether the password of {login} was changed is not known; {file} stays. If docking cannot sign in with it, remove it and enrol again',
    enrolNotDock: '{login} does not have the role of a docking computer; the security administrator grants it',
    keyShown:
        'Public key {key} (id {id}). Compare the id with the log’s entry of the key, then put it into the configuration as serverKey',
    reasons: {
        EIO: 'reading or writing failed, the medium may be damaged',
        EACCES: 'no right to',
        EPERM: 'the system does not allow it',
        EROFS: 'read-only',
        ENOSPC: 'the disk is full',
        EDQUOT: 'the quota is used up',
        ENOENT: 'not there any more',
        ELOOP: 'it became a link',
        EBUSY: 'in use',
        EUCLEAN: 'the file system is damaged',
        ETIMEDOUT: 'it took too long',
    },
    driverWrong: 'the driver’s answer is not right',
    driverSlow: 'the driver takes too long',
    driverEnded: 'the driver ended ({code})',
};
