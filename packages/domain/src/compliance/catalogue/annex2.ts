import type { Said, Treatment, Treatments } from '../treatment.ts';

/** How a line of the register of models stands to what 附件2 asks. */
const READING = {
    number: { zh: '型号登记的数值与参考值比较', en: 'the figure in the register of models is compared with the reference value' },
    yesNo: { zh: '型号登记按“支持”或“不支持”对照', en: 'the register of models is read as supported or not supported' },
    words: { zh: '型号登记的文字原样列出，由人判断', en: 'the words in the register of models are listed for a person to read' },
    mixed: {
        zh: '型号登记中能比较的与参考值比较，其余文字原样列出，由人判断',
        en: 'what can be compared in the register of models is, and the other words are listed for a person to read',
    },
    version: {
        zh: '型号登记写明的版本与参考版本比较',
        en: 'the version named in the register of models is compared with the reference',
    },
    grade: { zh: '型号登记写明的IP等级与IP67比较', en: 'the IP grade named in the register of models is compared with IP67' },
} as const;

const PASSPORT = '/devices/$id/passport';
const RULE = 'packages/domain/src/device/passport.test.ts';
const ON_A_DEVICE = 'apps/server/src/features/device/passport.test.ts';

/** What no file can show: it rests on paper or on the register, and without either the passport says so. */
const onPaper = (of: Said, reading: keyof typeof READING, lacks?: Said): Treatment => ({
    as: 'rule',
    zh: `${of.zh}不能由文件测得，只看检测证书、厂家资料和型号登记，${READING[reading].zh}。都没有时写明须证书，登记低于参考值的列为问题；附件2供参考，不作违规论。`,
    en: `${of.en} cannot be measured from files: certificates, data sheets and the register of models are shown, and ${READING[reading].en}. Without any of them a certificate is asked for, and what is stated below the reference is a finding; Annex 2 is advisory and nothing here is a violation.`,
    endpoints: ['device.passport', 'device.model', 'device.saveModel'],
    pages: [PASSPORT, '/devices/models/$id'],
    tests: [RULE, ON_A_DEVICE, 'packages/domain/src/device/device-life.test.ts'],
    ...(lacks === undefined ? {} : { lacks }),
});

/** What the inspected originals, runs and clock readings of the device show. */
const measured = (
    said: Said,
    lacks: Said | undefined,
    more: { readonly endpoints?: readonly string[]; readonly pages?: readonly string[]; readonly tests?: readonly string[] } = {},
): Treatment => ({
    as: 'rule',
    ...said,
    ...(lacks === undefined ? {} : { lacks }),
    endpoints: ['device.passport', ...(more.endpoints ?? [])],
    pages: [PASSPORT, ...(more.pages ?? [])],
    tests: [RULE, ...(more.tests ?? [])],
});

const INSPECTED = {
    endpoints: ['recording.get'],
    pages: ['/recordings/$id'],
    tests: ['packages/domain/src/recording/inspection.decide.test.ts', 'apps/server/src/platform/media/inspect-file.test.ts'],
};

/** 附件2 执法记录仪设备参数（供参考）: each requirement is a row of the passport of a device, and none is ever a violation. */
export const ANNEX2_TREATMENTS: Treatments = {
    'A2-1': onPaper({ zh: '处理器和国密安全芯片', en: 'The processor and its security chip' }, 'mixed', {
        zh: '处理器的核数和频率不比较，不核实芯片是否真在使用。',
        en: 'Cores and frequency are not compared, and whether the chip is really in use is not verified.',
    }),
    'A2-2': onPaper({ zh: '操作系统', en: 'The operating system' }, 'version'),
    'A2-3': measured(
        {
            zh: '按本机文件中最高的总码率算出64G能录多少小时，只列数字，不作结论；容量和时长以证书、厂家资料和型号登记为据。页面写明64G、10小时与16Mbps三项不能同时满足。',
            en: 'From the highest rate found in files of the device it is worked out how many hours 64 GB hold, as a figure and no verdict; size and hours rest on certificates, data sheets and the register of models. The page says that 64 GB, 10 hours and 16 Mbps cannot be had together.',
        },
        {
            zh: '不读取记录仪的实际容量。',
            en: 'The real size of the storage in the recorder is not read.',
        },
        {
            endpoints: ['device.model'],
            pages: ['/devices/models/$id'],
            tests: ['packages/domain/src/device/annex-2.test.ts', 'packages/domain/src/device/device-life.test.ts'],
        },
    ),
    'A2-4': onPaper({ zh: '外接摄像头和前后双摄', en: 'The external camera and the front and rear cameras' }, 'words', {
        zh: '一份录像里有两路画面时只量第一路；远程指挥尚未建立。',
        en: 'Of a file with two pictures only the first is measured; remote command is not built.',
    }),
    'A2-5': onPaper(
        {
            zh: '屏幕的尺寸、触摸、全视角和阳光可视分别登记，',
            en: 'Size of the screen, touch, viewing angle and being readable in sunlight, each a line of its own,',
        },
        'number',
    ),
    'A2-6': measured(
        {
            zh: '本机最长一次连续录制达到8小时的，写“实测达到”；不足8小时不作结论。电池容量和时长另看证书、厂家资料和型号登记。',
            en: 'If the longest uninterrupted run of the device reaches 8 hours it is stated as reached by measurement; a shorter run gives no verdict. Capacity and hours rest on certificates, data sheets and the register of models besides.',
        },
        {
            zh: '分不出连续录制期间是否换过电池或接着外部电源。',
            en: 'Whether the battery was changed or outside power was used during the run cannot be told.',
        },
        {
            endpoints: ['device.model', 'recording.get'],
            pages: ['/recordings/$id'],
            tests: ['apps/server/src/features/recording/recording-times.test.ts'],
        },
    ),
    'A2-7': measured(
        {
            zh: '列出录像和同时存放的定位文件中有位置的份数，不作结论。',
            en: 'It is counted how many recordings and position files beside them have positions; no verdict is drawn from it.',
        },
        {
            zh: '分不出位置是否来自北斗；只写着一个地点的录像也算有位置，不能说明来自卫星。北斗只能看证书、厂家资料和型号登记。',
            en: 'Whether positions come from BeiDou cannot be told; a recording that names a single place counts as well, though that need not come from satellites. BeiDou rests on certificates, data sheets and the register of models only.',
        },
        {
            endpoints: ['recording.get'],
            pages: ['/recordings/$id'],
            tests: [
                'apps/server/src/platform/media/inspect-measures.test.ts',
                'apps/server/src/platform/media/inspect-streams.test.ts',
            ],
        },
    ),
    'A2-8': onPaper({ zh: '4G/5G和WiFi分别登记，', en: 'Transmission by 4G/5G and by WiFi, each a line of its own,' }, 'yesNo'),
    'A2-9': onPaper({ zh: '扬声器功率', en: 'The power of the loudspeaker' }, 'number'),
    'A2-10': onPaper({ zh: '红外夜视的面部和轮廓距离', en: 'The infrared distances for faces and outlines' }, 'number'),
    'A2-11': onPaper({ zh: 'NFC', en: 'NFC' }, 'yesNo'),
    'A2-12': onPaper({ zh: '蓝牙版本', en: 'The Bluetooth version' }, 'number'),
    'A2-13': onPaper({ zh: '水平视场角', en: 'The horizontal field of view' }, 'number'),
    'A2-14': measured(
        {
            zh: '逐份测量录像的画面大小，低于1920*1080的逐份列出，只作提示；与型号登记不一致的写明。',
            en: 'The picture size of every recording is measured and those below 1920*1080 are listed as advice; where the register of models says otherwise, that is stated.',
        },
        undefined,
        INSPECTED,
    ),
    'A2-15': measured(
        {
            zh: '逐份测量录像的平均帧率和最差十秒的帧率，低于参考值的列出，只作提示；判断设备时只算测得的，文件头里声明的不算，在音像页上没有测得的才看声明。',
            en: 'The mean frame rate of every recording and that of its worst ten seconds are measured and listed as advice where they are below; of the device only what was measured counts, and on the page of a recording a rate that is only declared stands in where none was measured.',
        },
        {
            zh: '判断留有1%的余量，29.67帧/秒起即作达到。',
            en: 'The judgement allows 1 %: from 29.67 frames a second on it counts as reached.',
        },
        { ...INSPECTED, tests: [...INSPECTED.tests, 'apps/server/src/platform/media/inspect-measures.test.ts'] },
    ),
    'A2-16': measured(
        {
            zh: '逐份测量编码格式和平均码率，列出最低、最高码率和见到几档；原件不论怎样都照原样保存。',
            en: 'Coding and mean bit rate of every recording are measured, with the lowest, the highest and how many settings were seen; originals are kept as they are in any case.',
        },
        {
            zh: '码率是否可选只能看设备菜单；1至16Mbps的判断上下各留5%的余量。',
            en: 'Whether the rate can be chosen only the menu of the device shows; the judgement of 1 to 16 Mbps allows 5 % either way.',
        },
        INSPECTED,
    ),
    'A2-17': measured(
        {
            zh: '逐份比较声音与画面在开头、结尾和全程的时间差，超过1秒的列出，只作提示。',
            en: 'Sound and picture of every recording are compared at the start, at the end and in between; more than 1 second apart is listed as advice.',
        },
        {
            zh: '比较的是文件里写的时间，口形与声音是否对得上须由人看。',
            en: 'What is compared are the times written in the file; whether lips and sound agree only a person sees.',
        },
        { ...INSPECTED, tests: [...INSPECTED.tests, 'apps/server/src/platform/media/inspect-measures.test.ts'] },
    ),
    'A2-18': measured(
        {
            zh: '本机照片的大小与本机最大的录像画面比较，小于录像的列出。',
            en: 'The size of photographs of the device is compared with its largest recording, and smaller ones are listed.',
        },
        {
            zh: '不核实照片是否在摄录过程中拍下；没有录像可比时无结论。',
            en: 'Whether a photograph was taken while recording is not checked; without a recording to compare with there is no verdict.',
        },
        {
            endpoints: ['recording.get'],
            pages: ['/recordings/$id'],
            tests: ['apps/server/src/platform/media/inspect-streams.test.ts'],
        },
    ),
    'A2-19': onPaper({ zh: '防护等级', en: 'The protection grade' }, 'grade'),
    'A2-20': onPaper(
        { zh: '抗跌落、工作温度和防爆认证', en: 'Resistance to falls, temperature and explosion protection' },
        'mixed',
        {
            zh: '不核对高风险场所使用的记录仪是否有防爆认证。',
            en: 'Whether recorders used at high-risk places are certified is not checked.',
        },
    ),
    'A2-21': onPaper({ zh: '加密', en: 'Encryption' }, 'yesNo', {
        zh: '不查文件是否加密，也不登记设备密钥；加密的文件照样收下，但不能解开。',
        en: 'Whether files are encrypted is not looked at and no keys of devices are registered; an encrypted file is taken in, but not opened.',
    }),
    'A2-22': onPaper({ zh: '实时双向音视频', en: 'Two-way live sound and picture' }, 'yesNo', {
        zh: '与记录仪的实时音视频尚未建立。',
        en: 'Live sound and picture with recorders is not built.',
    }),
    'A2-23': onPaper({ zh: '移动侦测', en: 'Motion detection' }, 'yesNo', {
        zh: '录像中断时，不辨别是否由移动侦测引起。',
        en: 'Where recordings break off, whether motion detection caused it is not told.',
    }),
    'A2-24': onPaper({ zh: '集群对讲', en: 'Group talk' }, 'yesNo', {
        zh: '与现场的对讲尚未建立。',
        en: 'Talking with the scene is not built.',
    }),
    'A2-25': onPaper({ zh: '安全接入', en: 'Secure access' }, 'yesNo', {
        zh: '上传以人员或采集电脑的账号登录，不核验记录仪自身的身份；不评判等级保护。',
        en: 'Files are handed in under the account of a person or of a docking computer; the recorder itself is not authenticated, and classified protection is not judged.',
    }),
    'A2-26': measured(
        {
            zh: '查找录像里两种已知的签名标记，有多少份带有照实列出；有无都不作结论，以证书、厂家资料和型号登记为据。',
            en: 'Recordings are searched for the marks of two known ways of signing and how many bear them is stated; neither presence nor absence is a verdict, which rests on certificates, data sheets and the register of models.',
        },
        {
            zh: '找到的签名不作验证；其他签名方式和防非法复制的措施不查。',
            en: 'Signatures that are found are not verified; other ways of signing and protection against copying are not looked for.',
        },
        {
            endpoints: ['recording.get', 'device.model'],
            tests: ['apps/server/src/platform/media/inspect-measures.test.ts', ON_A_DEVICE],
        },
    ),
    'A2-27': onPaper({ zh: '换电池不断电的分钟数', en: 'For how many minutes it runs while the battery is changed' }, 'number', {
        zh: '不辨认录像中断是否由换电池引起。',
        en: 'Whether a break in recordings comes from changing the battery is not told.',
    }),
    'A2-28': measured(
        {
            zh: '逐份检查录像是否完整，缺尾、缺索引的列出；能修复的另做一份副本，原件不动。',
            en: 'Every recording is examined for completeness and those that lack an end or an index are listed; what can be repaired is repaired in a copy, and the original stays as it is.',
        },
        {
            zh: '不知道文件是否在关机或断电时结束；没有写明结尾的格式看不出是否完整。',
            en: 'Whether a file ended with the power is not known; formats that do not state their end do not show whether they are whole.',
        },
        {
            endpoints: ['recording.get', 'recording.askForDerived'],
            pages: ['/recordings/$id'],
            tests: [
                'apps/server/src/platform/media/inspect-file.test.ts',
                'apps/server/src/platform/media/inspect-streams.test.ts',
                'apps/server/src/features/recording/derived.test.ts',
            ],
        },
    ),
    'A2-29': onPaper({ zh: '可视遥控', en: 'Remote control' }, 'yesNo', {
        zh: '系统不能遥控记录仪。',
        en: 'The system cannot control recorders.',
    }),
    'A2-30': onPaper(
        { zh: '欠压、存储溢出和视频丢失报警', en: 'Alarms of low battery, full storage and lost picture' },
        'yesNo',
        {
            zh: '三种报警合在一栏；记录仪的报警记录不读取，也不与录像中断对照。',
            en: 'The three alarms share one line; the alarms that recorders noted are not read, nor laid against breaks in recordings.',
        },
    ),
    'A2-31': measured(
        {
            zh: '文件名带有重点标记的，说明按键标记可用；采集时由文件名、文件夹或只读属性看出的标记逐份保存，列在录像页。',
            en: 'A file name that bears a key mark shows that the button works; marks known at docking by name, folder or read-only attribute are kept and listed on the page of the recording.',
        },
        {
            zh: '参数对照只看文件名；标记的文件不会因此延长保存。',
            en: 'The passport looks at names only; a marked file is not kept longer for that.',
        },
        {
            endpoints: ['recording.get', 'recording.docks'],
            pages: ['/recordings/$id'],
            tests: [ON_A_DEVICE, 'apps/server/src/features/recording/docking.test.ts'],
        },
    ),
    'A2-32': measured(
        {
            zh: '由多次核对设备时间推算每天走偏的上下限，确定不超过3秒（本单位可设得更严）写“实测达到”，确定超过写“实测低于”，说不准的不作结论。',
            en: 'From several readings of the clock it is worked out between which bounds it drifts in a day: surely within 3 seconds, or the stricter limit of the unit, is reached, surely beyond is below, anything else gives no verdict.',
        },
        {
            zh: '没有在不同日子核对过时间的记录仪无结论。',
            en: 'For a recorder whose clock was not read on different days there is no verdict.',
        },
        {
            endpoints: ['device.clock', 'device.readClock'],
            pages: ['/devices/$id'],
            tests: ['packages/domain/src/device/clock.test.ts', 'apps/server/src/features/recording/recording-times.test.ts'],
        },
    ),
};
