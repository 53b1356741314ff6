/** Chinese is the source; the type follows from it. */
export const dockZh = {
    help: `用法：npm run liuhen -- dock [命令] [选项] [文件夹…]

采集执法记录仪：出现在挂载点或文件夹里的记录仪、采集站导出、录像室导出，逐个文件核对后上传。
没有服务器时照常工作；随时中断，再次运行会接着做，同一个文件不会上传两次。

命令（不写即为采集）：
  status   本机采集情况：在路上的文件、暂存、待报告的事项
  enrol    为采集终端账号设置密码，写入凭据文件（只有本机程序知道）
  key      显示服务器签收据的公钥，供核对后写入配置

选项：
  --config 文件        JSON 配置，见 docs/dock.zh-CN.md
  --server 地址        默认 http://127.0.0.1:8042
  --credentials 文件   凭据文件，权限须为 0600
  --state 文件夹       流水账和续传状态（默认在 $XDG_STATE_HOME/liuhen/dock 下）
  --parent 文件夹      其下每个子文件夹是一台记录仪，如 /media/用户（可重复）
  --profiles 文件夹    本机构自己的读取规则（*.json）
  --source 来源        recorder、stationCopy、room、phone 或 upload
  --once               处理完现有的就结束
  --dry-run            只说会取哪些文件、怎样读出它们的名字，什么也不做
  --json               status 和 --dry-run 输出 JSON

退出码：0 全部入库；1 有文件未能入库；2 用法或配置有误；3 连不上服务器`,
    configUnreadable: '读不了配置 {file}（{reason}）',
    configNotJson: '配置 {file} 不是 JSON：{reason}',
    configUnknown: '配置 {file}：不认识的项 {path}',
    configWrong: '配置 {file}：{path} 不对，应为{expected}',
    expected: {
        text: '文字',
        number: '数',
        positive: '大于 0 的整数',
        list: '列表',
        object: '对象',
        yesNo: 'true 或 false',
        source: 'recorder、stationCopy、room、phone、upload 之一',
        watch: '含 folder 或 parent 其中一个的对象',
        key: '64 位十六进制公钥，或存有它的文件',
        other: '另一种值',
    },
    profileUnreadable: '读不了读取规则 {file}（{reason}）',
    profileWrong: '读取规则 {file} 第 {rule} 条不能用：{fault}',
    profileSame: '读取规则 {file} 的 id“{id}”已经有了',
    profileMissing: '没有 id 为“{id}”的读取规则',
    faults: {
        'profile.shape': '项目或类型不对',
        'profile.noRules': '一条规则也没有',
        'profile.tooManyRules': '规则太多',
        'profile.expression': '表达式写法有误',
        'profile.tooLong': '表达式太长',
        'profile.slow': '表达式可能无限重复，恶意文件名会使它跑不完',
        'profile.group': '有不认识的组名',
    },
    nothingToWatch: '请给出要采集的文件夹，或在配置里写 watch',
    needCredentials: '请用 --credentials 或配置给出凭据文件（见 dock enrol）',
    credentialsMissing: '没有凭据文件 {file}；先运行 dock enrol',
    credentialsMode: '凭据文件 {file} 别人也能读（权限 {mode}），请改为 0600',
    credentialsOwner: '凭据文件 {file} 不归运行本程序的用户所有',
    credentialsWrong: '凭据文件 {file} 的内容不对；重新运行 dock enrol',
    keyWrong: '公钥 {file} 不是 64 位十六进制',
    stateBusy: '另一个采集程序正在使用 {folder}',
    stateUnusable: '不能写入 {folder}（{reason}）',
    journalTorn: '流水账末尾有 {bytes} 字节未写完（断电所致），已去掉，没有影响',
    journalBad: '流水账有 {count} 行损坏；涉及的文件会重新核对，不会因此清除任何文件',
    unreachable: '连不上 {server}，先在本机工作',
    reachable: '已连上 {server}',
    refused: '服务器拒绝：{reason}',
    wrongKey: '服务器的公钥与配置的不同（现为 {key}）：收据不会被接受，也不会清除任何文件',
    volumeFound: '{volume}：{profile}，{count} 个文件待取，{known} 个已取过{serial}',
    volumeUnknown: '{volume}：没有合适的读取规则，{count} 个文件按来源不明取走，请管理员确认{serial}',
    seen: '  看到的有 {names}',
    noSerial: '（卷序列号未知）',
    secret: '{volume}：{count} 个文件标为国家秘密，没有打开也没有复制。请立即停用该存储介质，交保密管理部门处理（附件1 第12条）',
    clockRead: '{volume}：设备时钟 {shown}',
    clockSet: '{volume}：设备时钟已校准',
    clockUnread: '{volume}：读不到设备时钟（{reason}）；只知道它不早于最新文件的时间',
    clockBounded: '{volume}：没有驱动程序，设备时钟只知道不早于最新文件的时间',
    taken: '{recording}\t{volume}\t{name}',
    progress: '{volumes} 台 · {done}/{all} · {name}',
    leftChanging: '{volume}：{name} 还在写入，下次再取',
    leftUnreadable: '{volume}：{name} 读不了（{reason}），留在原处',
    leftRefused: '{volume}：{name} 未入库：{reason}',
    leftOffline: '{volume}：连不上服务器，{count} 个文件留在原处，恢复后再取',
    spooled: '{volume}：连不上服务器，{count} 个文件已暂存本机',
    spoolFull: '{volume}：暂存已满，{count} 个文件留在原处',
    spoolDamaged: '暂存的 {name} 已损坏，改从记录仪重取',
    spoolForeign: '暂存文件夹 {folder} 里有本程序之外的东西，没有动它',
    erased: '{volume}：已清除 {count} 个文件（服务器已收存并出具收据）',
    halfErased: '{volume}：{count} 个文件清除时中断，现已不在设备上；记为已清除，收据保留',
    keptSummary: '{volume}：{count} 个文件未清除：{why}',
    keep: {
        switchedOff: '本机构没有开启清除',
        switchUnknown: '没有问到本机构是否开启清除',
        notARecorder: '不是执法记录仪，从不清除',
        noKey: '配置里没有服务器公钥',
        noReceipt: '还没有收据',
        receiptForged: '收据的签名不对',
        receiptOfOther: '收据不是这个文件的',
        gone: '文件已不在',
        changed: '文件与入库时不同',
        moved: '文件名已指向别的文件',
    },
    eraseFailed: '{volume}：{name} 清除不了（{reason}）',
    deviceUnknown: '{device} 不在设备登记中，文件已入待确认；时钟读数留待登记后再报',
    removed: '{volume}：采集中被拔出，接回后继续',
    tooMany: '{volume}：文件过多或过深，只看了前 {count} 个',
    summary: '入库 {taken}，已取过 {known}，暂存 {spooled}，留下 {left}，清除 {erased}',
    dryHead: '{volume}：{profile}（得分 {score}）{serial}',
    dryNone: '{volume}：没有合适的读取规则{serial}',
    dryScore: '  {profile}：得分 {score}',
    dryFile: '  取  {path}  {kind}{reading}',
    dryKnown: '  已取过  {path}',
    dryIgnored: '  不取  {path}（系统文件）',
    drySecret: '  不打开、不复制：{count} 个标为国家秘密的文件',
    kinds: {
        video: '录像',
        audio: '录音',
        photo: '照片',
        log: '日志',
        position: '定位',
        ignored: '系统文件',
        secret: '涉密',
        unknown: '不明',
    },
    readDevice: '设备 {text}',
    readOfficer: '人员 {text}',
    readStart: '时间 {text}',
    readSegment: '第 {text} 段',
    readKey: '重点文件（{text}）',
    readBeside: '随 {text}',
    marks: { name: '文件名', folder: '文件夹', readOnly: '只读' },
    statusState: '状态文件夹 {folder}',
    statusCounts:
        '已读未传 {read} · 已暂存 {spooled} · 已入库待收据 {sent} · 已有收据 {receipted} · 清除中 {erasing} · 已清除 {erased}',
    statusSpool: '暂存 {size}，{count} 个文件',
    statusDockings: '待报告的采集 {count}',
    statusOdd: '流水账中不成立的行 {count}',
    enrolDone: '账号 {login} 的密码已更换并写入 {file}，只有本机程序知道',
    enrolNeedFile: '请用 --credentials 给出要写入的凭据文件',
    enrolExists: '{file} 已存在；先移走它',
    enrolRefused: '账号 {login} 的密码未更换；已移除 {file}',
    enrolUnsure: '账号 {login} 的密码是否已更换尚不清楚；{file} 予以保留。如采集终端无法用它登录，请移除后重新运行 enrol',
    enrolNotDock: '{login} 没有采集终端的角色；请安全管理员授予“采集终端账号”',
    keyShown: '公钥 {key}（编号 {id}）。与日志中“密钥启用”一条的编号核对无误后，写入配置的 serverKey',
    driverWrong: '驱动程序的回答不对',
    driverSlow: '驱动程序超时',
    driverEnded: '驱动程序退出（{code}）',
};

export type DockWords = typeof dockZh;
