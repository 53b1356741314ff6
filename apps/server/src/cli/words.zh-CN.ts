/** What the command line says, Chinese first. */
export const cliZh = {
    help: `用法：npm run liuhen -- <命令> [选项]

命令：
  upload  上传音像资料，可断点续传
  dock    采集执法记录仪：发现接入的记录仪并上传
  verify  重新计算全部日志和每个存储文件的摘要
  keys          把日志签名密钥分成三份，或者用两份恢复
  move-objects  把数据文件夹中的内容移到对象存储桶
  continue-log  数据库恢复成较早的备份以后，让日志以新的名称继续
  compare-mirror 与镜像、第二块磁盘逐条比较，指出数据库里丢失或改动了哪一条
  second-disk    把文件夹标记为另存日志的第二块磁盘
  backup        系统运行时把数据库、原件和密钥备份到另一个文件夹
  restore       把备份恢复到新的数据文件夹
  status  查看系统是否就绪
  help    显示本说明；liuhen help <命令> 查看某个命令

通用选项：
  --lang zh-CN|en   语言（默认按系统语言）`,
    helpUpload: `用法：npm run liuhen -- upload [选项] 文件或文件夹…

  --server 地址      默认 http://127.0.0.1:8042
  --login 登录名     不给则询问
  --device 编号      所用记录仪或摄像设备
  --officer 证号     拍摄的监督员；不给则按设备当前领用人
  --act 编号         归入的执法行为
  --source 来源      recorder、stationCopy、room、phone、upload
  --state 文件       记住未传完的上传（默认在 $XDG_STATE_HOME/liuhen 下）
  --password-stdin   从标准输入读密码；否则取环境变量 LIUHEN_PASSWORD，再否则询问

文件夹会连同子文件夹一起上传。中断后用同一命令续传。
每成功一个文件，标准输出一行：音像资料编号、制表符、文件名。
退出码：0 全部成功，1 有文件未成功，2 用法有误，3 连不上系统`,
    helpVerify: `用法：npm run liuhen -- verify [选项]

  --data 文件夹        数据文件夹（默认取 LIUHEN_DATA，否则为 data）
  --database-url 地址  不用内置数据库时（默认取 DATABASE_URL；地址含密码时请用环境变量）
  --key 文件           另行保管的公钥（PEM 或 64 位十六进制），可多次给出
  --sample N%          只逐字节读 N% 的文件
  --json               以 JSON 输出

系统运行与否均可核验；只读，不改动任何内容。
退出码：0 全部相符，1 有不符，2 有内容未能核验，3 完全无法读取或用法有误`,
    helpStatus: `用法：npm run liuhen -- status [--server 地址]

退出码：0 就绪，1 未就绪，2 用法有误，3 连不上系统`,
    seeHelp: '{problem}。用法见：npm run liuhen -- help',
    unknownCommand: '没有“{command}”这个命令',
    unknownOption: '没有“{option}”这个选项',
    optionValue: '选项 {option} 的值不对',
    unexpected: '多余的参数“{argument}”',
    badLanguage: '没有这种语言：{language}',
    noFiles: '请给出要上传的文件',
    fileNotFound: '找不到文件“{file}”',
    fileAmbiguous: '文件名“{file}”含无法识别的字符，对应多个文件，请改为给出所在文件夹',
    fileUnreadable: '读不了文件（{reason}）',
    fileChanged: '上传期间文件被改动，没有继续',
    badServer: '地址不对：{server}',
    badSource: '来源须为 {sources} 之一',
    badSample: '抽样比例应为 0% 到 100%',
    needLogin: '请用 --login 给出登录名',
    needPassword: '请用环境变量 LIUHEN_PASSWORD 或 --password-stdin 给出密码',
    needCode: '需要动态验证码，请在终端中运行',
    askLogin: '登录名：',
    askPassword: '密码：',
    askCode: '动态验证码：',
    plainHttp: '注意：到 {host} 的连接没有加密，密码会以明文传输',
    unreachable: '连不上 {server}',
    notLiuhen: '{server} 不是留痕系统',
    reading: '读取 {name} {percent}%',
    sending: '上传 {name} {percent}%（{sent}/{size}）',
    sealing: '封存 {name}',
    resumed: '{name}：从 {sent} 处续传',
    failed: '{name}：{reason}',
    interrupted: '已中断；用同一命令续传',
    summary: '成功 {done} 个，未成功 {failed} 个',
    ready: '{server} 就绪',
    notReady: '{server} 未就绪：{reason}',
    notSetUp: '尚未初始设置',
    verify: {
        'verify.noDataFolder': '没有数据文件夹 {folder}',
        'verify.noDatabase': '{folder} 中没有数据库；使用外部数据库时请给出 DATABASE_URL',
        'verify.databaseUnreachable': '连不上数据库（{reason}）',
        'verify.databaseRights': '这个数据库登录名看不到全部内容，请用能升级数据库结构的登录名',
        'verify.schemaMissing': '数据库中没有留痕的数据',
        'verify.keyFileInvalid': '{file} 不是可用的公钥文件',
        'postgres.folderInUse': '数据库正在启动或停止，请稍后再试（{folder}）',
        'postgres.passwordMissing': '读不了数据库密码 {file}',
    } as Readonly<Record<string, string>>,
    unreadable: '无法读取：{reason}',
};

/** Every language says everything. */
export type CliWords = typeof cliZh;
