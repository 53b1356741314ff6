import type { CliWords } from './words.zh-CN.ts';

export const cliEn: CliWords = {
    help: `Usage: npm run liuhen -- <command> [options]

Commands:
  upload  hands in recordings; goes on where it was interrupted
  dock    docks recorders: watches for them and hands in what they hold
  verify  re-computes the whole log and the digests of every stored file
  keys          splits a key of the log into three shares, and joins two of them
  move-objects  moves what lies in the data folder into the bucket
  continue-log  lets logs go on under a new name after an older backup was restored
  compare-mirror names the entries that the database lost or changed, by what a mirror or the second disk keeps
  second-disk    says that a folder is the disk on which the logs are kept as well
  backup        database, originals and keys into another folder, while the system runs
  restore       a backup into a new data folder
  status  whether the system is ready
  help    this text; liuhen help <command> for one command

For all commands:
  --lang zh-CN|en   language (by default that of the system)`,
    helpUpload: `Usage: npm run liuhen -- upload [options] FILE or FOLDER…

  --server URL       http://127.0.0.1:8042 by default
  --login NAME       asked for when absent
  --device NUMBER    recorder or camera
  --officer NUMBER   certificate number of who recorded; by default who holds the device now
  --act NUMBER       act to file it under
  --source SOURCE    recorder, stationCopy, room, phone or upload
  --state FILE       remembers unfinished uploads (below $XDG_STATE_HOME/liuhen by default)
  --password-stdin   reads the password from standard input; else LIUHEN_PASSWORD, else it is asked for

Folders are handed in with everything in them. After an interruption the same command goes on.
For each file handed in, one line on standard output: id of the recording, tab, name.
Exit code: 0 all in, 1 some failed, 2 usage, 3 server not reachable`,
    helpVerify: `Usage: npm run liuhen -- verify [options]

  --data FOLDER        data folder (LIUHEN_DATA, else data)
  --database-url URL   without the embedded database (DATABASE_URL by default; prefer it when the URL has a password)
  --key FILE           public key kept elsewhere (PEM or 64 hex digits); may be repeated
  --sample N%          reads only N% of the files byte by byte
  --json               prints JSON

Works beside a running system and without one; reads only, changes nothing.
Exit code: 0 everything agrees, 1 something does not, 2 something could not be checked, 3 nothing can be read, or usage`,
    helpStatus: `Usage: npm run liuhen -- status [--server URL]

Exit code: 0 ready, 1 not ready, 2 usage, 3 not reachable`,
    seeHelp: '{problem}. For help: npm run liuhen -- help',
    unknownCommand: 'There is no command "{command}"',
    unknownOption: 'There is no option "{option}"',
    optionValue: 'Option {option} has no right value',
    unexpected: 'Unexpected argument "{argument}"',
    badLanguage: 'No such language: {language}',
    noFiles: 'Name the files to hand in',
    fileNotFound: 'There is no file "{file}"',
    fileAmbiguous: 'The name "{file}" has unreadable characters and fits several files; name their folder instead',
    fileUnreadable: 'the file cannot be read ({reason})',
    fileChanged: 'the file changed during the upload, which was ended',
    badServer: 'Not an address: {server}',
    badSource: 'The source is one of {sources}',
    badSample: 'The sample is between 0% and 100%',
    needLogin: 'Give the login name with --login',
    needPassword: 'Give the password in LIUHEN_PASSWORD or by --password-stdin',
    needCode: 'A one-time code is needed: run this on a terminal',
    askLogin: 'Login: ',
    askPassword: 'Password: ',
    askCode: 'One-time code: ',
    plainHttp: 'Mind: the connection to {host} is not encrypted, the password travels in the clear',
    unreachable: '{server} cannot be reached',
    notLiuhen: '{server} is not a Liuhen system',
    reading: 'reading {name} {percent}%',
    sending: 'sending {name} {percent}% ({sent} of {size})',
    sealing: 'sealing {name}',
    resumed: '{name}: going on at {sent}',
    failed: '{name}: {reason}',
    interrupted: 'Interrupted; the same command goes on',
    summary: '{done} in, {failed} failed',
    ready: '{server} is ready',
    notReady: '{server} is not ready: {reason}',
    notSetUp: 'not set up yet',
    verify: {
        'verify.noDataFolder': 'There is no data folder {folder}',
        'verify.noDatabase': 'There is no database in {folder}; give DATABASE_URL for an external one',
        'verify.databaseUnreachable': 'The database cannot be reached ({reason})',
        'verify.databaseRights': 'This database login does not see everything; use the one that migrates the database',
        'verify.schemaMissing': 'The database holds no Liuhen data',
        'verify.keyFileInvalid': '{file} holds no usable public key',
        'postgres.folderInUse': 'The database is being started or stopped, try again ({folder})',
        'postgres.passwordMissing': 'The password of the database cannot be read: {file}',
    },
    unreadable: 'Cannot be read: {reason}',
};
