import type { CheckpointAlarmCode, WitnessTroubleCode } from '@liuhen/domain';

/** What is signed of the log. */
export const checkpointZh = {
    checkpoint: {
        tabs: { entries: '日志条目', checkpoints: '检查点' },
        title: '检查点',
        sub: '对全部日志的签名：签过以后，哪怕数据库管理员也不能改动一条而不被看出',
        standing: '签名到哪里',
        all: '全部 {size} 条日志都已签名。',
        some: '{size} 条日志中 {signed} 条已签名，其余 {waiting} 条还没有签名。',
        none: '还没有签过检查点，{size} 条日志都未签名。',
        empty: '日志还是空的。',
        soon: '有新日志时每 10 秒签一次。',
        alarms: {
            'checkpoint.logShorter':
                '已停止签名：先前已签到 {signed} 条，数据库里只有 {log} 条。数据库可能被恢复成了较早的备份。',
            'checkpoint.logDiffers': '已停止签名：前 {size} 条日志与已签名的不同。',
            'checkpoint.treeDamaged': '已停止签名：前 {size} 条日志的哈希树与已签名的不符，数据库可能已损坏或被改动。',
            'checkpoint.entryUnsound': '已停止签名：第 {index} 条日志不可信（{reason}）。',
            'checkpoint.keyUnknown':
                '已停止签名：第 {index} 条日志由未经认可的应用密钥 {key} 签名。如果新增了服务器节点，请在服务器上用 npm run liuhen -- keys accept 认可它的公钥；否则可能有人绕过系统写入了日志。',
            'checkpoint.keyMissing': '签名密钥不在服务器上，{waiting} 条日志等待签名。',
            'checkpoint.tokenAway': '已停止签名：密码设备“{token}”没有完成签名（{why}）。设备恢复后自动继续。',
            'checkpoint.tokenPin':
                '已停止签名：密码设备“{token}”不接受 PIN（{why}）。为免设备锁死，不再重试；更正 PIN 文件后自动继续。',
            'checkpoint.witnessAhead':
                '已停止签名：见证方 {witness} 已见证 {witnessed} 条，本系统只签到 {size} 条。数据库可能被恢复成了较早的备份。',
            'checkpoint.witnessDiffers': '已停止签名：见证方 {witness} 见证过的与现在的日志不同。',
        } satisfies Record<CheckpointAlarmCode, string>,
        alarmWhat: '日志仍在照常登记。请系统管理员在服务器上运行 npm run liuhen -- verify 查明原因。',
        alarmSince: '自 {time} 起',
        noneTitle: '这段时间没有检查点',
        noneWhat: '换一个日期范围，或清除筛选。',
        emptyTitle: '还没有检查点',
        emptyWhat: '有了第一条日志，10 秒内就会签出第一个检查点。',
        at: '签名时间',
        size: '日志条数',
        root: '根',
        head: '算法',
        heads: { sha256: 'SHA-256', sm3: 'SM3（商用密码）' },
        save: '保存',
        saveLabel: '保存 {size} 条的检查点',
        witnesses: '见证方',
        witnessNone:
            '没有设置见证方：目前只有本单位自己的签名。签名密钥和数据库都在同一个人手里时，改写日志只能靠留存在别处的检查点看出来。',
        witnessNever: '还没有见证过',
        mirrorNever: '还没有存过',
        mirrorLast: '最近于 {time} 存到 {size} 条',
        witnessLast: '最近于 {time} 见证 {size} 条',
        witnessed: '见证',
        witnessedNot: '无',
        witnessedOf: '{count}/{all} 个见证方',
        lapse: '见证方的记录比它此前签过的少：它签过 {had} 条，{time} 却答只有 {answered} 条（共 {times} 次）。它的数据可能丢失或恢复成了旧备份；在此之前的情况，它已不能作证。',
        lapseWhat:
            '请联系见证方查明原因，从最新的备份恢复，或换用新密钥后重新登记。本系统签名照常；换用新密钥前，本提示一直保留。',
        troubles: {
            'witness.unreachable': '目前联系不上；恢复后一次补上',
            'witness.unknownLog': '对方还没有登记本日志，请把公钥文件交给对方',
            'witness.refused': '对方拒绝（状态 {status}）',
            'witness.badSignature': '对方送回的不是它对这个检查点的签名',
            'witness.ahead': '对方已见证 {witnessed} 条，多于本系统已签的 {size} 条：数据库可能被恢复成了较早的备份',
            'witness.differs': '对方见证过的与现在的日志不同',
            'witness.aheadUnproven':
                '对方称已见证 {witnessed} 条，多于本系统已签的 {size} 条，但拿不出本日志签过名的检查点：可能是见证方出错或不可信，签名照常，暂不计入',
            'witness.differsUnproven':
                '对方称送去的与见证过的不符（状态 {status}），但拿不出本日志签过名、与现在不同的检查点：可能是见证方出错或不可信，签名照常，暂不计入',
            'log.entriesDiffer':
                '数据库里的日志与已签名的检查点不符，送不出证明：日志可能已损坏或被改动，请系统管理员在服务器上运行 npm run liuhen -- verify；有镜像的再运行 compare-mirror 查明是哪一条',
            'mirror.entryTooLong': '第 {index} 条日志过长（超过 65,535 字节），镜像格式装不下',
        } satisfies Record<WitnessTroubleCode, string>,
        growthSave: '下载这两个检查点之间的证明',
        growthHow: '选同一哈希算法的两个检查点，可下载“后一个完整包含前一个、未改动”的证明',
        mirrors: '镜像（另存每一条日志）',
        policySave: '下载公钥文件',
        policyWhat: '核验检查点和证明用的公钥（C2SP tlog-policy）。请另行交给对方，不要与待核验的材料放在一起。',
        how: '检查点是 C2SP 格式的文本，交给上级或存到别处，以后就能证明那时日志的样子。同一批日志另有一份用国产商用密码（SM3、SM2）签名的检查点，外部见证方只见证 SHA-256 的一份。选两个检查点，可下载证明：后一个完整包含前一个、未改动。',
    },
};
